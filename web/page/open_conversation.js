/**
 * The conversation that is on screen: its record, its messages as a tree, and the way through the tree
 * that is shown. It only holds and answers; what is kept is the history's work.
 */

import { descendants, leafBelow, leafOf, path, versionsOf } from "../history/tree.js";
import { settingsForNew } from "./answer_settings.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {import("../protocol").ChatMessage} ChatMessage
 */

export class OpenConversation {
  record;
  /** Whether the history has it: one without a message is not worth a line there. */
  isKept;
  /** @type {Map<string, MessageRecord>} */
  #messages;

  /**
   * @param {ConversationRecord} record
   * @param {readonly MessageRecord[]} messages
   * @param {boolean} isKept
   */
  constructor(record, messages, isKept) {
    this.record = { ...record, leaf: leafOf(messages, record.leaf) };
    this.isKept = isKept;
    this.#messages = byId(messages);
  }

  /** One that nobody has written in yet. */
  static draft() {
    const now = Date.now();
    return new OpenConversation(
      {
        id: crypto.randomUUID(),
        title: "",
        title_is_edited: false,
        created_ms: now,
        updated_ms: now,
        pinned: false,
        leaf: "",
        model: "",
        ...settingsForNew(),
      },
      [],
      false,
    );
  }

  get id() {
    return this.record.id;
  }

  get isEmpty() {
    return this.#messages.size === 0;
  }

  get messages() {
    return [...this.#messages.values()];
  }

  /** What is shown, from the first message on. */
  get path() {
    return path(this.messages, this.record.leaf);
  }

  /** Whether the way to `leaf` goes on from what is shown, or what is shown is gone. @param {string} leaf */
  isAbove(leaf) {
    const { leaf: shown } = this.record;
    return !this.get(shown) || path(this.messages, leaf).some(({ id }) => id === shown);
  }

  /** @param {string} id */
  get(id) {
    return this.#messages.get(id);
  }

  /** @param {Partial<ConversationRecord>} changes */
  change(changes) {
    this.record = { ...this.record, ...changes };
  }

  /**
   * @param {MessageRecord[]} messages new ones, or new states of those that are here
   * @param {string} [leaf]
   */
  put(messages, leaf = this.record.leaf) {
    for (const message of messages) this.#messages.set(message.id, message);
    this.change({ leaf });
  }

  /** As the history has it now, after another tab has changed it. @param {readonly MessageRecord[]} messages */
  replace(messages) {
    this.#messages = byId(messages);
  }

  /**
   * The other answers to the same prompt, or the other wordings of the same prompt, in their order.
   *
   * @param {string} id
   */
  versions(id) {
    return versionsOf(this.messages, id);
  }

  /** The last message of the newest way through `id`. @param {string} id */
  leafThrough(id) {
    return leafBelow(this.messages, id);
  }

  /**
   * Without a message and all that was built upon it.
   *
   * @param {string} id
   * @returns {MessageRecord[]} what went
   */
  cut(id) {
    const cut = this.get(id);
    if (!cut) return [];
    const gone = [cut, ...descendants(this.messages, id)];
    const siblings = this.versions(id).filter((other) => other.id !== id);
    for (const { id: goneId } of gone) this.#messages.delete(goneId);
    const sibling = siblings.at(-1);
    if (!this.get(this.record.leaf))
      this.change({ leaf: sibling ? this.leafThrough(sibling.id) : cut.parent });
    return gone;
  }

  /** What the model is told before the next prompt is written. */
  messagesBeforeNext() {
    const messages = this.messagesFor(this.record.leaf);
    return messages.at(-1)?.role === "user" ? messages.slice(0, -1) : messages;
  }

  /**
   * What the model is told so that it answers `prompt`. A turn that was never answered is left out:
   * two questions in a row are no conversation that a model was trained on.
   *
   * @param {string} prompt the id of the message to be answered
   * @returns {ChatMessage[]}
   */
  messagesFor(prompt) {
    const way = path(this.messages, prompt);
    const said = way.filter((message, place) => {
      const next = way[place + 1];
      return message.role === "assistant"
        ? message.content !== ""
        : !next || (next.role === "assistant" && next.content !== "");
    });
    const { system } = this.record;
    return [
      ...(system.trim() ? [{ role: /** @type {const} */ ("system"), content: system }] : []),
      ...said.map(chatMessage),
    ];
  }
}

/** @param {MessageRecord} message @returns {ChatMessage} */
const chatMessage = ({ role, content, attachments }) =>
  attachments.length > 0 ? { role, content, attachments } : { role, content };

/** @param {readonly MessageRecord[]} messages */
const byId = (messages) => new Map(messages.map((message) => [message.id, message]));
