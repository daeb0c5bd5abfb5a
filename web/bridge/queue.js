/**
 * One piece of work at a time: an engine that is asked twice answers one after the other.
 */
export class Queue {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  run(work) {
    const mine = this.#last.then(work);
    // The next one waits for this one's end, whatever it is; the caller gets the error.
    this.#last = mine.catch(() => {});
    return mine;
  }
}
