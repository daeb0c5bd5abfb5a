/** What a model thought before it answered: one line that opens. */

import { el, icon } from "./dom.js";
import { StreamingMarkdown } from "./streaming_markdown.js";
import { RENDERING, thoughtFor } from "./strings_rendering.js";

export class ThoughtsView {
  #label = el("span", {}, RENDERING.thinking);
  #text = el("div", { class: "markdown" });
  #thought = "";
  #ended = false;
  /** @type {StreamingMarkdown | undefined} there is one while it is open */
  #markdown;
  #onRender;
  element;

  /** @param {() => void} onRender */
  constructor(onRender) {
    this.#onRender = onRender;
    const summary = el("summary", {}, icon("open"), this.#label);
    this.element = el("details", { class: "thoughts" }, summary, this.#text);
    this.element.addEventListener("toggle", () => this.#onToggle());
  }

  /** @param {string} delta */
  append(delta) {
    this.#thought += delta;
    this.#markdown?.append(delta);
  }

  /** Models that are told not to think leave an empty one. */
  get isEmpty() {
    return this.#thought.trim() === "";
  }

  /** Show at once what there is, if it is open. */
  flush() {
    this.#markdown?.flush();
  }

  /** @param {number} [seconds] that it took */
  end(seconds) {
    this.#ended = true;
    this.#label.textContent = seconds === undefined ? RENDERING.thought : thoughtFor(seconds);
    this.#markdown?.finish();
  }

  #onToggle() {
    if (!this.element.open || this.#markdown) return;
    this.#markdown = new StreamingMarkdown(this.#text, this.#onRender);
    this.#markdown.append(this.#thought);
    if (this.#ended) this.#markdown.finish();
  }
}
