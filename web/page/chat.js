/** The conversation on screen: what is said in it, which way through it is shown, and what is undone. */

import { titleOf } from "../history/title.js";
import { AnswerView } from "./answer_view.js";
import { Answers, authorOf } from "./answers.js";
import { ConversationView } from "./conversation_view.js";
import { OpenConversation } from "./open_conversation.js";
import { PromptView } from "./prompt_view.js";
import { promptRecord } from "./records.js";
import { TEXT } from "./strings.js";
import { deletedTurns, MESSAGE } from "./strings_message.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../protocol").Attachment} Attachment
 * @typedef {import("../request.js").Reply} Reply
 * @typedef {import("./model_choice.js").Choice} Choice
 *
 * @typedef {object} Page what the chat has around it
 * @property {import("./status.js").Status} status
 * @property {import("./follow.js").Follow} follow
 * @property {import("./notice.js").Notice} notice
 * @property {HTMLElement} log
 * @property {(answering: boolean) => void} onAnswering in the conversation on screen
 * @property {() => void} onShown another conversation, or more or less of it
 * @property {(prompt: MessageRecord, error: import("../protocol").Error) => void} onTooLong
 * @property {(error: unknown) => void} onNotKept
 *
 * @typedef {import("./answers.js").Surroundings & Page} Surroundings
 */

const UNDO_MS = 10_000;

export class Chat {
  #around;
  #answers;
  #view;
  #open = OpenConversation.draft();

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
    this.#answers = new Answers(around, {
      changed: (conversation, message) => this.#changed(conversation, message),
      heard: (conversation, reply, asked) => this.#heard(conversation, reply, asked),
      ended: (conversation) => this.#ended(conversation),
      tooLong: (conversation, prompt, error) => this.#tooLong(conversation, prompt, error),
      notKept: around.onNotKept,
    });
    this.#view = new ConversationView(
      around.log,
      (message) => this.#viewOf(message),
      (message, view) => this.#showVersions(message, view),
    );
    around.history.onChange(({ conversation, isOwn }) => {
      if (!isOwn) this.#changedElsewhere(conversation);
    });
  }

  get id() {
    return this.#open.id;
  }

  /** The one on screen, to be read; `change` changes it. */
  get conversation() {
    return this.#open;
  }

  /** @param {Partial<import("../protocol").ConversationRecord>} changes */
  change(changes) {
    this.#open.change(changes);
    if (!this.#open.isKept) return;
    this.#around.history.update(this.id, changes).catch(this.#around.onNotKept);
  }

  get isEmpty() {
    return this.#open.isEmpty;
  }

  /** In the conversation on screen. */
  get isAnswering() {
    return this.#answers.in(this.#open.id) !== undefined;
  }

  /** Whether any conversation waits for an answer. */
  get isBusy() {
    return this.#answers.count > 0;
  }

  /**
   * @param {string} prompt
   * @param {readonly Attachment[]} [attachments]
   */
  send(prompt, attachments = []) {
    if (!this.isAnswering) this.#say(this.#open, this.#open.record.leaf, prompt, attachments);
  }

  stop() {
    if (!this.isAnswering) return;
    this.#around.status.activity(TEXT.stopping);
    this.#answers.stop(this.#open.id);
  }

  /** An empty conversation. An answer on its way in the old one goes on. */
  startAnew() {
    this.#turnTo(OpenConversation.draft());
  }

  /**
   * @param {string} id of a kept conversation
   * @param {string} [message] the one to be seen in it
   * @returns {Promise<boolean>} whether the conversation is there
   */
  async open(id, message = "") {
    const isThere = id === this.#open.id || (await this.#openKept(id));
    if (isThere && this.#open.get(message)) this.#reveal(message);
    return isThere;
  }

  /** @param {string} id */
  async #openKept(id) {
    const { history } = this.#around;
    const running = this.#answers.in(id)?.conversation;
    const record = history.get(id);
    if (running) this.#turnTo(running);
    else if (record) this.#turnTo(new OpenConversation(record, await history.messages(id), true));
    return running !== undefined || record !== undefined;
  }

  /** @param {string} id of a message, on whichever way through the conversation */
  #reveal(id) {
    if (!this.#open.path.some((message) => message.id === id)) this.#goTo(id);
    this.#around.follow.leave();
    this.#view.reveal(id);
  }

  /** Before a conversation goes. @param {string} id */
  async leave(id) {
    await this.#answers.stop(id);
    if (id === this.#open.id) this.startAnew();
  }

  /** Say what the answer in progress, of which nothing has come yet, is waiting for. */
  showWait() {
    const { client, status } = this.#around;
    const job = this.#answers.in(this.#open.id)?.job;
    if (!job || job.hasText) return;
    const starting = client.state.phase !== "ready";
    if (starting && client.bootProgress) job.view?.progress(client.bootProgress);
    else if (starting) job.view?.wait(TEXT.waitsInLine);
    else job.view?.wait(this.#answers.count > 1 ? MESSAGE.waits : TEXT.reading);
    status.activity(starting ? TEXT.waitingForPython : TEXT.answering);
  }

  /** @param {OpenConversation} conversation */
  #turnTo(conversation) {
    this.#answers.unwatch();
    this.#open = conversation;
    this.#view.clear();
    this.#show();
    this.#around.follow.toEnd();
    this.#around.onAnswering(this.isAnswering);
  }

  /** Draw what has changed of the way that is shown. */
  #show() {
    this.#view.show(this.#open.path);
    this.#around.onShown();
  }

  /**
   * @param {MessageRecord} message
   * @param {import("./conversation_view.js").View} view
   */
  #showVersions({ id }, view) {
    const versions = this.#open.versions(id);
    view.tools.showVersions({
      place: versions.findIndex((one) => one.id === id),
      count: versions.length,
      show: (place) => this.#goTo(versions[place]?.id ?? id),
    });
  }

  /** @param {MessageRecord} message */
  #viewOf(message) {
    const { id } = message;
    if (message.role === "user")
      return new PromptView(message, {
        edit: (text) => this.#edit(id, text),
        remove: () => this.#remove(id),
      });
    const view = new AnswerView(message.author, this.#answerActions(id));
    const job = this.#answers.jobOf(id);
    if (job) job.showIn(view);
    else if (message.state === "streaming") view.elsewhere(message);
    else view.end(message);
    return view;
  }

  /**
   * @param {string} id
   * @returns {import("./answer_view.js").AnswerActions}
   */
  #answerActions(id) {
    const { choice, models, follow } = this.#around;
    return {
      cancel: () => this.stop(),
      changed: () => follow.changed(),
      nameOf: (model) => models.nameOf(model),
      regenerate: () => this.#regenerate(id),
      regenerateWith: (model) => {
        choice.choose({ id: model, name: models.nameOf(model) });
        this.#regenerate(id);
      },
      goOn: () => this.#goOn(id),
      remove: () => this.#remove(this.#open.get(id)?.parent ?? id),
    };
  }

  /**
   * @param {OpenConversation} open
   * @param {string} parent
   * @param {string} text
   * @param {readonly Attachment[]} attachments
   */
  #say(open, parent, text, attachments) {
    const prompt = promptRecord(parent, text, attachments);
    if (!open.isKept) open.change({ title: titleOf(text || (attachments[0]?.name ?? "")) });
    this.#ask(open, prompt.id, [prompt]);
    if (open === this.#open) this.#around.follow.toEnd();
  }

  /**
   * @param {OpenConversation} open
   * @param {string} prompt
   * @param {MessageRecord[]} [added]
   * @param {MessageRecord} [base]
   */
  #ask(open, prompt, added = [], base = undefined) {
    this.#answers.ask(open, prompt, added, base);
    if (open !== this.#open) return;
    this.#show();
    this.showWait();
    this.#around.onAnswering(true);
  }

  /**
   * What is to be said or deleted in the place of a message. Whoever wants that has heard enough of an
   * answer that is still on its way.
   *
   * @param {string} id
   * @param {(open: OpenConversation, message: MessageRecord) => void} act
   */
  async #inPlaceOf(id, act) {
    const open = this.#open;
    await this.#answers.stop(open.id);
    const message = open.get(id);
    if (message) act(open, message);
  }

  /**
   * The earlier wording stays, as a version.
   *
   * @param {string} id
   * @param {string} text
   */
  #edit(id, text) {
    this.#inPlaceOf(id, (open, old) => this.#say(open, old.parent, text, old.attachments));
  }

  /** An answer without a word makes room for the next one. @param {string} id */
  #regenerate(id) {
    this.#inPlaceOf(id, (open, old) => {
      if (!old.content) this.#forget(open, id).catch(this.#around.onNotKept);
      this.#ask(open, old.parent);
    });
  }

  /** @param {string} id */
  #goOn(id) {
    this.#inPlaceOf(id, (open, old) => this.#ask(open, old.parent, [], old));
  }

  /** @param {string} id a version of a message that is shown */
  #goTo(id) {
    this.change({ leaf: this.#open.leafThrough(id) });
    this.#show();
  }

  /**
   * A message and what was built upon it.
   *
   * @param {OpenConversation} open
   * @param {string} id
   */
  #forget(open, id) {
    const gone = open.cut(id).map((message) => message.id);
    return this.#around.history.removeMessages(open.id, gone, open.record.leaf);
  }

  /**
   * Delete a turn, and what was built upon it, with a way back.
   *
   * @param {string} id the prompt's
   */
  #remove(id) {
    this.#inPlaceOf(id, (open) => this.#removeIn(open, id));
  }

  /**
   * @param {OpenConversation} open
   * @param {string} id
   */
  #removeIn(open, id) {
    const before = { messages: open.messages, leaf: open.record.leaf };
    const turns = open.path.slice(open.path.findIndex((one) => one.id === id));
    const forgotten = this.#forget(open, id);
    if (open === this.#open) this.#show();
    const bringBack = async () => {
      open.put(before.messages, before.leaf);
      if (open === this.#open) this.#show();
      await (await forgotten)();
    };
    const text = deletedTurns(turns.filter(({ role }) => role === "user").length);
    const { onNotKept } = this.#around;
    const action = { label: TEXT.undo, act: () => bringBack().catch(onNotKept) };
    this.#around.notice.show({ text, action, forMs: UNDO_MS });
    forgotten.catch(onNotKept);
  }

  /**
   * @param {OpenConversation} conversation
   * @param {MessageRecord} message
   */
  #changed(conversation, message) {
    if (conversation !== this.#open) return;
    this.#view.known(message);
  }

  /** @param {OpenConversation} conversation */
  #ended(conversation) {
    if (conversation === this.#open) {
      this.#around.onAnswering(false);
      this.#show();
    }
    this.showWait(); // the next in line may begin now
  }

  /**
   * @param {OpenConversation} conversation
   * @param {MessageRecord} prompt
   * @param {import("../protocol").Error} error
   */
  #tooLong(conversation, prompt, error) {
    if (conversation !== this.#open) return;
    this.#show();
    this.#around.onTooLong(prompt, error);
  }

  /**
   * @param {OpenConversation} conversation
   * @param {Reply} reply
   * @param {Choice} asked
   */
  #heard(conversation, reply, asked) {
    const { choice, models, status } = this.#around;
    if (reply.type === "done") {
      const result = /** @type {import("../protocol").ChatResult} */ (reply.result);
      const name = authorOf(result, asked, models);
      // Whoever chose another one meanwhile sees that one's name in the header.
      if (result.device && asked.id === choice.current.id)
        status.answeredBy(name, result.engine, result.device);
    }
    if (conversation !== this.#open) return;
    if (reply.type === "progress") status.activity(TEXT.loading);
    if (reply.type === "chunk") status.activity(TEXT.answering);
  }

  /** Another tab has written in it. @param {string} conversation "" is all of them */
  async #changedElsewhere(conversation) {
    const open = this.#open;
    if ((conversation && conversation !== open.id) || !open.isKept) return;
    const { history } = this.#around;
    const record = history.get(open.id);
    if (!record) return this.startAnew();
    const messages = await history.messages(open.id);
    if (open !== this.#open) return;
    const job = this.#answers.in(open.id)?.job;
    open.replace(messages);
    if (job) open.put([job.message]);
    if (open.isAbove(record.leaf)) open.change({ leaf: record.leaf });
    const { title, pinned, title_is_edited, system, options } = record;
    open.change({ title, pinned, title_is_edited, system, options });
    this.#show();
  }
}
