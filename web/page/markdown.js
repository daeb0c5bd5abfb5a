/** Markdown as models write it: split in blocks, and one block turned into safe elements. */

import { Lexer, Parser, Renderer } from "../libraries/marked.esm.js";
import { codeBlock, tableFrame } from "./blocks.js";
import { el } from "./dom.js";
import { sanitize } from "./sanitize.js";

/**
 * @typedef {import("marked").Token} Token
 * @typedef {import("marked").Links} Links
 */

// Lists and quotes nested deeper than this are no text for people; the parser is recursive, and a
// deep enough nesting would stop the page.
const TOO_DEEP = /^[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+){32}/m;
// A block longer than this (a table of thousands of rows, one endless line) is shown as it came:
// laying it out as Markdown would block the page at every step of the stream.
const MAX_BLOCK_LENGTH = 20_000;

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

  /**
   * A sign instead of a form's checkbox.
   *
   * @param {import("marked").Tokens.Checkbox} token
   */
  checkbox({ checked }) {
    return `<span class="task">${checked ? "☑" : "☐"}</span> `;
  }
}

const OPTIONS = { gfm: true, breaks: false, renderer: new ChatRenderer() };

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
 * @param {Token} token one that `isVisible`
 * @param {Links} links
 */
export function renderBlock(token, links) {
  const block = el("div", { class: "block", dir: "auto" });
  if (token.type === "code") block.append(codeBlock(token.lang ?? "", token.text));
  else if (token.type === "plain" || token.raw.length > MAX_BLOCK_LENGTH)
    block.append(el("p", { class: "plain" }, token.raw));
  else block.append(decorated(sanitize(toHtml(token.raw, links))));
  return block;
}

/**
 * @param {string} raw
 * @param {Links} links
 */
function toHtml(raw, links) {
  const lexer = new Lexer(OPTIONS);
  lexer.tokens.links = { ...links };
  return Parser.parse(lexer.lex(raw), OPTIONS);
}

/** @param {DocumentFragment} fragment */
function decorated(fragment) {
  for (const pre of fragment.querySelectorAll("pre")) {
    const language = pre.querySelector("code")?.className.replace("language-", "") ?? "";
    pre.replaceWith(codeBlock(language, pre.textContent ?? ""));
  }
  for (const table of fragment.querySelectorAll("table")) {
    const frame = tableFrame();
    table.replaceWith(frame);
    frame.append(table);
  }
  return fragment;
}
