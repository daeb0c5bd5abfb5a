/**
 * Text from tokens, as they come: each piece goes out as soon as its bytes make whole characters.
 *
 * transformers.js's own TextStreamer holds text back until a space, and decodes its whole cache anew
 * for each token.
 */

/** @typedef {{decode: (ids: bigint[], options: object) => string}} Tokenizer */

const OPTIONS = { skip_special_tokens: true, clean_up_tokenization_spaces: false };

export class IncrementalStreamer {
  /** All tokens of the answer, special ones too. @type {bigint[]} */
  ids = [];
  #isPrompt = true;
  // Decoded together with what went out last: some tokenizers drop a space at the start of a text.
  #contextStart = 0;
  #pendingStart = 0;

  /**
   * @param {Tokenizer} tokenizer
   * @param {(text: string) => void} emit
   */
  constructor(tokenizer, emit) {
    this.tokenizer = tokenizer;
    this.emit = emit;
  }

  /** Called by generate(), first with the prompt. @param {bigint[][]} batch */
  put(batch) {
    if (this.#isPrompt) {
      this.#isPrompt = false;
      return;
    }
    this.ids.push(...(batch[0] ?? []));
    const text = this.#newText();
    if (text.endsWith("\uFFFD")) return; // the rest of the character is in the next token
    this.#sent(text);
  }

  /** Called by generate() at the end. */
  end() {
    this.#sent(this.#newText());
  }

  #newText() {
    const before = this.#decode(this.ids.slice(this.#contextStart, this.#pendingStart));
    return this.#decode(this.ids.slice(this.#contextStart)).slice(before.length);
  }

  /** @param {bigint[]} ids */
  #decode(ids) {
    return ids.length > 0 ? this.tokenizer.decode(ids, OPTIONS) : ""; // it refuses an empty list
  }

  /** @param {string} text */
  #sent(text) {
    if (text === "") return; // a special token: keep the context
    this.#contextStart = this.#pendingStart;
    this.#pendingStart = this.ids.length;
    this.emit(text);
  }
}
