/** The frame that all messages have: an article with its author's name, its content and its tools. */

import { el } from "./dom.js";

let articles = 0;

/**
 * @param {string} author
 * @param {string} style
 */
export function article(author, style) {
  const id = `author-${++articles}`;
  const name = el("h2", { class: "author", id }, author);
  const content = el("div", { class: "content" });
  const element = el("article", { class: style, "aria-labelledby": id }, name, content);
  return { element, content, name };
}
