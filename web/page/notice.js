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
  #quiet = false;
  /** @type {(() => Note) | undefined} */
  #offer;
  #isOffer = false;

  /** @param {Note} note */
  show(note) {
    this.#draw(note, () => this.hide());
  }

  hide() {
    this.#clear();
    // Whoever hides a note may have another one, or something that changes what the offer says.
    queueMicrotask(() => this.#showOffer());
  }

  /**
   * A note that can wait: it shows when nothing else does, until it is acted on or dismissed.
   *
   * @param {() => Note} note
   */
  offer(note) {
    this.#offer = note;
    if (this.#isOffer) this.#clear();
    this.#showOffer();
  }

  /** @param {boolean} quiet while true, what can wait does */
  set quiet(quiet) {
    this.#quiet = quiet;
    if (quiet && this.#isOffer) this.#clear();
    this.#showOffer();
  }

  #showOffer() {
    if (!this.#offer || this.#quiet || !this.#place.hidden) return;
    this.#draw(this.#offer(), () => {
      this.#offer = undefined;
      this.#clear();
    });
    this.#isOffer = true;
  }

  /**
   * @param {Note} note
   * @param {() => void} leave
   */
  #draw({ text, action, details, forMs }, leave) {
    this.#clear();
    const line = el("div", { class: "notice-line" }, el("p", {}, text));
    if (action) {
      const press = () => {
        leave();
        action.act();
      };
      line.append(button(action.label, press, "firm"));
    }
    line.append(button(TEXT.dismiss, leave));
    this.#place.append(line);
    if (details) this.#place.append(details);
    this.#place.hidden = false;
    if (forMs) this.#hideAfter(forMs);
  }

  #clear() {
    clearTimeout(this.#timer);
    this.#place.replaceChildren();
    this.#place.hidden = true;
    this.#isOffer = false;
  }

  /** @param {number} ms */
  #hideAfter(ms) {
    this.#timer = window.setTimeout(() => {
      if (this.#place.matches(":hover, :focus-within")) this.#hideAfter(ms);
      else this.hide();
    }, ms);
  }
}
