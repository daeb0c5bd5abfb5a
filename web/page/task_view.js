/** One piece of work, shown where it was asked for: how far it is, Cancel, and what went wrong. */

import { keepingFocus } from "./dialog.js";
import { el } from "./dom.js";
import { actionLine, errorNote, FallbackNote, quietLine } from "./notes.js";
import { ProgressView } from "./progress_view.js";
import { TEXT, useModel } from "./strings.js";
import { MODELS } from "./strings_models.js";

/**
 * @typedef {import("../protocol").Error} WorkerError
 *
 * @typedef {object} Task
 * @property {string} name what is under way, for the bar
 * @property {import("./progress_text.js").Words} [phases] in other words than usual
 * @property {() => void} retry
 *
 * @typedef {object} Surroundings
 * @property {import("../client.js").Client} client
 * @property {(model: string) => string} nameOf
 * @property {(model: string) => void} use another model, which an error offers
 * @property {(text: string) => void} tell whoever does not look here
 */

export class TaskView {
  element = el("div", { class: "task" });
  #around;
  hasFailed = false;
  /** @type {string} the id of the request under way; "" when none is */
  #request = "";

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
  }

  /**
   * @template Result
   * @param {import("../request.js").Request<Result>} request
   * @param {Task} task
   * @returns {Promise<Result | undefined>} undefined when it failed, which is shown, or was cancelled
   */
  async run(request, task) {
    const { client } = this.#around;
    this.#request = request.id;
    const progress = new ProgressView(task.name, () => this.cancel(progress), task.phases);
    const starting = client.state.phase !== "ready";
    const checking = task.phases?.checking ?? MODELS.beginning;
    progress.wait(starting ? MODELS.startingPython : checking);
    this.hasFailed = false;
    this.#show(progress.element);
    const end = await request.end((reply) => this.#reply(reply, progress));
    this.#request = "";
    if (end.type === "done") this.clear();
    else this.fail(end, task.retry);
    return end.type === "done" ? end.result : undefined;
  }

  /** @param {ProgressView} progress */
  cancel(progress) {
    progress.wait(MODELS.stopping);
    this.#around.client.cancel(this.#request);
  }

  /**
   * @param {WorkerError} error
   * @param {() => void} retry
   */
  fail(error, retry) {
    if (error.code === "cancelled") return this.clear();
    this.hasFailed = true;
    const { nameOf, use, tell } = this.#around;
    tell(error.message);
    const { offer } = error;
    const offers = offer ? [{ label: useModel(nameOf(offer)), act: () => use(offer) }] : [];
    this.#show(errorNote(error, ...offers, { label: TEXT.retry, act: retry }));
  }

  /**
   * @param {string} text how it went
   * @param {import("./notes.js").Action} [next]
   */
  say(text, next) {
    this.hasFailed = false;
    this.#show(next ? actionLine(text, next.label, next.act) : quietLine(text));
  }

  /** What has been said is old by now; an error stays until it is acted upon. */
  settle() {
    if (!this.hasFailed && !this.#request) this.clear();
  }

  clear() {
    this.hasFailed = false;
    this.#show();
  }

  /** @param {...HTMLElement} parts */
  #show(...parts) {
    keepingFocus(this.element, () => this.element.replaceChildren(...parts));
  }

  /**
   * @param {import("../request.js").Reply} reply
   * @param {ProgressView} progress
   */
  #reply(reply, progress) {
    if (reply.type === "progress") progress.show(reply);
    if (reply.type !== "fallback") return;
    const note = new FallbackNote();
    note.add(reply, false);
    this.element.prepend(note.element);
  }
}
