/** Where a message is written. It never waits for anything: not for Python, not for an answer. */

import { directionOf } from "./direction.js";
import { byId } from "./dom.js";

// So much text fills all lines; to measure a pasted book would stop the page for seconds.
const SURELY_TALL = 10_000;

export class Composer {
  #form = byId("composer", HTMLFormElement);
  #text = byId("message", HTMLTextAreaElement);
  #send = byId("send", HTMLButtonElement);
  #stop = byId("stop", HTMLButtonElement);
  #onSend;

  /** @param {{send: (text: string) => void, stop: () => void}} actions */
  constructor({ send, stop }) {
    this.#onSend = send;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("input", () => this.#grow());
    this.#text.addEventListener("keydown", (event) => this.#onKey(event));
    this.#stop.addEventListener("click", () => {
      stop();
      this.focus();
    });
    new ResizeObserver(() => this.#grow()).observe(this.#form);
    this.focus();
  }

  focus() {
    this.#text.focus();
  }

  /** @param {boolean} answering */
  set answering(answering) {
    const hadFocus = document.activeElement === this.#send;
    this.#send.hidden = answering;
    this.#stop.hidden = !answering;
    if (hadFocus || document.activeElement === document.body) this.focus();
  }

  /**
   * Put a text back that could not be sent, before whatever has been written since.
   *
   * @param {string} text
   */
  giveBack(text) {
    const since = this.#text.value;
    this.#text.value = since ? `${text}\n\n${since}` : text;
    this.#grow();
    this.focus();
  }

  #submit() {
    const text = this.#text.value;
    if (this.#send.hidden || !text.trim()) return;
    this.#text.value = "";
    this.#grow();
    this.#onSend(text);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    // Enter also ends the choice of an input method; keyCode 229 is how some browsers say so.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.#submit();
  }

  /** As tall as its text; the style sheet says how tall at most. */
  #grow() {
    const { style, value } = this.#text;
    this.#text.dir = directionOf(value);
    if (this.#text.textLength > SURELY_TALL) {
      style.blockSize = "100vb";
    } else {
      style.blockSize = "auto";
      style.blockSize = `${this.#text.scrollHeight}px`;
    }
  }
}
