/**
 * What this tab knows of the history: the records, the texts that are searched, and who is to hear when
 * they change, here or in another tab.
 */

import { HistoryError, historyError } from "./history_error.js";
import { Records } from "./records.js";
import { Search } from "./search.js";
import { Store } from "./store.js";
import { Tabs } from "./tabs.js";

/**
 * @typedef {import("./change.js").Change} Change
 * @typedef {import("./change.js").StoredConversation} StoredConversation
 * @typedef {import("./change.js").StoredMessage} StoredMessage
 * @typedef {(change: {conversation: string, isOwn: boolean, isRecord: boolean}) => void} Listener
 *   `conversation` is "" when it may be all of them; `isOwn` is false when what was read of it is old;
 *   `isRecord` is false when only an answer has grown
 */

// As long as a tab may still offer to undo a removal.
const REMOVAL_STANDS_MS = 60_000;

export class Ledger {
  store = new Store(() => this.#readAgain());
  records = new Records();
  search = new Search(() => this.store.slices());
  #tabs = new Tabs((news) => this.#hear(news));
  /** @type {Listener[]} */
  #listeners = [];

  async open() {
    this.records.replace(await this.store.open());
    await this.#purge();
    if (this.records.all().some(({ removed_ms }) => removed_ms)) this.purgeLater();
  }

  async reset() {
    this.records.replace(await this.store.reset());
    this.search.clear();
    this.tell("");
  }

  /** @param {Listener} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** @param {string} id */
  known(id) {
    const record = this.records.get(id);
    if (!record) throw new HistoryError("gone", `there is no conversation ${id}`);
    return record;
  }

  /**
   * The same changes of some conversations and, where it is one, of messages of it.
   *
   * @param {readonly string[]} ids
   * @param {Partial<StoredConversation>} changes
   * @param {Change} [more]
   * @returns {Promise<StoredMessage[]>} the messages that were deleted
   */
  async amend(ids, changes, more = {}) {
    if (ids.length === 0) return [];
    const settle = ids.map((id) => this.records.begin(id, changes));
    try {
      const { amended, taken } = await this.#writeAmended(ids, changes, more);
      this.#knowOnly(ids, amended);
      this.#tellAmended(ids, more);
      return taken;
    } catch (error) {
      if (historyError(error).code === "gone") this.#knowOnly(ids, []);
      throw error;
    } finally {
      for (const end of settle) end();
    }
  }

  /**
   * @param {readonly string[]} ids
   * @param {Partial<StoredConversation>} changes
   * @param {Change} more
   */
  #writeAmended(ids, changes, more) {
    const change = { ...more, amendments: ids.map((id) => ({ id, changes })) };
    const record = ids.length === 1 ? this.records.get(String(ids[0])) : undefined;
    return record
      ? this.store.writeIn(record, change, "strict")
      : this.store.write(change, "strict");
  }

  /**
   * @param {readonly string[]} ids
   * @param {Change} more
   */
  #tellAmended(ids, { goneMessages: gone = [], messages: put = [] }) {
    const conversation = ids.length === 1 ? String(ids[0]) : "";
    this.search.remove(conversation, gone);
    this.search.put(put);
    this.tell(conversation, [...gone, ...put.map(({ id }) => id)]);
  }

  /**
   * @param {readonly string[]} ids
   * @param {readonly StoredConversation[]} kept those of them that are there
   */
  #knowOnly(ids, kept) {
    for (const id of ids) this.records.forget(id);
    for (const record of kept) this.records.know(record);
  }

  /**
   * Messages that nobody writes any more: reading them does not depend on whether that can be noted.
   *
   * @param {readonly StoredMessage[]} left
   * @returns {Promise<StoredMessage[]>} as they are now: another tab may have ended them meanwhile
   */
  async settle(left) {
    if (left.length === 0) return [];
    try {
      const { settled } = await this.store.write({ left: left.map(({ id }) => id) }, "strict");
      this.search.put(settled);
      return settled;
    } catch (error) {
      console.warn(`localm: an interrupted answer could not be marked: ${error}`);
      return left.map((message) => ({ ...message, state: "interrupted" }));
    }
  }

  purgeLater() {
    setTimeout(() => this.#purge(), REMOVAL_STANDS_MS + 1_000);
  }

  /** Removals that nobody can undo any more. */
  async #purge() {
    const removed = this.records.all().filter(({ removed_ms }) => removed_ms);
    if (removed.length === 0) return;
    const expired = { ids: removed.map(({ id }) => id), before_ms: Date.now() - REMOVAL_STANDS_MS };
    try {
      const { purged } = await this.store.write({ expired }, "relaxed");
      for (const id of purged) this.records.forget(id);
      for (const id of purged) this.search.forget(id);
    } catch (error) {
      console.warn(`localm: removed conversations wait for the next start: ${error}`);
    }
  }

  /**
   * @param {string} conversation
   * @param {readonly string[]} [messages]
   */
  tell(conversation, messages) {
    this.tellOthers({ conversation, isRecord: true, ...(messages && { messages }) });
    this.tellHere(conversation, true);
  }

  /** What only this tab has is no news for others. @param {import("./tabs.js").News} news */
  tellOthers(news) {
    if (!this.store.problem) this.#tabs.tell(news);
  }

  /**
   * @param {string} conversation
   * @param {boolean} isOwn
   */
  tellHere(conversation, isOwn, isRecord = true) {
    for (const listener of this.#listeners) listener({ conversation, isOwn, isRecord });
  }

  /** Another tab has changed something. @param {import("./tabs.js").News} news */
  async #hear({ conversation, isRecord, messages }) {
    if (this.store.problem) return; // what others keep is none of what this tab has
    try {
      if (!conversation) return await this.#readAgain();
      if (isRecord) await this.#readRecord(conversation);
      if (messages) await this.#readTexts(conversation, messages);
    } catch (error) {
      console.warn(`localm: what another tab has changed could not be read: ${error}`);
    }
    this.tellHere(conversation, false, isRecord);
  }

  /** @param {string} id */
  async #readRecord(id) {
    const record = await this.store.conversation(id);
    if (record) this.records.know(record);
    else this.records.forget(id);
  }

  /**
   * @param {string} conversation
   * @param {readonly string[]} ids
   */
  async #readTexts(conversation, ids) {
    if (!this.search.isInUse) return;
    const messages = await this.store.messagesOf(ids);
    this.search.remove(conversation, ids);
    this.search.put(messages);
  }

  /** Nothing that was read before is known to be so now; with no database, it is still all there is. */
  async #readAgain() {
    if (this.store.problem !== "lost") this.records.replace(await this.store.conversations());
    this.search.clear();
    this.tellHere("", this.store.problem !== undefined);
  }
}
