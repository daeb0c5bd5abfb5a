/** Buttons that put a text on the clipboard and say so in their own place. */

import { button, icon } from "./dom.js";
import { TEXT } from "./strings.js";

const CONFIRM_MS = 1500;

/**
 * @param {string} name the accessible name
 * @param {() => string} text
 * @param {string} [label] the visible word
 */
export function copyButton(name, text, label = TEXT.copy) {
  const word = document.createElement("span");
  word.textContent = label;
  const element = button("", () => copy(), "quiet copy");
  element.setAttribute("aria-label", name);
  element.append(icon("copy"), word);
  let timer = 0;

  /** @param {string} now */
  function show(now) {
    word.textContent = now;
    // The name follows the word, so that a screen reader hears what became of it.
    element.setAttribute("aria-label", now === label ? name : now);
  }
  async function copy() {
    const copied = await navigator.clipboard.writeText(text()).then(
      () => true,
      () => false,
    );
    show(copied ? TEXT.copied : TEXT.copyFailed);
    clearTimeout(timer);
    timer = window.setTimeout(() => show(label), CONFIRM_MS);
  }
  return element;
}
