/** One conversation on the page: asks, shows what comes back, stops, starts anew. */

import { Conversation } from "./conversation.js";
import { AnswerView, promptArticle } from "./message_view.js";
import { pageFailure, TEXT } from "./strings.js";

/**
 * @typedef {import("./conversation.js").Turn} Turn
 * @typedef {import("../request.js").Reply} Reply
 * @typedef {import("../protocol").ChatResult} ChatResult
 * @typedef {import("./model_choice.js").Choice} Choice
 *
 * @typedef {object} Surroundings
 * @property {import("../client.js").Client} client
 * @property {import("./model_choice.js").ModelChoice} choice
 * @property {import("./model_store.js").ModelStore} models
 * @property {import("./status.js").Status} status
 * @property {import("./follow.js").Follow} follow
 * @property {HTMLElement} log
 * @property {(answering: boolean) => void} onAnswering
 * @property {() => void} onTurnsChanged
 * @property {(prompt: string, error: import("../protocol").Error) => void} onTooLong
 */

export class Chat {
  #around;
  #conversation = new Conversation();
  /** @type {{id: string, asked: Choice, view: AnswerView, ended: Promise<void>} | undefined} */
  #current;

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
  }

  get isAnswering() {
    return this.#current !== undefined;
  }

  get isEmpty() {
    return this.#conversation.turns.length === 0;
  }

  /** @param {string} prompt */
  send(prompt) {
    if (this.#current) return;
    const turn = this.#conversation.add(prompt);
    const question = promptArticle(prompt);
    this.#around.log.append(question);
    this.#around.onTurnsChanged();
    this.#ask(turn, question);
    this.#around.follow.toEnd();
  }

  stop() {
    if (!this.#current) return;
    this.#around.status.activity(TEXT.stopping);
    this.#around.client.cancel(this.#current.id);
  }

  /**
   * An empty conversation, once the answer in progress has stopped.
   *
   * @returns {Promise<() => void>} brings the old one back
   */
  async startAnew() {
    this.stop();
    await this.#current?.ended;
    const { log, onTurnsChanged } = this.#around;
    const old = { conversation: this.#conversation, articles: [...log.children] };
    this.#conversation = new Conversation();
    log.replaceChildren();
    onTurnsChanged();
    return () => {
      this.#conversation = old.conversation;
      log.replaceChildren(...old.articles);
      onTurnsChanged();
    };
  }

  /**
   * @param {Turn} turn
   * @param {HTMLElement} question its article
   * @param {AnswerView} [before] the answer whose place this one takes
   */
  #ask(turn, question, before) {
    const { client, choice, onAnswering } = this.#around;
    turn.answer = "";
    const asked = choice.current;
    const again = () => {
      if (!this.#current) this.#ask(turn, question, view);
    };
    const view = new AnswerView(asked.name, this.#actions(again), before?.versions);
    before?.element.remove();
    question.after(view.element);
    const request = client.chat(asked.id, this.#conversation.messagesFor(turn));
    const ended = this.#answer(request, turn, view, question)
      .catch((error) => view.fail(pageFailure(error)))
      .finally(() => {
        this.#current = undefined;
        onAnswering(false);
      });
    this.#current = { id: request.id, asked, view, ended };
    this.showWait();
    onAnswering(true);
  }

  /** @param {() => void} retry */
  #actions(retry) {
    const { choice, models, follow } = this.#around;
    return {
      cancel: () => this.stop(),
      changed: () => follow.changed(),
      nameOf: (/** @type {string} */ model) => models.nameOf(model),
      retry,
      retryWith: (/** @type {string} */ model) => {
        choice.choose({ id: model, name: models.nameOf(model) });
        retry();
      },
    };
  }

  /** Say what the answer in progress, of which nothing has come yet, is waiting for. */
  showWait() {
    const { client, status } = this.#around;
    const starting = client.state.phase !== "ready";
    const view = this.#current?.view;
    if (starting && client.bootProgress) view?.progress(client.bootProgress);
    else view?.wait(starting ? TEXT.waitsInLine : TEXT.reading);
    status.activity(starting ? TEXT.waitingForPython : TEXT.answering);
  }

  /**
   * @param {AsyncIterable<Reply>} replies
   * @param {Turn} turn
   * @param {AnswerView} view
   * @param {HTMLElement} question
   */
  async #answer(replies, turn, view, question) {
    for await (const reply of replies) {
      if (reply.type === "error" && reply.code === "prompt-too-long") {
        this.#takeBack(turn, [question, view.element]);
        this.#around.onTooLong(turn.prompt, reply);
      } else {
        this.#show(reply, turn, view);
      }
    }
  }

  /**
   * @param {Reply} reply
   * @param {Turn} turn
   * @param {AnswerView} view
   */
  #show(reply, turn, view) {
    const { status } = this.#around;
    switch (reply.type) {
      case "progress":
        view.progress(reply);
        return status.activity(TEXT.loading);
      case "fallback":
        return view.fallback(reply);
      case "chunk":
        turn.answer += reply.delta;
        view.chunk(reply.delta);
        return status.activity(TEXT.answering);
      case "restart":
        turn.answer = "";
        return view.restart(reply.reason);
      case "done":
        return this.#done(/** @type {ChatResult} */ (reply.result), view);
      case "error":
        return view.fail(reply);
    }
  }

  /**
   * @param {ChatResult} result
   * @param {AnswerView} view
   */
  #done(result, view) {
    const { choice, models, status } = this.#around;
    const asked = this.#current?.asked ?? choice.current;
    const author = result.model === asked.id ? asked.name : models.nameOf(result.model);
    // Whoever chose another one meanwhile sees that one's name in the header.
    if (result.device && asked.id === choice.current.id)
      status.answeredBy(author, result.engine, result.device);
    view.finish(result, author);
  }

  /**
   * @param {Turn} turn
   * @param {Element[]} articles
   */
  #takeBack(turn, articles) {
    this.#conversation.remove(turn);
    for (const article of articles) article.remove();
    this.#around.onTurnsChanged();
  }
}
