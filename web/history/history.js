/**
 * The conversations of this browser. Every change is one transaction; other tabs are told of it; what
 * cannot be kept is an error that says why, and stays on screen.
 */

import { deleteDB } from "../libraries/idb.js";
import { Database, NAME } from "./database.js";
import { HistoryError, historyError } from "./history_error.js";
import { MemoryDatabase } from "./memory_database.js";
import { Search } from "./search.js";
import { Writers } from "./writers.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {import("../protocol").ArchivedConversation} ArchivedConversation
 * @typedef {import("./database.js").Change} Change
 * @typedef {import("./database.js").StoredConversation} StoredConversation
 * @typedef {import("./database.js").StoredMessage} StoredMessage
 * @typedef {(change: {conversation: string, isOwn: boolean, isRecord: boolean}) => void} Listener
 *   `conversation` is "" when it may be all of them; `isRecord` is false when only an answer has grown
 * @typedef {() => Promise<void>} Undo
 */

// As long as a tab may still offer to undo a removal.
const REMOVAL_STANDS_MS = 60_000;

export class History {
  /** @type {Database | MemoryDatabase} */
  #database = new MemoryDatabase();
  /** @type {Map<string, StoredConversation>} */
  #records = new Map();
  #writers = new Writers();
  #search = new Search((id) => this.messages(id));
  #channel = new BroadcastChannel("localm-history");
  /** @type {Listener[]} */
  #listeners = [];
  /** @type {Promise<unknown>} writes happen in the order in which they were asked for */
  #last = Promise.resolve();
  /** @type {import("./history_error.js").Problem | undefined} why nothing is kept */
  problem;

  constructor() {
    this.#channel.onmessage = ({ data }) => this.#hear(data);
  }

  /** Read what is kept. Where that fails, `problem` says why, and nothing is kept. */
  async open() {
    try {
      this.#database = await Database.open(() => this.#lost());
      await this.#readRecords();
    } catch (error) {
      console.warn(`localm: conversations are not kept: ${error}`);
      this.problem = historyError(error).problem;
      this.#database = new MemoryDatabase();
    }
    await this.#purge();
  }

  /** Delete all that is kept, also what cannot be read. */
  async reset() {
    this.#database.close();
    await deleteDB(NAME);
    this.#records.clear();
    this.problem = undefined;
    await this.open();
    this.#tell("");
  }

  /** Something has changed, here or in another tab. @param {Listener} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** The newest first. @returns {ConversationRecord[]} */
  list() {
    const kept = [...this.#records.values()].filter(({ removed_ms }) => !removed_ms);
    return kept.sort((one, other) => other.updated_ms - one.updated_ms);
  }

  /**
   * @param {string} id
   * @returns {ConversationRecord | undefined}
   */
  get(id) {
    const record = this.#records.get(id);
    return record?.removed_ms ? undefined : record;
  }

  /**
   * What a browser that was killed left half-written is marked as interrupted.
   *
   * @param {string} conversation
   * @returns {Promise<MessageRecord[]>}
   */
  async messages(conversation) {
    await this.#last;
    const messages = await this.#database.messages(conversation);
    const open = messages.filter(({ state }) => state === "streaming");
    if (open.length === 0) return messages.map(withoutPlace);
    const written = await this.#writers.all();
    const left = open
      .filter(({ id }) => !written.has(id))
      .map((message) => ({ ...message, state: /** @type {const} */ ("interrupted") }));
    if (left.length > 0) await this.#write({ messages: left }, "strict");
    const marked = new Map(left.map((message) => [message.id, message]));
    return messages.map((message) => withoutPlace(marked.get(message.id) ?? message));
  }

  /**
   * @param {ConversationRecord} record
   * @param {readonly MessageRecord[]} messages
   */
  async create(record, messages) {
    this.#records.set(record.id, record);
    await this.#add(record, messages);
  }

  /**
   * @param {string} conversation
   * @param {readonly MessageRecord[]} messages new ones, or new states of old ones
   * @param {string} leaf
   */
  async append(conversation, messages, leaf) {
    const record = this.#changed(conversation, { leaf, updated_ms: Date.now() });
    await this.#add(record, messages);
  }

  /**
   * @param {StoredConversation} record
   * @param {readonly MessageRecord[]} messages
   */
  async #add(record, messages) {
    const streaming = messages.filter(({ state }) => state === "streaming");
    this.#tellHere(record.id, true);
    const placed = messages.map((message) => ({ ...message, conversation: record.id }));
    await this.#write({ conversations: [record], messages: placed }, "strict", async () => {
      await Promise.all(streaming.map(({ id }) => this.#writers.begin(id)));
    });
    this.#tellOthers(record.id, true);
  }

  /**
   * How far an answer has come. Cheap: it may be lost when the power fails, not when the browser does.
   *
   * @param {string} conversation
   * @param {MessageRecord} message
   */
  async journal(conversation, message) {
    await this.#write({ messages: [{ ...message, conversation }] }, "relaxed");
    this.#tellOthers(conversation, false);
  }

  /**
   * The answer has ended.
   *
   * @param {string} conversation
   * @param {MessageRecord} message
   */
  async finish(conversation, message) {
    try {
      await this.#write({ messages: [{ ...message, conversation }] }, "strict");
    } finally {
      this.#writers.end(message.id);
    }
    this.#tell(conversation);
  }

  /**
   * @param {string} conversation
   * @param {Partial<ConversationRecord>} changes
   */
  async update(conversation, changes) {
    const record = this.#changed(conversation, changes);
    await this.#write({ conversations: [record] }, "strict");
    this.#tell(conversation);
  }

  /**
   * @param {string} conversation
   * @param {readonly string[]} ids
   * @param {string} leaf the one that is shown then
   * @returns {Promise<Undo>}
   */
  async removeMessages(conversation, ids, leaf) {
    const before = this.#records.get(conversation);
    const record = this.#changed(conversation, { leaf });
    const going = new Set(ids);
    await this.#last;
    const gone = (await this.#database.messages(conversation)).filter(({ id }) => going.has(id));
    await this.#write({ conversations: [record], goneMessages: ids }, "strict");
    for (const id of ids) this.#writers.end(id);
    this.#tell(conversation);
    return async () => {
      const back = this.#changed(conversation, { leaf: before?.leaf ?? leaf });
      await this.#write({ conversations: [back], messages: gone }, "strict");
      this.#tell(conversation);
    };
  }

  /**
   * @param {readonly string[]} conversations
   * @returns {Promise<Undo>} brings them back, for as long as REMOVAL_STANDS_MS
   */
  async remove(...conversations) {
    const known = conversations.filter((id) => this.get(id));
    await this.#mark(known, Date.now());
    setTimeout(() => this.#purge(), REMOVAL_STANDS_MS + 1_000);
    return () => this.#mark(known, 0);
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
    const isTaken = await Promise.all(archived.map((one) => this.#isTaken(one)));
    const added = archived.map((one, place) => (isTaken[place] ? copyOf(one) : one));
    const records = added.map(({ conversation }) => conversation);
    const messages = added.flatMap(({ conversation, messages: said }) =>
      said.map((message) => ({ ...message, conversation: conversation.id })),
    );
    await this.#write({ conversations: records, messages }, "strict");
    for (const record of records) this.#records.set(record.id, record);
    this.#tell("");
    return records.map(({ id }) => id);
  }

  /** @param {ArchivedConversation} archived */
  async #isTaken({ conversation, messages }) {
    if (this.#records.has(conversation.id)) return true;
    try {
      return await this.#database.holdsAny(messages.map(({ id }) => id));
    } catch (error) {
      throw historyError(error);
    }
  }

  /** @returns {Promise<ArchivedConversation[]>} */
  async exportAll() {
    const archived = [];
    for (const conversation of this.list()) {
      const messages = await this.messages(conversation.id);
      archived.push({ conversation, messages: messages.map(asEnded) });
    }
    return archived;
  }

  /** @param {string} query */
  search(query) {
    const pinnedFirst = this.list().sort((one, other) => Number(other.pinned) - Number(one.pinned));
    return this.#search.find(query, pinnedFirst);
  }

  /**
   * @param {string} id
   * @param {Partial<StoredConversation>} changes
   * @returns {StoredConversation}
   */
  #changed(id, changes) {
    const record = this.#records.get(id);
    if (!record) throw new HistoryError("gone", `there is no conversation ${id}`);
    const changed = { ...record, ...changes };
    this.#records.set(id, changed);
    return changed;
  }

  /**
   * @param {readonly string[]} ids
   * @param {number} removed_ms
   */
  async #mark(ids, removed_ms) {
    const records = ids.map((id) => this.#changed(id, { removed_ms: removed_ms || undefined }));
    await this.#write({ conversations: records }, "strict");
    this.#tell(ids.length === 1 ? String(ids[0]) : "");
  }

  /** Removals that nobody can undo any more. */
  async #purge() {
    const over = (/** @type {StoredConversation} */ { removed_ms }) =>
      removed_ms && removed_ms < Date.now() - REMOVAL_STANDS_MS;
    const gone = [...this.#records.values()].filter(over).map(({ id }) => id);
    if (gone.length === 0) return;
    for (const id of gone) this.#records.delete(id);
    await this.#write({ goneConversations: gone }, "relaxed").catch((error) => {
      console.warn(`localm: removed conversations wait for the next start: ${error}`);
    });
  }

  /**
   * @param {Change} change
   * @param {"strict" | "relaxed"} durability
   * @param {() => Promise<void>} [first] what must be done before
   */
  async #write(change, durability, first = async () => {}) {
    const written = this.#last.then(first).then(() => this.#database.write(change, durability));
    this.#last = written.catch(() => {}); // whoever asked for it hears of it
    try {
      await written;
    } catch (error) {
      throw historyError(error);
    }
  }

  async #readRecords() {
    const records = await this.#database.conversations();
    this.#records = new Map(records.map((record) => [record.id, record]));
  }

  /** The storage was cleared, or a newer version took it over. */
  #lost() {
    this.problem = "lost";
    this.#database = new MemoryDatabase();
    this.#tellHere("", true);
  }

  /** @param {string} conversation */
  #tell(conversation) {
    this.#tellOthers(conversation, true);
    this.#tellHere(conversation, true);
  }

  /**
   * @param {string} conversation
   * @param {boolean} isRecord
   */
  #tellOthers(conversation, isRecord) {
    this.#channel.postMessage({ conversation, isRecord });
  }

  /**
   * @param {string} conversation
   * @param {boolean} isOwn
   */
  #tellHere(conversation, isOwn, isRecord = true) {
    this.#search.forget(conversation);
    for (const listener of this.#listeners) listener({ conversation, isOwn, isRecord });
  }

  /** Another tab has changed it. @param {{conversation: string, isRecord: boolean}} change */
  async #hear({ conversation, isRecord }) {
    if (!conversation) await this.#readRecords();
    else if (isRecord) {
      const record = await this.#database.conversation(conversation);
      if (record) this.#records.set(conversation, record);
      else this.#records.delete(conversation);
    }
    this.#tellHere(conversation, false, isRecord);
  }
}

/** In a file nobody goes on writing. @param {MessageRecord} message @returns {MessageRecord} */
const asEnded = (message) =>
  message.state === "streaming" ? { ...message, state: "interrupted" } : message;

/** @param {StoredMessage} message @returns {MessageRecord} */
const withoutPlace = ({ conversation: _, ...message }) => message;

/**
 * The same with ids of its own.
 *
 * @param {ArchivedConversation} archived
 * @returns {ArchivedConversation}
 */
function copyOf({ conversation, messages }) {
  const ids = new Map(messages.map(({ id }) => [id, crypto.randomUUID()]));
  const idOf = (/** @type {string} */ id) => ids.get(id) ?? "";
  return {
    conversation: { ...conversation, id: crypto.randomUUID(), leaf: idOf(conversation.leaf) },
    messages: messages.map((message) => ({
      ...message,
      id: idOf(message.id),
      parent: idOf(message.parent),
    })),
  };
}
