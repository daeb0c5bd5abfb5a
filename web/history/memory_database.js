/** Conversations of a browser that keeps none: they are gone with the page. */

/**
 * @typedef {import("./database.js").StoredMessage} StoredMessage
 * @typedef {import("./database.js").StoredConversation} StoredConversation
 */

/** As much of `Database` as the history needs. */
export class MemoryDatabase {
  /** @type {Map<string, StoredConversation>} */
  #conversations = new Map();
  /** @type {Map<string, StoredMessage>} */
  #messages = new Map();

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

  /** @param {readonly string[]} ids */
  async holdsAny(ids) {
    return ids.some((id) => this.#messages.has(id));
  }

  /** @param {import("./database.js").Change} change */
  async write({ conversations = [], messages = [], goneConversations = [], goneMessages = [] }) {
    for (const id of goneConversations) {
      this.#conversations.delete(id);
      for (const one of await this.messages(id)) this.#messages.delete(one.id);
    }
    for (const id of goneMessages) this.#messages.delete(id);
    for (const one of conversations) this.#conversations.set(one.id, one);
    for (const one of messages) this.#messages.set(one.id, one);
  }
}
