/**
 * Search as one types, over titles and texts. The folded texts lie in memory: they are read at the first
 * search, in slices that leave the page its time, and kept in step afterwards, message by message.
 */

import { folded, snippetOf, wordsOf } from "./search_index.js";

/**
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {import("./change.js").StoredMessage} StoredMessage
 * @typedef {import("./search_index.js").Snippet} Snippet
 *
 * @typedef {object} Found
 * @property {ConversationRecord} conversation
 * @property {Snippet[]} snippet
 * @property {string} message the newest that holds all words, or else those that the title lacks; "" where it lacks none
 *
 * @typedef {{id: string, content: string, folded: string, created_ms: number}} Text
 * @typedef {() => AsyncIterable<readonly StoredMessage[]>} Read all messages, slice by slice
 */

const MOST_FOUND = 100;
const SLICE_MS = 12;
const MOST_OF_A_FILE = 20_000; // all texts lie in memory

export class Search {
  #read;
  /** @type {Map<string, Map<string, Text>>} conversation -> message id -> its text */
  #texts = new Map();
  /** @type {Promise<void> | undefined} that all has been read; from then on nothing is read twice */
  #ready;
  /** @type {Set<string>} messages that have changed while the others were read */
  #changed = new Set();

  /** @param {Read} read */
  constructor(read) {
    this.#read = read;
  }

  /** Whether it must be told of changes. */
  get isInUse() {
    return this.#ready !== undefined;
  }

  /** New messages, or new states of old ones. @param {readonly StoredMessage[]} messages */
  put(messages) {
    if (!this.isInUse) return;
    for (const message of messages) {
      this.#changed.add(message.id);
      this.#add(message);
    }
  }

  /**
   * @param {string} conversation
   * @param {readonly string[]} ids
   */
  remove(conversation, ids) {
    if (!this.isInUse) return;
    for (const id of ids) {
      this.#changed.add(id);
      this.#texts.get(conversation)?.delete(id);
    }
  }

  /** @param {string} conversation */
  forget(conversation) {
    this.#texts.delete(conversation);
  }

  /** All that was read is old. */
  clear() {
    this.#texts = new Map();
    this.#changed.clear();
    this.#ready = undefined;
  }

  /**
   * @param {string} query
   * @param {readonly ConversationRecord[]} conversations in the order in which they are to be found
   * @returns {Promise<Found[]>} every word occurs in the title or, as far as it does not, in one message
   */
  async find(query, conversations) {
    const words = wordsOf(query);
    await this.#beReady();
    /** @type {Found[]} */
    const found = [];
    for (const conversation of conversations) {
      if (found.length === MOST_FOUND) break;
      const place = this.#placeOf(conversation, words);
      if (!place) continue;
      const snippet = place.id ? snippetOf(place.content, words) : [];
      found.push({ conversation, message: place.id, snippet });
    }
    return found;
  }

  /**
   * @param {ConversationRecord} conversation
   * @param {string[]} words
   */
  #placeOf({ id, title }, words) {
    const plain = folded(title);
    const left = words.filter((word) => !plain.includes(word));
    if (left.length === 0) return { id: "", content: title };
    return (
      this.#newestWith(id, words) ?? this.#newestWith(id, left) // a word may be in the title alone
    );
  }

  /**
   * @param {string} conversation
   * @param {string[]} words
   */
  #newestWith(conversation, words) {
    /** @type {Text | undefined} */
    let newest;
    for (const text of this.#texts.get(conversation)?.values() ?? [])
      if (words.every((word) => text.folded.includes(word)))
        if (!newest || text.created_ms >= newest.created_ms) newest = text;
    return newest;
  }

  /** Many that type ahead wait for one reading; when all is old meanwhile, for the next one. */
  async #beReady() {
    for (let ready; ready !== this.#ready || !ready; ) {
      this.#ready ??= this.#readAll();
      ready = this.#ready;
      await ready;
    }
  }

  async #readAll() {
    const texts = this.#texts;
    let until = performance.now() + SLICE_MS;
    try {
      for await (const messages of this.#read())
        for (const message of messages) {
          if (texts !== this.#texts) return;
          if (!this.#changed.has(message.id)) this.#add(message);
          if (performance.now() < until) continue;
          await new Promise((resolve) => setTimeout(resolve));
          until = performance.now() + SLICE_MS;
        }
    } catch (error) {
      console.warn(`localm: not all conversations could be read for a search: ${error}`);
    }
    if (texts === this.#texts) this.#changed.clear();
  }

  /** @param {StoredMessage} message */
  #add(message) {
    const { conversation, id, created_ms } = message;
    const texts = this.#texts.get(conversation) ?? new Map();
    this.#texts.set(conversation, texts);
    const content = wordsIn(message);
    texts.set(id, { id, content, folded: folded(content), created_ms });
  }
}

/** With the names and the texts of its files. @param {StoredMessage} message */
function wordsIn({ content, attachments }) {
  const files = attachments.map(({ name, text }) => `${name}\n${text.slice(0, MOST_OF_A_FILE)}`);
  return [content, ...files].join("\n");
}
