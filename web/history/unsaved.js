/**
 * Messages for which there was no room. They stay readable in this tab, and go along with the next
 * write in their conversation.
 */

/**
 * @typedef {import("./change.js").StoredMessage} StoredMessage
 * @typedef {Partial<import("./change.js").StoredConversation>} Changes
 */

export class Unsaved {
  /** @type {Map<string, Map<string, StoredMessage>>} conversation -> message id -> message */
  #waiting = new Map();
  /** @type {Map<string, Changes>} */
  #changes = new Map();

  all() {
    return [...this.#waiting.keys()].flatMap((conversation) => this.of(conversation));
  }

  /** What was to change in the record along with them. @param {string} conversation */
  changesOf(conversation) {
    return this.#changes.get(conversation) ?? {};
  }

  /** @param {string} conversation */
  of(conversation) {
    return [...(this.#waiting.get(conversation)?.values() ?? [])];
  }

  /**
   * @param {string} conversation
   * @param {readonly StoredMessage[]} messages
   * @param {Changes} [changes]
   */
  add(conversation, messages, changes) {
    if (messages.length === 0) return;
    this.#changes.set(conversation, { ...this.changesOf(conversation), ...changes });
    const waiting = this.#waiting.get(conversation) ?? new Map();
    for (const message of messages) waiting.set(message.id, message);
    this.#waiting.set(conversation, waiting);
  }

  /**
   * @param {string} conversation
   * @param {readonly StoredMessage[]} messages of which some may wait here, in an older state
   */
  grow(conversation, messages) {
    const waiting = this.#waiting.get(conversation);
    for (const message of messages) if (waiting?.has(message.id)) waiting.set(message.id, message);
  }

  /**
   * @param {string} conversation
   * @param {readonly string[]} ids
   * @returns {StoredMessage[]} what waited
   */
  take(conversation, ids) {
    const waiting = this.#waiting.get(conversation);
    const taken = ids.flatMap((id) => waiting?.get(id) ?? []);
    for (const id of ids) waiting?.delete(id);
    return taken;
  }

  /** @param {string} conversation whose messages are kept now */
  done(conversation) {
    this.#waiting.delete(conversation);
    this.#changes.delete(conversation);
  }

  clear() {
    this.#waiting.clear();
    this.#changes.clear();
  }

  /**
   * What is kept, with what waits.
   *
   * @param {string} conversation
   * @param {readonly StoredMessage[]} kept
   */
  with(conversation, kept) {
    const waiting = this.#waiting.get(conversation);
    if (!waiting?.size) return [...kept];
    return [...kept.filter(({ id }) => !waiting.has(id)), ...waiting.values()];
  }
}
