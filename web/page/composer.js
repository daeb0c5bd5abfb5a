/** Where a message is written. It never waits for anything: not for Python, not for an answer. */

import { byId } from "./dom.js";

const MAX_LINES = 8;

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

  #grow() {
    const { style } = this.#text;
    const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(this.#text);
    const padding = parseFloat(paddingBlockStart) + parseFloat(paddingBlockEnd);
    const max = Math.round(MAX_LINES * parseFloat(lineHeight) + padding);
    style.blockSize = "auto";
    const wanted = this.#text.scrollHeight;
    style.blockSize = `${Math.min(wanted, max)}px`;
    style.overflowY = wanted > max ? "auto" : "hidden";
  }
}
