/** One message of the conversation as an article: what was asked, or what was answered. */

import { copyButton } from "./copy.js";
import { el } from "./dom.js";
import {
  actionLine,
  droppedLine,
  earlierNote,
  errorNote,
  FallbackNote,
  quietLine,
} from "./notes.js";
import { ProgressView } from "./progress_view.js";
import { StreamingMarkdown } from "./streaming_markdown.js";
import { earlierVersion, figures, loadingModel, TEXT, useModel, YOU } from "./strings.js";

/**
 * @typedef {object} Actions
 * @property {() => void} cancel
 * @property {() => void} retry
 * @property {(model: string) => void} retryWith another model, from now on
 * @property {(model: string) => string} nameOf
 * @property {() => void} changed
 */

let articles = 0;

/**
 * @param {string} author
 * @param {string} style
 */
function article(author, style) {
  const id = `author-${++articles}`;
  const name = el("h2", { class: "author", id }, author);
  const content = el("div", { class: "content" });
  const element = el("article", { class: style, "aria-labelledby": id }, name, content);
  return { element, content, name };
}

/** @param {string} prompt */
export function promptArticle(prompt) {
  const { element, content } = article(YOU, "prompt");
  content.append(el("p", { class: "plain", dir: "auto" }, prompt));
  return element;
}

/**
 * The answer while it comes and when it has ended. The order of its parts is fixed: notes, earlier
 * versions, the wait, the text, how it ended, figures.
 */
export class AnswerView {
  #notes = el("div", { class: "notes" });
  #wait = el("div", { class: "wait" });
  #outcome = el("div", { class: "outcome" });
  #footer = el("footer", { class: "figures" });
  #body = el("div", { class: "markdown" });
  #markdown;
  /** @type {ProgressView | undefined} */
  #progress;
  /** @type {FallbackNote | undefined} */
  #fallback;
  #onChange;
  #actions;
  #author;
  /** @type {HTMLElement[]} */
  #earlier = [];

  /**
   * @param {string} author the model's name
   * @param {Actions} actions
   * @param {HTMLElement[]} earlier versions that an answer before this one left
   */
  constructor(author, actions, earlier = []) {
    this.#actions = actions;
    this.#onChange = actions.changed;
    this.#markdown = new StreamingMarkdown(this.#body, this.#onChange);
    const { element, content, name } = article(author, "answer");
    this.#author = name;
    element.setAttribute("aria-busy", "true");
    content.append(this.#notes, this.#wait, this.#body, this.#outcome, this.#footer);
    this.element = element;
    for (const version of earlier) this.#keep(version);
  }

  /** What whoever answers in this one's place must not lose. */
  get versions() {
    const text = this.#markdown.text;
    return text ? [...this.#earlier, earlierNote(text, TEXT.brokeOff)] : this.#earlier;
  }

  /** @param {string} words what is waited for while there is no bar to show */
  wait(words) {
    this.#progress = undefined;
    this.#wait.replaceChildren(quietLine(words));
    this.#onChange();
  }

  /** @param {import("../protocol").Progress} progress */
  progress(progress) {
    if (!this.#progress) {
      const name = loadingModel(this.#author.textContent);
      this.#progress = new ProgressView(name, this.#actions.cancel);
      this.#wait.replaceChildren(this.#progress.element);
    }
    this.#progress.show(progress);
    this.#onChange();
  }

  /** @param {import("../protocol").Fallback} fallback */
  fallback(fallback) {
    if (!this.#fallback) {
      this.#fallback = new FallbackNote();
      this.#notes.append(this.#fallback.element);
    }
    this.#fallback.add(fallback, this.#markdown.text !== "");
    // What must be fetched first can be refused at once.
    const { id, download_bytes } = fallback;
    if (download_bytes > 0)
      this.progress({
        type: "progress",
        id,
        phase: "downloading",
        loaded: 0,
        total: download_bytes,
      });
    this.#onChange();
  }

  /** @param {string} delta */
  chunk(delta) {
    this.#endWait();
    this.#markdown.append(delta);
  }

  /** @param {string} reason */
  restart(reason) {
    const text = this.#markdown.text;
    if (text) this.#keep(earlierNote(text, earlierVersion(this.#fallback?.engine ?? "", reason)));
    this.#markdown.discard();
    this.#body.replaceChildren();
    this.#markdown = new StreamingMarkdown(this.#body, this.#onChange);
    this.wait(TEXT.reading);
  }

  /**
   * @param {import("../protocol").ChatResult} result
   * @param {string} author the name of the model that answered
   */
  finish(result, author) {
    this.#author.textContent = author;
    if (result.dropped_messages > 0) this.#notes.prepend(droppedLine(result.dropped_messages));
    if (result.device) this.#fallback?.settle(result.engine, result.device);
    const ending = this.#ending(result.finish_reason);
    if (ending) this.#outcome.append(ending);
    if (this.#markdown.text) {
      const copy = copyButton(TEXT.copyAnswer, () => this.#markdown.text);
      this.#footer.append(copy, el("span", {}, figures(result)));
    }
    this.#end();
  }

  /** @param {import("../protocol").Error} error */
  fail(error) {
    // Nobody took over after all, and the details list every engine.
    if (error.code === "no-engine") this.#fallback?.element.remove();
    const reload = error.code === "version-mismatch";
    const again = reload
      ? { label: TEXT.reload, act: () => location.reload() }
      : { label: TEXT.retry, act: this.#actions.retry };
    this.#outcome.append(errorNote(error, ...this.#offers(error), again));
    this.#end();
  }

  /** @param {import("../protocol").Error} error */
  #offers({ offer }) {
    if (!offer) return [];
    const { nameOf, retryWith } = this.#actions;
    return [{ label: useModel(nameOf(offer)), act: () => retryWith(offer) }];
  }

  /** @param {import("../protocol").FinishReason} reason */
  #ending(reason) {
    if (this.#markdown.text)
      return { abort: quietLine(TEXT.stopped), length: quietLine(TEXT.cutOff) }[String(reason)];
    return actionLine(
      reason === "abort" ? TEXT.stoppedBeforeText : TEXT.noText,
      TEXT.askAgain,
      this.#actions.retry,
    );
  }

  /** @param {HTMLElement} version */
  #keep(version) {
    this.#earlier.push(version);
    this.#notes.append(version);
  }

  #endWait() {
    this.#progress = undefined;
    this.#wait.replaceChildren();
  }

  #end() {
    this.#endWait();
    this.#markdown.finish();
    this.element.setAttribute("aria-busy", "false");
    this.#onChange();
  }
}
