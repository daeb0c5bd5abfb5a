/**
 * Which answers are being written, in whatever tab: who writes one holds a lock with its name, which
 * the browser takes away when the tab ends, however that happens.
 */

const PREFIX = "localm-answer:";

export class Writers {
  /** @type {Map<string, () => void>} */
  #own = new Map();
  /** @type {Set<string>} */
  #awaited = new Set();

  /**
   * Hold it from now on; resolves when others can see that. It never waits for another tab that writes
   * the same answer.
   *
   * @param {string} message
   */
  async begin(message) {
    if (this.#own.has(message)) return;
    const ended = new Promise((end) => this.#own.set(message, () => end(undefined)));
    // Without the lock nobody is told that somebody writes: worse, but no reason not to write.
    navigator.locks
      ?.request(PREFIX + message, { mode: "shared" }, () => ended)
      .catch((error) => console.info(`localm: no lock for an answer: ${error}`));
    // When this is answered, the request before it is granted, or waits for what does not concern it.
    await this.#held();
  }

  /** @param {string} message */
  end(message) {
    this.#own.get(message)?.();
    this.#own.delete(message);
  }

  /**
   * The messages that somebody writes.
   *
   * @returns {Promise<Set<string>>}
   */
  async all() {
    const names = (await this.#held()).filter((name) => name.startsWith(PREFIX));
    return new Set([...this.#own.keys(), ...names.map((name) => name.slice(PREFIX.length))]);
  }

  /**
   * Once nobody writes it any more, also where its tab was killed. Not where no tab knows of another.
   *
   * @param {string} message
   * @param {() => Promise<void>} act is called once, however often it is asked for meanwhile
   */
  onEnd(message, act) {
    if (!navigator.locks || this.#awaited.has(message) || this.#own.has(message)) return;
    this.#awaited.add(message);
    navigator.locks
      .request(PREFIX + message, () => {})
      .then(() => {
        this.#awaited.delete(message);
        return act();
      })
      .catch((error) => console.info(`localm: nobody says when an answer ends: ${error}`));
  }

  /** @returns {Promise<string[]>} */
  async #held() {
    try {
      const { held = [] } = (await navigator.locks?.query()) ?? {};
      return held.map(({ name = "" }) => name);
    } catch (error) {
      console.info(`localm: the browser does not say which locks are held: ${error}`);
      return [];
    }
  }
}
