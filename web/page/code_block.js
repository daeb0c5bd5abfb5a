/** Code with its bar: which language it is, and Wrap, Download and Copy. */

import { fileNameFor, languageOf } from "./code_languages.js";
import { copyButton } from "./copy.js";
import { button, el, icon } from "./dom.js";
import { keep, kept } from "./kept.js";
import { saveFile } from "./save_file.js";
import { TEXT } from "./strings.js";
import { RENDERING } from "./strings_rendering.js";

/**
 * @param {string} info what stands behind the opening fence; its first word is the language
 * @param {string} text
 */
export function codeBlock(info, text) {
  const [language = ""] = /[\w+#.-]+/.exec(info.trim().split(/[\s:]/)[0] ?? "") ?? [];
  const { label } = languageOf(language);
  const code = el("code", { class: language ? `language-${language}` : undefined }, text);
  // Scrolls sideways, so the keyboard must be able to reach it.
  const name = label || RENDERING.code;
  const pre = el("pre", { tabindex: 0, role: "group", "aria-label": name }, code);
  const bar = el("div", { class: "code-bar" }, el("span", { class: "language" }, label));
  bar.append(wrapButton(), downloadButton(info, code));
  bar.append(copyButton(TEXT.copyCode, () => code.textContent ?? ""));
  return el("div", { class: "code", dir: "ltr" }, bar, pre);
}

/**
 * A code block that grows keeps its elements, and with them the reader's selection and scrolling.
 *
 * @param {HTMLElement} block
 * @param {string} text
 * @param {number} done how much of the code comes before `text`
 */
export function growCode(block, text, done) {
  const code = block.querySelector("pre > code");
  const node = code?.firstChild;
  if (!(node instanceof Text) || node.nextSibling || node.length < done) return false;
  const had = node.substringData(done, node.length - done);
  if (text.startsWith(had)) node.appendData(text.slice(had.length));
  else node.replaceData(done, had.length, text);
  return true;
}

/**
 * The code is this, all of it. False where colours would have to change.
 *
 * @param {HTMLElement} block
 * @param {string} text
 */
export function settleCode(block, text) {
  const code = block.querySelector("pre > code");
  if (code?.textContent === text) return true;
  if (!code || code.firstElementChild) return false;
  code.textContent = text;
  return true;
}

/**
 * @param {string} info
 * @param {HTMLElement} code
 */
function downloadButton(info, code) {
  const save = () => saveFile(fileNameFor(info), code.textContent ?? "", "text/plain");
  const element = button("", save, "quiet");
  element.setAttribute("aria-label", RENDERING.downloadCode);
  element.append(icon("download"), el("span", {}, RENDERING.download));
  return element;
}

/** One choice for all code, remembered. */
function wrapButton() {
  const element = button("", () => setWrapped(!isWrapped()), "quiet wrap");
  element.setAttribute("aria-label", RENDERING.wrapLines);
  element.setAttribute("aria-pressed", String(isWrapped()));
  element.append(icon("wrap"), el("span", {}, RENDERING.wrap));
  return element;
}

const isWrapped = () => kept("wrap") === "yes";

/** @param {boolean} wrapped */
function setWrapped(wrapped) {
  keep("wrap", wrapped ? "yes" : "");
  showWrapped();
}

/** Shows what is remembered; after that was changed elsewhere, too. */
export function showWrapped() {
  document.documentElement.toggleAttribute("data-wrap", isWrapped());
  for (const element of document.querySelectorAll(".code-bar .wrap"))
    element.setAttribute("aria-pressed", String(isWrapped()));
}

showWrapped();
