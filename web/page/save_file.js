/** Hands a text to the browser as a file to keep. */

import { el } from "./dom.js";

// The browser may only begin to read after the click has been handled.
const LET_GO_AFTER_MS = 60_000;

/**
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), LET_GO_AFTER_MS);
}
