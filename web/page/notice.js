/** One line above the composer about the app rather than about an answer, with one thing to do. */

import { button, byId, el } from "./dom.js";
import { TEXT } from "./strings.js";

/**
 * @typedef {object} Note
 * @property {string} text
 * @property {{label: string, act: () => void}} [action]
 * @property {HTMLElement} [details]
 * @property {number} [forMs] goes away by itself, but not under the pointer or the focus
 */

export class Notice {
  #place = byId("notice", HTMLElement);
  #timer = 0;

  /** @param {Note} note */
  show({ text, action, details, forMs }) {
    this.hide();
    const line = el("div", { class: "notice-line" }, el("p", {}, text));
    if (action) {
      const { label, act } = action;
      line.append(
        button(
          label,
          () => {
            this.hide();
            act();
          },
          "firm",
        ),
      );
    }
    line.append(button(TEXT.dismiss, () => this.hide()));
    this.#place.append(line);
    if (details) this.#place.append(details);
    this.#place.hidden = false;
    if (forMs) this.#hideAfter(forMs);
  }

  hide() {
    clearTimeout(this.#timer);
    this.#place.replaceChildren();
    this.#place.hidden = true;
  }

  /** @param {number} ms */
  #hideAfter(ms) {
    this.#timer = window.setTimeout(() => {
      if (this.#place.matches(":hover, :focus-within")) this.#hideAfter(ms);
      else this.hide();
    }, ms);
  }
}
