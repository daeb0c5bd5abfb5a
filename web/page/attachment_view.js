/** The files that went with a prompt: chips, each of which opens to its text. */

import { copyButton } from "./copy.js";
import { el } from "./dom.js";
import { ATTACHING, beginningOf, copyFile } from "./strings_attaching.js";

/** @typedef {import("../protocol").Attachment} Attachment */

// More would stop the page for a while; Copy gives all of it.
const MOST_SHOWN = 100_000;

/** @param {readonly Attachment[]} attachments */
export function attachmentChips(attachments) {
  const items = attachments.map((one) => el("li", {}, attachmentView(one)));
  return el("ul", { class: "chips", "aria-label": ATTACHING.files }, ...items);
}

/** @param {Attachment} attachment */
function attachmentView(attachment) {
  const name = el("span", { class: "chip-name", dir: "auto" }, attachment.name);
  const summary = el("summary", { class: "chip" }, name);
  const details = el("details", { class: "attachment" }, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...textOf(attachment));
  });
  return details;
}

/** @param {Attachment} attachment */
function textOf({ name, text }) {
  const shown = text.slice(0, MOST_SHOWN);
  const parts = [
    el("pre", { tabindex: 0, dir: "auto", "aria-label": name, role: "region" }, shown),
  ];
  const row = el(
    "div",
    { class: "actions" },
    copyButton(copyFile(name), () => text),
  );
  if (shown.length < text.length)
    row.append(el("span", { class: "note" }, beginningOf(shown.length, text.length)));
  return [...parts, row];
}
