/**
 * Search as one types, over titles and texts. The folded texts lie in memory: they are read once, in
 * slices that leave the page its time, and kept in step afterwards.
 */

import { folded, snippetOf, wordsOf } from "./search_index.js";

/**
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {import("./search_index.js").Snippet} Snippet
 *
 * @typedef {object} Found
 * @property {ConversationRecord} conversation
 * @property {Snippet[]} snippet
 * @property {string} message the one that holds the words; "" where the title does
 *
 * @typedef {{id: string, content: string, folded: string}} Text
 */

const MOST_FOUND = 100;
const SLICE_MS = 12;

export class Search {
  #read;
  /** @type {Map<string, Text[]>} conversation -> its texts */
  #texts = new Map();

  /** @param {(conversation: string) => Promise<readonly {id: string, content: string}[]>} read */
  constructor(read) {
    this.#read = read;
  }

  /** What was read of a conversation is old. @param {string} conversation "" is all of them */
  forget(conversation) {
    if (conversation) this.#texts.delete(conversation);
    else this.#texts.clear();
  }

  /**
   * @param {string} query
   * @param {readonly ConversationRecord[]} conversations in the order in which they are to be found
   * @returns {Promise<Found[]>} every word occurs in the title, or in one message
   */
  async find(query, conversations) {
    await this.#readMissing(conversations);
    const words = wordsOf(query);
    const found = [];
    for (const conversation of conversations) {
      const place = this.#placeOf(conversation, words);
      if (place) found.push({ conversation, place });
      if (found.length === MOST_FOUND) break;
    }
    return found.map(({ conversation, place }) => ({
      conversation,
      message: place.id,
      snippet: place.id ? snippetOf(place.content, words) : [],
    }));
  }

  /**
   * @param {ConversationRecord} conversation
   * @param {string[]} words
   */
  #placeOf({ id, title }, words) {
    const holdsAll = (/** @type {string} */ text) => words.every((word) => text.includes(word));
    if (holdsAll(folded(title))) return { id: "", content: title };
    return this.#texts.get(id)?.find((text) => holdsAll(text.folded));
  }

  /** @param {readonly ConversationRecord[]} conversations */
  async #readMissing(conversations) {
    let until = performance.now() + SLICE_MS;
    for (const { id } of conversations) {
      if (this.#texts.has(id)) continue;
      const messages = await this.#read(id);
      const texts = [];
      for (const message of messages) {
        texts.push({ id: message.id, content: message.content, folded: folded(message.content) });
        if (performance.now() < until) continue;
        await new Promise((resolve) => setTimeout(resolve));
        until = performance.now() + SLICE_MS;
      }
      this.#texts.set(id, texts);
    }
  }
}
