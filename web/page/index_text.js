/** Puts the page's language into index.html, before the page is painted. */

import { language, showPage } from "./language.js";
import { PAGE } from "./strings_page.js";

/** Where index.html says which words belong: data-text="latest", data-label="settings". */
const PLACES = { text: "", label: "aria-label", placeholder: "placeholder", title: "title" };

if (language() !== "en")
  for (const [kind, attribute] of Object.entries(PLACES)) fill(kind, attribute);
showPage();

/**
 * @param {string} kind
 * @param {string} attribute "" for the text itself
 */
function fill(kind, attribute) {
  /** @type {NodeListOf<HTMLElement>} */
  const places = document.querySelectorAll(`[data-${kind}]`);
  for (const place of places) {
    const words = PAGE[/** @type {keyof typeof PAGE} */ (place.dataset[kind])];
    if (attribute) place.setAttribute(attribute, words);
    else place.textContent = words;
  }
}
