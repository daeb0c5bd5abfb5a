/** Conversations of a browser that keeps none: they are gone with the page. */

import { apply } from "./change.js";

/**
 * @typedef {import("./change.js").StoredMessage} StoredMessage
 * @typedef {import("./change.js").StoredConversation} StoredConversation
 */

/** As much of `Database` as the history needs. */
export class MemoryDatabase {
  #conversations;
  #messages;

  /**
   * @param {readonly StoredConversation[]} [conversations]
   * @param {readonly StoredMessage[]} [messages]
   */
  constructor(conversations = [], messages = []) {
    this.#conversations = byId(conversations);
    this.#messages = byId(messages);
  }

  close() {}

  async conversations() {
    return [...this.#conversations.values()];
  }

  /** @param {string} id */
  async conversation(id) {
    return this.#conversations.get(id);
  }

  /** @param {string} conversation */
  async messages(conversation) {
    return [...this.#messages.values()].filter((one) => one.conversation === conversation);
  }

  /** @param {string} id */
  async message(id) {
    return this.#messages.get(id);
  }

  /**
   * @param {string} after
   * @param {number} count
   */
  async messagesAfter(after, count) {
    const ids = [...this.#messages.keys()].filter((id) => id > after).sort();
    return ids.slice(0, count).flatMap((id) => this.#messages.get(id) ?? []);
  }

  /** @param {readonly string[]} ids */
  async holdsAny(ids) {
    return ids.some((id) => this.#messages.has(id));
  }

  /** @param {import("./change.js").Change} change */
  write(change) {
    const idsOf = async (/** @type {string} */ id) =>
      (await this.messages(id)).map((one) => one.id);
    const messages = { ...shelfOf(this.#messages), idsOf };
    return apply({ conversations: shelfOf(this.#conversations), messages }, change);
  }
}

/**
 * @template {{id: string}} Value
 * @param {Map<string, Value>} map
 * @returns {import("./change.js").Shelf<Value>}
 */
function shelfOf(map) {
  return {
    get: async (id) => map.get(id),
    put: (value) => void map.set(value.id, value),
    delete: (id) => void map.delete(id),
  };
}

/**
 * @template {{id: string}} Value
 * @param {readonly Value[]} values
 */
const byId = (values) => new Map(values.map((value) => [value.id, value]));
