/**
 * Which answers are being written, in whatever tab: who writes one holds a lock with its name, which
 * the browser takes away when the tab ends, however that happens.
 */

const PREFIX = "localm-answer:";

export class Writers {
  /** @type {Map<string, () => void>} */
  #own = new Map();

  /**
   * Hold it from now on; resolves when it is held.
   *
   * @param {string} message
   * @returns {Promise<void>}
   */
  begin(message) {
    if (this.#own.has(message)) return Promise.resolve();
    return new Promise((held) => {
      const ended = new Promise((end) => this.#own.set(message, () => end(undefined)));
      if (!navigator.locks) return held();
      const work = () => {
        held();
        return ended;
      };
      // Without the lock nobody is told that somebody writes: worse, but no reason not to write.
      navigator.locks.request(PREFIX + message, work).catch((error) => {
        console.info(`localm: no lock for an answer: ${error}`);
        held();
      });
    });
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
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    const names = held.map(({ name = "" }) => name).filter((name) => name.startsWith(PREFIX));
    return new Set([...this.#own.keys(), ...names.map((name) => name.slice(PREFIX.length))]);
  }
}
