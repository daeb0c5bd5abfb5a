/** The text of an answer as a reader sees it: thoughts folded away, then the answer itself. */

import { el } from "./dom.js";
import { StreamingMarkdown } from "./streaming_markdown.js";
import { ThoughtSplit } from "./thought_split.js";
import { ThoughtsView } from "./thoughts_view.js";

export class AnswerText {
  #text = "";
  #split = new ThoughtSplit();
  #body = el("div", { class: "markdown" });
  #thoughts;
  #markdown;
  #onRender;
  #isThinking = false;
  /** @type {number | undefined} */
  #seconds;
  element;

  /** @param {() => void} onRender after something has changed */
  constructor(onRender) {
    this.#onRender = onRender;
    this.#thoughts = new ThoughtsView(onRender);
    this.#markdown = new StreamingMarkdown(this.#body, onRender);
    this.element = el("div", { class: "answer-text" }, this.#body);
  }

  /** As the model wrote it, thoughts included. */
  get text() {
    return this.#text;
  }

  /** Without the thoughts. */
  get answer() {
    return this.#split.answer.replace(/^(?:[ \t]*\n)+/, "");
  }

  /** @param {string} delta */
  append(delta) {
    this.#text += delta;
    this.#take(this.#split.push(delta));
  }

  /** The model has thought so long. @param {number} seconds */
  thoughtFor(seconds) {
    this.#seconds = seconds;
    if (!this.#split.isThinking) this.#thoughts.end(seconds);
  }

  /** Show at once what there is, without waiting for a frame. */
  flush() {
    this.#thoughts.flush();
    this.#markdown.flush();
  }

  finish() {
    this.#take(this.#split.end());
    this.#thoughts.end(this.#seconds);
    this.#markdown.finish();
  }

  /** Show nothing more of it. */
  discard() {
    this.#markdown.discard();
    this.element.remove();
  }

  /** @param {import("./thought_split.js").Fresh} fresh */
  #take({ thought, answer, moved }) {
    if (moved) this.#begin();
    if (thought) this.#think(thought);
    if (answer && this.#isThinking) this.#thoughts.end(this.#seconds);
    this.#isThinking = this.#split.isThinking;
    this.#markdown.append(answer);
  }

  /** @param {string} thought */
  #think(thought) {
    this.#thoughts.append(thought);
    if (this.#thoughts.element.parentNode || this.#thoughts.isEmpty) return;
    this.#body.before(this.#thoughts.element);
    this.#onRender();
  }

  #begin() {
    this.#markdown.discard();
    this.#body.replaceChildren();
    this.#markdown = new StreamingMarkdown(this.#body, this.#onRender);
    this.#isThinking = true;
  }
}
