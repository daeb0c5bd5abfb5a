/**
 * What a screen reader says of an answer: all of it, once, when it has ended. The conversation itself is
 * no live region, because that would be read piece by piece.
 */

import { byId } from "./dom.js";

/** @param {string} words */
export function announce(words) {
  byId("said", HTMLElement).textContent = words;
}
