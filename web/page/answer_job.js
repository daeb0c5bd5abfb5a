/**
 * One answer on its way, whether anybody looks at it or not: what the worker says goes into the record
 * and the history, and to the view, if there is one. A view that comes later is told what it missed.
 */

import { announce } from "./announce.js";
import { pageFailure } from "./strings.js";
import { ThoughtClock } from "./thought_split.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../protocol").ChatResult} ChatResult
 * @typedef {import("../request.js").Reply} Reply
 * @typedef {import("./answer_view.js").AnswerView} AnswerView
 *
 * @typedef {object} Keeper what becomes of the answer
 * @property {(message: MessageRecord) => void} grow there is more of it
 * @property {(earlier: MessageRecord, message: MessageRecord) => void} restart what there was is a
 *   version of its own now
 * @property {(message: MessageRecord) => void} end it has ended, well or not
 * @property {(result: ChatResult) => string} authorOf the name of the model that answered
 * @property {(reply: Reply) => boolean} refuse whether this end is none for this answer: nothing of it
 *   is kept then
 * @property {(reply: Reply) => void} heard for whoever shows what the app does
 */

const JOURNAL_MS = 300;

export class AnswerJob {
  #request;
  #keeper;
  #message;
  #base; // what an earlier try left, and this one goes on from
  #written = false;
  #clock = new ThoughtClock();
  #timer = 0;
  /** @type {AnswerView | undefined} */
  #view;
  /** @type {Reply[]} what is not text, for a view that comes later */
  #told = [];
  ended;

  /**
   * @param {import("../request.js").Request<ChatResult>} request
   * @param {MessageRecord} message
   * @param {Keeper} keeper
   */
  constructor(request, message, keeper) {
    this.#request = request;
    this.#message = message;
    this.#keeper = keeper;
    this.#base = message.content;
    this.#windClock();
    this.ended = this.#follow();
  }

  get requestId() {
    return this.#request.id;
  }

  get message() {
    return this.#message;
  }

  /** Whether there is text of it, so that nobody needs to be told what it waits for. */
  get hasText() {
    return this.#message.content !== "";
  }

  /** @param {AnswerView | undefined} view */
  showIn(view) {
    this.#view = view;
    if (!view) return;
    for (const reply of this.#told) tell(view, reply);
    const { content, thinking_s } = this.#message;
    if (content) view.chunk(content);
    if (thinking_s !== undefined) view.thoughtFor(thinking_s);
  }

  get view() {
    return this.#view;
  }

  async #follow() {
    try {
      for await (const reply of this.#request) this.#hear(reply);
    } catch (error) {
      this.#hear(pageFailure(error));
    }
  }

  /** @param {Reply} reply */
  #hear(reply) {
    this.#keeper.heard(reply);
    switch (reply.type) {
      case "chunk":
        this.#change({ content: this.#message.content + reply.delta });
        this.#view?.chunk(reply.delta);
        if (this.#clock.hear(reply.delta)) this.#toldTime();
        return this.#journal();
      case "restart":
        return this.#restart();
      case "done":
        return this.#done(/** @type {ChatResult} */ (reply.result));
      case "error":
        return this.#fail(reply);
      default:
        this.#told = [...this.#told.filter(({ type }) => type !== "progress"), reply];
        if (this.#view) tell(this.#view, reply);
    }
  }

  #restart() {
    const { content, ...rest } = this.#message;
    this.#change({ content: this.#base, thinking_s: undefined });
    this.#windClock();
    if (content !== this.#base && !this.#base) {
      const id = crypto.randomUUID();
      const earlier = { ...rest, id, content, state: /** @type {const} */ ("interrupted") };
      this.#change({ created_ms: Math.max(Date.now(), rest.created_ms + 1) });
      this.#keeper.restart(earlier, this.#message);
    }
    this.#view?.restart(this.#base);
  }

  /** An answer that goes on has its thoughts behind it, or some of them. */
  #windClock() {
    this.#clock = new ThoughtClock();
    this.#clock.seconds = this.#message.thinking_s;
    if (this.#base) this.#clock.hear(this.#base);
  }

  #toldTime() {
    const { seconds = 0 } = this.#clock;
    this.#change({ thinking_s: seconds });
    this.#view?.thoughtFor(seconds);
  }

  /** @param {ChatResult} result */
  #done(result) {
    this.#settle({ state: "complete", result, author: this.#keeper.authorOf(result) });
    this.#view?.end(this.#message);
    if (this.#view) announce(this.#view.spoken);
  }

  /** @param {import("../protocol").Error} error */
  #fail(error) {
    if (this.#keeper.refuse(error)) return this.#stopJournal();
    this.#settle({ state: "interrupted" });
    this.#view?.fail(error);
    if (this.#view) announce(error.message);
  }

  /** @param {Partial<MessageRecord>} changes */
  #settle(changes) {
    this.#stopJournal();
    this.#clock.end();
    const { seconds } = this.#clock;
    this.#change(seconds === undefined ? changes : { ...changes, thinking_s: seconds });
    this.#keeper.end(this.#message);
  }

  /** @param {Partial<MessageRecord>} changes */
  #change(changes) {
    this.#message = { ...this.#message, ...changes };
  }

  /** The first text at once, then what has come together. */
  #journal() {
    if (this.#timer) return;
    if (!this.#written) this.#keeper.grow(this.#message);
    this.#written = true;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      this.#keeper.grow(this.#message);
    }, JOURNAL_MS);
  }

  #stopJournal() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }
}

/**
 * @param {AnswerView} view
 * @param {Reply} reply
 */
function tell(view, reply) {
  if (reply.type === "progress") view.progress(reply);
  else if (reply.type === "fallback") view.fallback(reply);
}
