/**
 * The conversations' records, as they were last read, with what this tab is about to change in them: so
 * a list shows a change at once, and what another tab says meanwhile does not take it back.
 */

import { merged } from "./change.js";

/** @typedef {import("./change.js").StoredConversation} StoredConversation */

export class Records {
  /** @type {Map<string, StoredConversation>} */
  #read = new Map();
  /** @type {Map<string, Set<Partial<StoredConversation>>>} by conversation, in their order */
  #underway = new Map();

  /** @returns {StoredConversation[]} */
  all() {
    const ids = new Set([...this.#read.keys(), ...this.#underway.keys()]);
    return [...ids].flatMap((id) => this.get(id) ?? []);
  }

  /**
   * @param {string} id
   * @returns {StoredConversation | undefined}
   */
  get(id) {
    let record = this.#read.get(id);
    // What is under way and no change of anything is a new record, whole.
    for (const changes of this.#underway.get(id) ?? [])
      if (record) record = merged(record, changes);
      else if ("id" in changes) record = /** @type {StoredConversation} */ (changes); // a new one
    return record;
  }

  /** @param {StoredConversation} record as it is kept */
  know(record) {
    this.#read.set(record.id, record);
  }

  /** @param {string} id */
  forget(id) {
    this.#read.delete(id);
  }

  /** @param {readonly StoredConversation[]} records all that are kept */
  replace(records) {
    this.#read = new Map(records.map((record) => [record.id, record]));
  }

  /**
   * A change is on its way to the disk.
   *
   * @param {string} id
   * @param {Partial<StoredConversation>} changes of one that is known, or all of a new one
   * @returns {(record?: StoredConversation) => void} to be called when it has ended, with what is kept
   *   now if it is known
   */
  begin(id, changes) {
    const own = { ...changes };
    const underway = this.#underway.get(id) ?? new Set();
    this.#underway.set(id, underway.add(own));
    return (record) => {
      underway.delete(own);
      if (underway.size === 0 && this.#underway.get(id) === underway) this.#underway.delete(id);
      if (record) this.know(record);
    };
  }
}
