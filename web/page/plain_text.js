/** A message as plain text, for "Copy as text": what a reader sees, without the signs of Markdown. */

import { Parser, Renderer } from "../libraries/marked.esm.js";
import { splitBlocks, withPlainLineEnds } from "./markdown.js";
import { lexed, syntaxWith } from "./markdown_syntax.js";
import { sanitize } from "./sanitize.js";

// As in markdown.js: what is longer, or nests too deep, is taken as it was written.
const MAX_BLOCK_LENGTH = 20_000;
const BLOCKS = new Set(
  "BLOCKQUOTE DD DETAILS DIV DL DT H1 H2 H3 H4 H5 H6 HR OL P PRE SUMMARY TABLE UL".split(" "),
);
const FORMATTING = /<\/?(?:b|code|del|em|i|ins|kbd|mark|q|s|small|strong|sub|sup|u|var)>/gi;

class PlainRenderer extends Renderer {
  /** @param {import("marked").Tokens.HTML | import("marked").Tokens.Tag} token */
  html({ text }) {
    return escaped(text.replace(FORMATTING, "")).replace(/&lt;br ?\/?&gt;/gi, "<br>");
  }

  /** @param {import("marked").Tokens.Image} token */
  image({ href, text }) {
    return escaped(text || href);
  }

  /** @param {import("marked").Tokens.Checkbox} token */
  checkbox({ checked }) {
    return checked ? "[x] " : "[ ] ";
  }
}

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const OPTIONS = syntaxWith(new PlainRenderer(), escaped);

/**
 * @param {string} markdown
 * @returns {string}
 */
export function plainText(markdown) {
  const links = {};
  const blocks = splitBlocks(withPlainLineEnds(markdown), links);
  return blocks
    .map((block) => blockOf(block, links))
    .filter(Boolean)
    .join("\n\n");
}

/**
 * @param {import("marked").Token} token
 * @param {import("marked").Links} links
 */
function blockOf(token, links) {
  if (token.type === "code") return token.text;
  if (token.type === "plain" || token.raw.length > MAX_BLOCK_LENGTH) return token.raw.trim();
  try {
    return textIn(sanitize(Parser.parse(lexed(token.raw, links, OPTIONS), OPTIONS)));
  } catch (error) {
    console.info(`localm: a block is copied as it was written: ${error}`);
    return token.raw.trim();
  }
}

/**
 * @param {Node} parent
 * @param {string} between blocks
 * @returns {string}
 */
function textIn(parent, between = "\n\n") {
  const parts = [""];
  for (const child of parent.childNodes) {
    if (child instanceof Element && BLOCKS.has(child.nodeName)) parts.push(blockText(child), "");
    else parts.push(`${parts.pop()}${inlineText(child)}`);
  }
  return parts
    .map((part) => part.replace(/^\s*\n|\s+$/g, ""))
    .filter(Boolean)
    .join(between);
}

/** @param {Element} block */
function blockText(block) {
  switch (block.nodeName) {
    case "PRE":
      return block.textContent ?? "";
    case "TABLE":
      return [...block.querySelectorAll("tr")].map(rowText).join("\n");
    case "UL":
    case "OL":
      return listText(block);
    default:
      return textIn(block);
  }
}

/** @param {Element} row */
const rowText = (row) => [...row.children].map((cell) => textIn(cell, " ")).join("\t");

/** @param {Element} list */
function listText(list) {
  const first = Number(list.getAttribute("start") ?? 1);
  const items = [...list.children].map((item, place) => {
    const mark = list.nodeName === "OL" ? `${first + place}. ` : "- ";
    return mark + textIn(item, "\n").replaceAll("\n", `\n${" ".repeat(mark.length)}`);
  });
  return items.join("\n");
}

/**
 * @param {Node} node
 * @returns {string}
 */
function inlineText(node) {
  if (node.nodeName === "BR") return "\n";
  if (node.nodeName === "LI") return textIn(node);
  if (node instanceof Text) return node.data;
  return [...node.childNodes].map(inlineText).join("");
}
