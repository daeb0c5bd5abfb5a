/** Where a message is written. It never waits for anything: not for Python, not for an answer. */

import { AttachmentTray } from "./attachment_tray.js";
import { directionOf } from "./direction.js";
import { byId } from "./dom.js";
import { enterKeyHint, isSendKey } from "./send_with.js";

/** @typedef {import("../protocol").Attachment} Attachment */

// So much text fills all lines; to measure a pasted book would stop the page for seconds.
const SURELY_TALL = 10_000;

export class Composer {
  #form = byId("composer", HTMLFormElement);
  #text = byId("message", HTMLTextAreaElement);
  #send = byId("send", HTMLButtonElement);
  #stop = byId("stop", HTMLButtonElement);
  #actions;
  #tray;

  /**
   * @param {object} actions
   * @param {(text: string, files: readonly Attachment[]) => void} actions.send
   * @param {() => void} actions.stop
   * @param {(sentence: string) => void} actions.refuse a file
   * @param {() => void} actions.changed something else stands here now
   */
  constructor(actions) {
    this.#actions = actions;
    this.#tray = new AttachmentTray({ ...actions, leave: () => this.focus() });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("input", () => this.#changed());
    this.#text.addEventListener("keydown", (event) => this.#onKey(event));
    this.#stop.addEventListener("click", () => {
      actions.stop();
      this.focus();
    });
    // In the next frame: what changes the size that is observed would be reported as a loop.
    new ResizeObserver(() => requestAnimationFrame(() => this.#grow())).observe(this.#form);
    this.focus();
  }

  focus() {
    this.#text.enterKeyHint = enterKeyHint();
    this.#text.focus();
  }

  get draft() {
    return { text: this.#text.value, files: this.#tray.files };
  }

  /**
   * @param {readonly number[]} tokens of each file of the draft
   * @param {boolean} isEstimate
   */
  showTokens(tokens, isEstimate) {
    this.#tray.showCounts(tokens, isEstimate);
  }

  /** @param {boolean} answering */
  set answering(answering) {
    const hadFocus = document.activeElement === this.#send;
    this.#send.hidden = answering;
    this.#stop.hidden = !answering;
    if (hadFocus || document.activeElement === document.body) this.focus();
  }

  /**
   * Put back what could not be sent, before whatever has been written since.
   *
   * @param {string} text
   * @param {readonly Attachment[]} files
   */
  giveBack(text, files) {
    this.#text.value = [text, this.#text.value].filter(Boolean).join("\n\n");
    this.#tray.giveBack(files);
    this.#changed();
    this.focus();
  }

  async #submit() {
    await this.#tray.ready;
    const { text, files } = this.draft;
    if (this.#send.hidden || (!text.trim() && files.length === 0)) return;
    this.#text.value = "";
    this.#tray.takeAll();
    this.#changed();
    this.#actions.send(text, files);
  }

  #changed() {
    this.#grow();
    this.#actions.changed();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (!isSendKey(event)) return;
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
