/** What a sanitized text gets from us: bars on code, frames round tables, hosts behind links. */

import { codeBlock } from "./code_block.js";
import { el } from "./dom.js";
import { imagePlaceholder } from "./image_placeholder.js";
import { showFormulas } from "./math.js";
import { RENDERING } from "./strings_rendering.js";

/** @param {DocumentFragment} fragment */
export function decorated(fragment) {
  for (const pre of fragment.querySelectorAll("pre")) {
    const language = pre.querySelector("code")?.className.replace("language-", "") ?? "";
    pre.replaceWith(codeBlock(language, pre.textContent ?? ""));
  }
  for (const table of fragment.querySelectorAll("table")) frameTable(table);
  for (const image of fragment.querySelectorAll(".image")) placeImage(image);
  for (const link of fragment.querySelectorAll("a")) nameHost(link);
  showFormulas(fragment);
  return fragment;
}

/** @param {HTMLTableElement} table */
function frameTable(table) {
  // Scrolls sideways, so the keyboard must be able to reach it.
  const frame = el("div", { class: "table", tabindex: 0, role: "group" });
  frame.setAttribute("aria-label", RENDERING.table);
  table.replaceWith(frame);
  frame.append(table);
}

/**
 * An image that is a link leaves the link with its words: a button must not stand in one.
 *
 * @param {Element} image
 */
function placeImage(image) {
  const placeholder = imagePlaceholder(image.getAttribute("title") ?? "", image.textContent ?? "");
  const link = image.closest("a");
  if (!link) return image.replaceWith(placeholder);
  link.before(placeholder, " ");
  image.replaceWith(image.textContent || RENDERING.image);
}

/**
 * Where a link leads, unless its words say so.
 *
 * @param {HTMLAnchorElement} link
 */
function nameHost(link) {
  const url = URL.parse(link.getAttribute("href") ?? "");
  if (!url) return;
  const host = url.protocol === "mailto:" ? url.pathname : url.host.replace(/^www\./, "");
  const words = (link.textContent ?? "").toLowerCase();
  if (!host || words.includes(host.toLowerCase()) || words.includes(link.href.toLowerCase()))
    return;
  link.after(el("span", { class: "link-host" }, ` ${host}`));
}
