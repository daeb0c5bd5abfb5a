/** The two blocks that are more than text: code with its Copy button, and a table that scrolls. */

import { copyButton } from "./copy.js";
import { el } from "./dom.js";
import { TEXT } from "./strings.js";

/**
 * @param {string} info what stands behind the opening fence; its first word is the language
 * @param {string} text
 */
export function codeBlock(info, text) {
  const language = info.trim().split(/\s/)[0] ?? "";
  const code = el("code", {}, text);
  // Scrolls sideways, so the keyboard must be able to reach it.
  const pre = el("pre", { tabindex: 0, role: "group", "aria-label": language || TEXT.code }, code);
  const copy = copyButton(TEXT.copyCode, () => code.textContent ?? "");
  const bar = el("div", { class: "code-bar" }, el("span", {}, language), copy);
  return el("div", { class: "code", dir: "ltr" }, bar, pre);
}

/**
 * A code block that grows keeps its elements, and with them the reader's selection and scrolling.
 *
 * @param {HTMLElement} block
 * @param {string} text
 */
export function growCode(block, text) {
  const node = block.querySelector("pre > code")?.firstChild;
  if (!(node instanceof Text) || !text.startsWith(node.data)) return false;
  node.appendData(text.slice(node.data.length));
  return true;
}

export function tableFrame() {
  return el("div", { class: "table", tabindex: 0, role: "group", "aria-label": TEXT.table });
}
