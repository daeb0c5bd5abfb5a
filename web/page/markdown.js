/** Markdown as models write it: split in blocks, and one block turned into safe elements. */

import { Lexer, Parser, Renderer } from "../libraries/marked.esm.js";
import { codeBlock } from "./code_block.js";
import { decorated } from "./decorate.js";
import { el } from "./dom.js";
import { lexed, syntaxWith } from "./markdown_syntax.js";
import { sanitize } from "./sanitize.js";
import { soon } from "./slices.js";

/**
 * @typedef {import("marked").Token} Token
 * @typedef {import("marked").Links} Links
 */

// Lists and quotes nested deeper than this are no text for people; the parser is recursive, and a
// deep enough nesting would stop the page.
const TOO_DEEP = /^[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+){32}/m;
// A block longer than this (a table of thousands of rows), or with a longer line, is shown as it
// came: reading it as Markdown would block the page at every step of the stream.
const MAX_BLOCK_LENGTH = 20_000;
const ENDLESS_LINE = /.{5000}/;

// The HTML that people and models put into Markdown; its attributes are dropped. Any other tag is
// shown as it was written: a page that parsed it, if only to throw it away, would break its own
// content security policy with every `onclick` and `style`.
const KNOWN_TAG =
  /<(\/?)(b|br|code|del|details|em|hr|i|ins|kbd|mark|q|s|small|strong|sub|summary|sup|u|var)(?:\s[^<>]*)?\/?>/gi;

class ChatRenderer extends Renderer {
  /**
   * One `h1` names the app and an `h2` each message, so an answer's headings start below them.
   *
   * @param {import("marked").Tokens.Heading} token
   */
  heading({ tokens, depth }) {
    const level = Math.min(depth + 2, 6);
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
  }

  /** @param {import("marked").Tokens.HTML | import("marked").Tokens.Tag} token */
  html({ text }) {
    let html = "";
    let end = 0;
    for (const { 0: tag, 1: slash, 2: name, index } of text.matchAll(KNOWN_TAG)) {
      html += `${escaped(text.slice(end, index))}<${slash}${name}>`;
      end = index + tag.length;
    }
    return html + escaped(text.slice(end));
  }

  /**
   * An image's address is told to `decorate.js`, never asked for: whoever serves it would learn of this
   * reader.
   *
   * @param {import("marked").Tokens.Image} token
   */
  image({ href, text, tokens }) {
    const words = tokens ? this.parser.parseInline(tokens, this.parser.textRenderer) : text;
    return `<span class="image" title="${quoted(href)}">${quoted(words)}</span>`;
  }

  /**
   * A sign instead of a form's checkbox.
   *
   * @param {import("marked").Tokens.Checkbox} token
   */
  checkbox({ checked }) {
    return `<span class="tick">${checked ? "☑" : "☐"}</span> `;
  }
}

/** @param {string} text in which entities, if any, are to be kept */
const escaped = (text) => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** @param {string} text as it is to be read, entities included */
const quoted = (text) => escaped(text.replaceAll("&", "&amp;")).replaceAll('"', "&quot;");

/** @param {string} source */
const formula = (source) => `<span class="math">${quoted(source)}</span>`;

const OPTIONS = syntaxWith(new ChatRenderer(), formula);

/** @param {string} text */
export const withPlainLineEnds = (text) => text.replace(/\r\n?/g, "\n");

/**
 * The blocks of a text, in order; put together, their `raw` is the text again.
 *
 * @param {string} text with plain line ends
 * @param {Links} links definitions known so far; those found here are added
 * @returns {Token[]}
 */
export function splitBlocks(text, links) {
  const deep = TOO_DEEP.exec(text);
  if (deep) {
    const rest = { type: "plain", raw: text.slice(deep.index) };
    return [...splitBlocks(text.slice(0, deep.index), links), rest];
  }
  const lexer = new Lexer(OPTIONS);
  lexer.tokens.links = links;
  return lexer.blockTokens(text, lexer.tokens);
}

/** @param {Token} token */
export const isVisible = (token) => token.type !== "space" && token.type !== "def";

/**
 * A block's element; what it holds comes at once or, where much has come together, soon.
 *
 * @param {Token} token one that `isVisible`, and no list
 * @param {Links} links
 */
export function renderBlock(token, links) {
  const block = blockFrame(token);
  soon(() => block.append(contentOf(token, links)));
  return block;
}

/** @param {Token} token */
export const blockFrame = ({ type }) =>
  el("div", { class: type === "html" ? "block html" : "block", dir: "auto" });

/**
 * @param {Token} token
 * @param {Links} links
 */
function contentOf(token, links) {
  if (token.type === "code") return codeBlock(token.lang ?? "", token.text);
  return isReadable(token) ? textBlock(token.raw, links) : plain(token.raw);
}

/** @param {string} raw */
const plain = (raw) => el("p", { class: "plain" }, raw);

/** @param {{type: string, raw: string}} token */
function isReadable({ type, raw }) {
  return type !== "plain" && raw.length <= MAX_BLOCK_LENGTH && !ENDLESS_LINE.test(raw);
}

/**
 * @param {string} raw
 * @param {Links} links
 */
function textBlock(raw, links) {
  try {
    return decorated(sanitize(Parser.parse(lexed(raw, links, OPTIONS), OPTIONS)));
  } catch (error) {
    // The parser is recursive, and what a model writes may nest without an end.
    console.info(`localm: a block is shown as plain text: ${error}`);
    return plain(raw);
  }
}

/**
 * One item of a list, as the list would show it.
 *
 * @param {string} raw
 * @param {boolean} loose whether the list's items stand apart
 * @param {Links} links
 * @returns {Node} holds what the item holds
 */
export function listItem(raw, loose, links) {
  if (!isReadable({ type: "list_item", raw })) return el("li", {}, plain(raw));
  const content = textBlock(loose ? withNextItem(raw) : raw, links);
  return content.querySelector("li") ?? el("li", {}, plain(raw));
}

/**
 * An item that another one follows at a distance stands apart.
 *
 * @param {string} raw
 */
function withNextItem(raw) {
  const [mark] = /^ *(?:[-+*]|\d+[.)])/.exec(raw) ?? ["-"];
  const gap = /\n[ \t]*\n[ \t]*$/.test(raw) ? "" : raw.endsWith("\n") ? "\n" : "\n\n";
  return `${raw}${gap}${mark} x`;
}
