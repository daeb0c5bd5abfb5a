/**
 * The turns of one conversation, and what of them the model is told.
 *
 * @typedef {{prompt: string, answer: string}} Turn `answer` is the model's text byte for byte: the
 *   engine only continues from its cache when it gets back exactly what it said
 */

export class Conversation {
  /** @type {Turn[]} */
  turns = [];

  /** @param {string} prompt */
  add(prompt) {
    const turn = { prompt, answer: "" };
    this.turns.push(turn);
    return turn;
  }

  /** @param {Turn} turn */
  remove(turn) {
    this.turns = this.turns.filter((other) => other !== turn);
  }

  /**
   * The messages that ask for the answer to `turn`. A turn that was never answered is left out: two
   * questions in a row are no conversation that a model was trained on.
   *
   * @param {Turn} turn
   * @returns {import("../protocol").ChatMessage[]}
   */
  messagesFor(turn) {
    const before = this.turns.slice(0, this.turns.indexOf(turn));
    /** @type {import("../protocol").ChatMessage[]} */
    const messages = before
      .filter(({ answer }) => answer !== "")
      .flatMap(({ prompt, answer }) => [
        { role: "user", content: prompt },
        { role: "assistant", content: answer },
      ]);
    return [...messages, { role: "user", content: turn.prompt }];
  }
}
