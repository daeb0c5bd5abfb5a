/**
 * Where a model's thoughts end and its answer begins, piece by piece: `<think>…</think>` stands at the
 * beginning or nowhere. Some templates have the opening tag in the prompt already; then the closing one
 * says that all before it was thought.
 */

const OPENS = "<think>";
const CLOSES = "</think>";
const FENCE = /^ {0,3}(?:```|~~~)/gm;

/**
 * @typedef {"beginning" | "thinking" | "answering" | "settled"} State
 *
 * @typedef {object} Fresh what a piece has added
 * @property {string} thought
 * @property {string} answer
 * @property {boolean} moved whether what was answer until now has turned out to be thought; then both
 *   are all that there is
 */

export class ThoughtSplit {
  /** @type {State} */
  #state = "beginning";
  #held = ""; // what may become the opening tag, or the closing one
  // The end of what was searched, since a tag comes in pieces; a long text is not searched again.
  #near = "";
  thought = "";
  answer = "";

  get isThinking() {
    return this.#state === "thinking";
  }

  /**
   * @param {string} delta
   * @returns {Fresh}
   */
  push(delta) {
    switch (this.#state) {
      case "beginning":
        return this.#begin(this.#held + delta);
      case "thinking":
        return this.#think(this.#held + delta);
      case "answering":
        this.answer += delta;
        return (this.#sees(delta) && this.#lookBack(false)) || fresh("", delta);
      default:
        this.answer += delta;
        return fresh("", delta);
    }
  }

  /** There is no more of it. @returns {Fresh} */
  end() {
    const held = this.#held;
    this.#held = "";
    if (this.#state === "thinking") return this.#take(held, "");
    if (this.#state === "beginning") return this.#take("", held);
    const isOpen = this.#state === "answering" && this.#near.includes(CLOSES);
    return (isOpen && this.#lookBack(true)) || fresh("", "");
  }

  /** @param {string} text */
  #begin(text) {
    const begun = text.trimStart();
    if (begun.length < OPENS.length && OPENS.startsWith(begun)) {
      this.#held = text;
      return fresh("", "");
    }
    this.#held = "";
    const thinks = begun.startsWith(OPENS);
    this.#state = thinks ? "thinking" : "answering";
    return this.push(thinks ? begun.slice(OPENS.length) : text);
  }

  /** Whether the closing tag may be there now. @param {string} delta */
  #sees(delta) {
    const seen = this.#near + delta;
    this.#near = seen.slice(-CLOSES.length);
    return seen.includes(CLOSES);
  }

  /** @param {string} text */
  #think(text) {
    const at = text.indexOf(CLOSES);
    if (at < 0) {
      const safe = text.length - partOfTag(text);
      this.#held = text.slice(safe);
      return this.#take(text.slice(0, safe), "");
    }
    this.#state = "settled";
    return this.#take(text.slice(0, at), text.slice(at + CLOSES.length));
  }

  /**
   * @param {string} thought
   * @param {string} answer
   */
  #take(thought, answer) {
    this.thought += thought;
    this.answer += answer;
    return fresh(thought, answer);
  }

  /** @param {boolean} isWhole whether nothing follows */
  #lookBack(isWhole) {
    const at = this.answer.indexOf(CLOSES);
    const next = this.answer[at + CLOSES.length];
    if (next === undefined && !isWhole) return undefined;
    if (!isThought(this.answer.slice(0, at), next)) {
      this.#state = "settled";
      return undefined;
    }
    this.#state = "settled";
    this.thought = this.answer.slice(0, at);
    this.answer = this.answer.slice(at + CLOSES.length);
    return { thought: this.thought, answer: this.answer, moved: true };
  }
}

/** How much of the end may be the beginning of the closing tag. @param {string} text */
function partOfTag(text) {
  const from = text.lastIndexOf("<");
  const end = text.slice(from);
  return from >= 0 && CLOSES.startsWith(end) ? end.length : 0;
}

/**
 * @param {string} thought
 * @param {string} answer
 * @returns {Fresh}
 */
const fresh = (thought, answer) => ({ thought, answer, moved: false });

/**
 * An answer may speak of the tags, or show code that has them.
 *
 * @param {string} before the closing tag
 * @param {string | undefined} next
 */
function isThought(before, next) {
  const isOpenFence = (before.match(FENCE)?.length ?? 0) % 2 === 1;
  return (next === undefined || /\s/.test(next)) && !before.includes(OPENS) && !isOpenFence;
}

/** How long the thoughts took, from the first text on. */
export class ThoughtClock {
  #split = new ThoughtSplit();
  #began_ms = 0;
  /** @type {number | undefined} */
  seconds;

  /**
   * @param {string} delta
   * @returns {boolean} whether the time is known from now on
   */
  hear(delta) {
    if (this.seconds !== undefined) return false;
    this.#began_ms ||= performance.now();
    this.#split.push(delta);
    const ended = this.#split.thought !== "" && !this.#split.isThinking;
    return ended && this.#stop();
  }

  /** The text has ended, perhaps in the middle of a thought. */
  end() {
    if (this.seconds === undefined && this.#split.thought) this.#stop();
  }

  #stop() {
    if (!this.#split.thought.trim()) return false;
    this.seconds = Math.round((performance.now() - this.#began_ms) / 100) / 10;
    return true;
  }
}
