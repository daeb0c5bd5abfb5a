/** Buttons that put a text on the clipboard and say so in their own place. */

import { button, icon } from "./dom.js";
import { TEXT } from "./strings.js";

const CONFIRM_MS = 1500;

/**
 * @param {string} name the accessible name; the visible word is "Copy"
 * @param {() => string} text
 */
export function copyButton(name, text) {
  const word = document.createElement("span");
  word.textContent = TEXT.copy;
  const element = button("", () => copy(), "quiet copy");
  element.setAttribute("aria-label", name);
  element.append(icon("copy"), word);
  let timer = 0;

  /** @param {string} label */
  function show(label) {
    word.textContent = label;
    // The name follows the word, so that a screen reader hears what became of it.
    element.setAttribute("aria-label", label === TEXT.copy ? name : label);
  }
  async function copy() {
    const copied = await navigator.clipboard.writeText(text()).then(
      () => true,
      () => false,
    );
    show(copied ? TEXT.copied : TEXT.copyFailed);
    clearTimeout(timer);
    timer = window.setTimeout(() => show(TEXT.copy), CONFIRM_MS);
  }
  return element;
}
