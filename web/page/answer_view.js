/**
 * An answer while it comes and when it has ended. The order of its parts is fixed: notes, the wait, the
 * text, how it ended, tools.
 */

import { AnswerText } from "./answer_text.js";
import { article } from "./article.js";
import { copyButton } from "./copy.js";
import { el } from "./dom.js";
import { MessageTools } from "./message_tools.js";
import { actionLine, droppedLine, errorNote, FallbackNote, quietLine } from "./notes.js";
import { plainText } from "./plain_text.js";
import { ProgressView } from "./progress_view.js";
import { figures, loadingModel, TEXT, useModel } from "./strings.js";
import { MESSAGE } from "./strings_message.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 *
 * @typedef {object} AnswerActions
 * @property {() => void} cancel
 * @property {() => void} regenerate
 * @property {() => void} goOn from where it stops
 * @property {(model: string) => void} regenerateWith another model, from now on
 * @property {() => void} remove
 * @property {(model: string) => string} nameOf
 * @property {() => void} changed
 */

export class AnswerView {
  #notes = el("div", { class: "notes" });
  #wait = el("div", { class: "wait" });
  #outcome = el("div", { class: "outcome" });
  tools = new MessageTools();
  #text;
  /** @type {ProgressView | undefined} */
  #progress;
  /** @type {FallbackNote | undefined} */
  #fallback;
  #actions;
  #author;
  element;

  /**
   * @param {string} author the model's name
   * @param {AnswerActions} actions
   */
  constructor(author, actions) {
    this.#actions = actions;
    this.#text = new AnswerText(actions.changed);
    const { element, content, name } = article(author, "answer");
    this.#author = name;
    element.setAttribute("aria-busy", "true");
    content.append(this.#notes, this.#wait, this.#text.element, this.#outcome, this.tools.element);
    this.element = element;
  }

  /** As it is read aloud. */
  get spoken() {
    return `${this.#author.textContent}: ${plainText(this.#text.answer)}`;
  }

  /** @param {string} words what is waited for while there is no bar to show */
  wait(words) {
    this.#progress = undefined;
    this.#wait.replaceChildren(quietLine(words));
    this.#actions.changed();
  }

  /** @param {import("../protocol").Progress} progress */
  progress(progress) {
    if (!this.#progress) {
      const name = loadingModel(this.#author.textContent);
      this.#progress = new ProgressView(name, this.#actions.cancel);
      this.#wait.replaceChildren(this.#progress.element);
    }
    this.#progress.show(progress);
    this.#actions.changed();
  }

  /** @param {import("../protocol").Fallback} fallback */
  fallback(fallback) {
    if (!this.#fallback) {
      this.#fallback = new FallbackNote();
      this.#notes.append(this.#fallback.element);
    }
    this.#fallback.add(fallback, this.#text.text !== "");
    // What must be fetched first can be refused at once.
    const { id, download_bytes: total } = fallback;
    if (total > 0) this.progress({ type: "progress", id, phase: "downloading", loaded: 0, total });
    this.#actions.changed();
  }

  /** @param {string} delta */
  chunk(delta) {
    this.#endWait();
    this.#text.append(delta);
  }

  /** The model has thought so long. @param {number} seconds */
  thoughtFor(seconds) {
    this.#text.thoughtFor(seconds);
  }

  /** The answer begins again. @param {string} base what stays of it */
  restart(base) {
    this.#anew(base);
    this.wait(TEXT.reading);
  }

  /** Another tab writes it. @param {MessageRecord} message */
  elsewhere({ content }) {
    this.#text.append(content);
    this.wait(MESSAGE.elsewhere);
  }

  /** The answer has ended, just now or long ago. @param {MessageRecord} message */
  end({ content, author, state, result, thinking_s }) {
    if (content !== this.#text.text) this.#anew(content);
    if (thinking_s !== undefined) this.#text.thoughtFor(thinking_s);
    this.#author.textContent = author;
    if (result && result.dropped_messages > 0)
      this.#notes.prepend(droppedLine(result.dropped_messages));
    if (result?.device) this.#fallback?.settle(result.engine, result.device);
    if (state === "interrupted") this.#outcome.append(this.#interruption());
    else this.#outcome.append(...this.#ending(result?.finish_reason ?? "stop"));
    this.#close();
    if (result && content) this.tools.showFigures(figures(result));
  }

  /** @param {import("../protocol").Error} error */
  fail(error) {
    // Nobody took over after all, and the details list every engine.
    if (error.code === "no-engine") this.#fallback?.element.remove();
    const reload = error.code === "version-mismatch";
    const again = reload
      ? { label: TEXT.reload, act: () => location.reload() }
      : { label: TEXT.retry, act: this.#actions.regenerate };
    this.#outcome.append(errorNote(error, ...this.#offers(error), again));
    this.#close();
  }

  /** @param {import("../protocol").Error} error */
  #offers({ offer }) {
    if (!offer) return [];
    const { nameOf, regenerateWith } = this.#actions;
    return [{ label: useModel(nameOf(offer)), act: () => regenerateWith(offer) }];
  }

  #interruption() {
    const { regenerate, goOn } = this.#actions;
    return this.#text.text
      ? actionLine(MESSAGE.interrupted, MESSAGE.goOn, goOn)
      : actionLine(MESSAGE.interrupted, TEXT.askAgain, regenerate);
  }

  /** @param {import("../protocol").FinishReason} reason */
  #ending(reason) {
    const { regenerate, goOn } = this.#actions;
    if (!this.#text.text) {
      const words = reason === "abort" ? TEXT.stoppedBeforeText : TEXT.noText;
      return [actionLine(words, TEXT.askAgain, regenerate)];
    }
    if (reason === "abort") return [actionLine(TEXT.stopped, MESSAGE.goOn, goOn)];
    return reason === "length" ? [actionLine(TEXT.cutOff, MESSAGE.goOn, goOn)] : [];
  }

  /** @param {string} content what there is of it */
  #anew(content) {
    const had = this.#text;
    this.#text = new AnswerText(this.#actions.changed);
    had.element.before(this.#text.element);
    had.discard();
    this.#text.append(content);
  }

  #endWait() {
    this.#progress = undefined;
    this.#wait.replaceChildren();
  }

  #close() {
    this.#endWait();
    this.#text.finish();
    this.element.setAttribute("aria-busy", "false");
    this.#showTools();
    this.#actions.changed();
  }

  #showTools() {
    const { regenerate, remove } = this.#actions;
    const text = () => this.#text.answer;
    const copies = [
      copyButton(TEXT.copyAnswer, text),
      copyButton(MESSAGE.copyText, () => plainText(text()), MESSAGE.asText),
    ];
    this.tools.show(
      ...(text() ? copies : []),
      { label: MESSAGE.regenerate, icon: "again", act: regenerate },
      { label: MESSAGE.remove, icon: "remove", act: remove },
    );
  }
}
