/**
 * The answers on their way, in whichever conversation: asks the worker, and hands what comes to the
 * conversation and to the history.
 */

import { AnswerJob } from "./answer_job.js";
import { answerRecord } from "./records.js";
import { GO_ON_PROMPT } from "./strings_message.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../request.js").Reply} Reply
 * @typedef {import("./open_conversation.js").OpenConversation} OpenConversation
 * @typedef {import("./model_choice.js").Choice} Choice
 * @typedef {{job: AnswerJob, conversation: OpenConversation, asked: Choice}} Running
 *
 * @typedef {object} Surroundings
 * @property {import("../client.js").Client} client
 * @property {import("../history/history.js").History} history
 * @property {import("./model_choice.js").ModelChoice} choice
 * @property {import("./model_store.js").ModelStore} models
 *
 * @typedef {object} Watcher
 * @property {(conversation: OpenConversation, message: MessageRecord) => void} changed
 * @property {(conversation: OpenConversation, reply: Reply, asked: Choice) => void} heard
 * @property {(conversation: OpenConversation) => void} ended
 * @property {(conversation: OpenConversation, prompt: MessageRecord,
 *   error: import("../protocol").Error) => void} tooLong
 * @property {(error: unknown) => void} notKept
 */

export class Answers {
  #around;
  #watcher;
  /** @type {Map<string, Running>} message id -> its answer on the way */
  #running = new Map();

  /**
   * @param {Surroundings} around
   * @param {Watcher} watcher
   */
  constructor(around, watcher) {
    this.#around = around;
    this.#watcher = watcher;
  }

  get count() {
    return this.#running.size;
  }

  /** @param {string} message */
  jobOf(message) {
    return this.#running.get(message)?.job;
  }

  /** @param {string} conversation */
  in(conversation) {
    return [...this.#running.values()].find((one) => one.conversation.id === conversation);
  }

  /** Nobody looks at them now. */
  unwatch() {
    for (const { job } of this.#running.values()) job.showIn(undefined);
  }

  /** @param {string} conversation */
  stop(conversation) {
    const running = this.in(conversation);
    if (running) this.#around.client.cancel(running.job.requestId);
    return running?.job.ended;
  }

  /**
   * @param {OpenConversation} conversation
   * @param {string} prompt the id of the message that is to be answered
   * @param {MessageRecord[]} added that message itself, where it is new
   * @param {MessageRecord} [base] an answer that broke off, to go on from
   */
  ask(conversation, prompt, added, base) {
    const { client, choice } = this.#around;
    const asked = choice.current;
    const answer = base ? goingOn(base) : answerRecord(prompt, asked.name);
    conversation.put([...added, answer], answer.id);
    conversation.change({ model: asked.id });
    this.#keep(conversation, [...added, answer]);
    const messages = conversation.messagesFor(prompt);
    if (base) messages.push(...goOn(base.content));
    const request = client.chat(asked.id, messages, conversation.record.options);
    const job = new AnswerJob(request, answer, this.#keeper(conversation, asked));
    this.#running.set(answer.id, { job, conversation, asked });
    job.ended.finally(() => {
      this.#running.delete(answer.id);
      this.#watcher.ended(conversation);
    });
  }

  /**
   * @param {OpenConversation} conversation
   * @param {Choice} asked
   * @returns {import("./answer_job.js").Keeper}
   */
  #keeper(conversation, asked) {
    const { history, models } = this.#around;
    const { changed, heard, notKept } = this.#watcher;
    return {
      grow: (message) => {
        conversation.put([message]);
        changed(conversation, message);
        history.journal(conversation.id, message).catch(notKept);
      },
      restart: (earlier, message) => {
        conversation.put([earlier, message]);
        this.#keep(conversation, [earlier, message]);
        changed(conversation, message);
      },
      end: (message) => {
        conversation.put([message]);
        changed(conversation, message);
        history.finish(conversation.id, message).catch(notKept);
      },
      authorOf: (result) => authorOf(result, asked, models),
      refuse: (reply) => this.#takeBack(conversation, reply),
      heard: (reply) => heard(conversation, reply, asked),
    };
  }

  /**
   * A prompt that is too long was none: it goes back to where it was written.
   *
   * @param {OpenConversation} conversation
   * @param {Reply} reply
   */
  #takeBack(conversation, reply) {
    if (reply.type !== "error" || reply.code !== "prompt-too-long") return false;
    const answer = this.in(conversation.id)?.job.message;
    const prompt = answer && conversation.get(answer.parent);
    if (!prompt) return false;
    const gone = conversation.cut(prompt.id).map(({ id }) => id);
    const { history } = this.#around;
    const { id, leaf } = conversation.record;
    const taken = [history.removeMessages(id, gone, leaf)];
    if (conversation.isEmpty) taken.push(history.remove(id));
    conversation.isKept = !conversation.isEmpty;
    Promise.all(taken).catch(this.#watcher.notKept);
    this.#watcher.tooLong(conversation, prompt, reply);
    return true;
  }

  /**
   * @param {OpenConversation} conversation
   * @param {MessageRecord[]} messages
   */
  #keep(conversation, messages) {
    const { history } = this.#around;
    const { record, isKept } = conversation;
    conversation.isKept = true;
    const kept = isKept
      ? history.append(record.id, messages, record.leaf)
      : history.create(record, messages);
    kept.catch(this.#watcher.notKept);
  }
}

/** @param {MessageRecord} base @returns {MessageRecord} */
const goingOn = (base) => ({ ...base, state: "streaming" });

/**
 * @param {string} content what was answered so far
 * @returns {import("../protocol").ChatMessage[]}
 */
const goOn = (content) => [
  { role: "assistant", content },
  { role: "user", content: GO_ON_PROMPT },
];

/**
 * The name of the model that answered.
 *
 * @param {import("../protocol").ChatResult} result
 * @param {Choice} asked
 * @param {import("./model_store.js").ModelStore} models
 */
export const authorOf = ({ model }, asked, models) =>
  model === asked.id ? asked.name : models.nameOf(model);
