/**
 * The conversations of this browser. Every change is one transaction; other tabs are told of it; what
 * cannot be kept is an error that says why, and stays readable in this tab.
 */

import { historyError } from "./history_error.js";
import { withNewIds } from "./import_copies.js";
import { Ledger } from "./ledger.js";
import { Writers } from "./writers.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {import("../protocol").ArchivedConversation} ArchivedConversation
 * @typedef {import("./change.js").Change} Change
 * @typedef {import("./change.js").StoredConversation} StoredConversation
 * @typedef {import("./change.js").StoredMessage} StoredMessage
 * @typedef {import("./ledger.js").Listener} Listener
 * @typedef {() => Promise<void>} Undo
 */

export class History {
  #ledger = new Ledger();
  #writers = new Writers();

  /** Why nothing is kept. @returns {import("./history_error.js").Problem | undefined} */
  get problem() {
    return this.#ledger.store.problem;
  }

  /** Read what is kept. Where that fails, `problem` says why, and nothing is kept. */
  open() {
    return this.#ledger.open();
  }

  /** Delete all that is kept, also what cannot be read. */
  reset() {
    return this.#ledger.reset();
  }

  /** Something has changed, here or in another tab. @param {Listener} listener */
  onChange(listener) {
    this.#ledger.onChange(listener);
  }

  /** The newest first. @returns {ConversationRecord[]} */
  list() {
    const kept = this.#ledger.records.all().filter(({ removed_ms }) => !removed_ms);
    return kept.sort((one, other) => other.updated_ms - one.updated_ms);
  }

  /**
   * @param {string} id
   * @returns {ConversationRecord | undefined}
   */
  get(id) {
    const record = this.#ledger.records.get(id);
    return record?.removed_ms ? undefined : record;
  }

  /**
   * What a browser that was killed left half-written is marked as interrupted.
   *
   * @param {string} conversation
   * @returns {Promise<MessageRecord[]>}
   */
  async messages(conversation) {
    const messages = await this.#ledger.store.messages(conversation);
    const open = messages.filter(isStreaming);
    if (open.length === 0) return messages.map(withoutPlace);
    const written = await this.#writers.all();
    const left = open.filter(({ id }) => !written.has(id));
    for (const message of open) if (written.has(message.id)) this.#settleLater(message);
    const settled = new Map((await this.#ledger.settle(left)).map((one) => [one.id, one]));
    return messages.map((message) => withoutPlace(settled.get(message.id) ?? message));
  }

  /**
   * @param {ConversationRecord} record
   * @param {readonly MessageRecord[]} messages
   */
  create(record, messages) {
    return this.#add(record, record, messages, { conversations: [record] });
  }

  /**
   * Something said in a conversation that another tab is removing brings it back.
   *
   * @param {string} conversation
   * @param {readonly MessageRecord[]} messages new ones, or new states of old ones
   * @param {string} leaf
   */
  async append(conversation, messages, leaf) {
    const isSaid = messages.some(({ role }) => role === "user");
    const back = isSaid ? { removed_ms: undefined } : {};
    const changes = { leaf, updated_ms: Date.now(), ...back };
    const known = this.#ledger.known(conversation);
    await this.#add(known, changes, messages, { amendments: [{ id: known.id, changes, known }] });
  }

  /**
   * @param {StoredConversation} record
   * @param {Partial<StoredConversation>} changes
   * @param {readonly MessageRecord[]} messages
   * @param {Change} change
   */
  async #add(record, changes, messages, change) {
    const { id: conversation } = record;
    const placed = messages.map((message) => ({ ...message, conversation }));
    const settle = this.#ledger.records.begin(conversation, changes);
    this.#ledger.search.put(placed);
    this.#ledger.tellHere(conversation, true);
    try {
      const all = { ...change, messages: placed };
      const begin = () => this.#beginWriting(messages);
      const { amended } = await this.#ledger.store.writeIn(record, all, "strict", begin);
      settle(amended[0] ?? record);
    } catch (error) {
      settle(this.#ledger.records.get(conversation)); // it can be seen, and waits for room
      throw error;
    }
    const ids = messages.map(({ id }) => id);
    this.#ledger.tellOthers({ conversation, isRecord: true, messages: ids });
  }

  /** @param {readonly MessageRecord[]} messages */
  async #beginWriting(messages) {
    const streaming = messages.filter(isStreaming);
    await Promise.all(streaming.map(({ id }) => this.#writers.begin(id)));
  }

  /**
   * How far an answer has come. Cheap: it may be lost when the power fails, not when the browser does.
   *
   * @param {string} conversation
   * @param {MessageRecord} message
   */
  async journal(conversation, message) {
    await this.#grow(conversation, message, "relaxed");
    this.#ledger.tellOthers({ conversation, isRecord: false });
  }

  /**
   * The answer has ended.
   *
   * @param {string} conversation
   * @param {MessageRecord} message
   */
  async finish(conversation, message) {
    try {
      this.#ledger.search.put(await this.#grow(conversation, message, "strict"));
    } finally {
      this.#writers.end(message.id);
    }
    this.#ledger.tell(conversation, [message.id]);
  }

  /**
   * @param {string} conversation
   * @param {MessageRecord} message
   * @param {"strict" | "relaxed"} durability
   * @returns {Promise<StoredMessage[]>} none when it was deleted meanwhile
   */
  async #grow(conversation, message, durability) {
    const record = this.#ledger.records.get(conversation);
    if (!record) return [];
    const change = { grown: [{ ...message, conversation }] };
    return (await this.#ledger.store.writeIn(record, change, durability)).grown;
  }

  /**
   * @param {string} conversation
   * @param {Partial<ConversationRecord>} changes
   */
  async update(conversation, changes) {
    this.#ledger.known(conversation);
    await this.#ledger.amend([conversation], changes);
  }

  /**
   * @param {string} conversation
   * @param {readonly string[]} ids
   * @param {string} leaf the one that is shown then
   * @returns {Promise<Undo>}
   */
  async removeMessages(conversation, ids, leaf) {
    const before = this.#ledger.known(conversation).leaf;
    const gone = await this.#ledger.amend([conversation], { leaf }, { goneMessages: ids });
    for (const id of ids) this.#writers.end(id);
    return async () => {
      await this.#ledger.amend([conversation], { leaf: before }, { messages: gone });
    };
  }

  /**
   * @param {readonly string[]} conversations
   * @returns {Promise<Undo>} brings them back, as long as nothing is purged (a minute)
   */
  async remove(...conversations) {
    const known = conversations.filter((id) => this.get(id));
    await this.#ledger.amend(known, { removed_ms: Date.now() });
    this.#ledger.purgeLater();
    return async () => {
      await this.#ledger.amend(known, { removed_ms: undefined });
    };
  }

  /** @returns {Promise<Undo>} */
  removeAll() {
    return this.remove(...this.list().map(({ id }) => id));
  }

  /**
   * All of them or none. One whose id is here already, or the id of a message of it, becomes a copy.
   *
   * @param {readonly ArchivedConversation[]} archived
   * @returns {Promise<string[]>} their ids
   */
  async importAll(archived) {
    const added = await withNewIds(archived, async ({ conversation, messages }) => {
      if (this.#ledger.records.get(conversation.id)) return true;
      return this.#ledger.store.holdsAny(messages.map(({ id }) => id));
    }).catch((error) => Promise.reject(historyError(error)));
    const conversations = added.map(({ conversation }) => conversation);
    const messages = added.flatMap(({ conversation, messages: said }) =>
      said.map((message) => ({ ...message, conversation: conversation.id })),
    );
    await this.#ledger.store.write({ conversations, messages }, "strict");
    for (const record of conversations) this.#ledger.records.know(record);
    this.#ledger.search.put(messages);
    this.#ledger.tell("");
    return conversations.map(({ id }) => id);
  }

  /** @returns {Promise<ArchivedConversation[]>} */
  async exportAll() {
    /** @type {Map<string, StoredMessage>} */
    const messages = new Map();
    for await (const slice of this.#ledger.store.slices())
      for (const message of slice) messages.set(message.id, message);
    const said = Map.groupBy(messages.values(), ({ conversation }) => conversation);
    return this.list().map((conversation) => ({
      conversation,
      messages: (said.get(conversation.id) ?? []).map((one) => asEnded(withoutPlace(one))),
    }));
  }

  /** @param {string} query */
  search(query) {
    const pinnedFirst = this.list().sort((one, other) => Number(other.pinned) - Number(one.pinned));
    return this.#ledger.search.find(query, pinnedFirst);
  }

  /**
   * Another tab writes it: when that tab is gone, and has not ended it, this one shows so.
   *
   * @param {StoredMessage} message
   */
  #settleLater({ id, conversation }) {
    this.#writers.onEnd(id, async () => {
      const left = (await this.#ledger.store.messagesOf([id])).filter(isStreaming);
      if (left.length === 0) return;
      await this.#ledger.settle(left);
      this.#ledger.tellHere(conversation, false, false);
    });
  }
}

/** @param {MessageRecord} message */
const isStreaming = ({ state }) => state === "streaming";

/** In a file nobody goes on writing. @param {MessageRecord} message @returns {MessageRecord} */
const asEnded = (message) =>
  message.state === "streaming" ? { ...message, state: "interrupted" } : message;

/** @param {StoredMessage} message @returns {MessageRecord} */
const withoutPlace = ({ conversation: _, ...message }) => message;
