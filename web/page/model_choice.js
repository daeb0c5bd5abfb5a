/** Which model answers: chosen by the person, kept in this browser, the embedded one until then. */

import { keep, kept } from "./kept.js";

/** @typedef {{id: string, name: string}} Choice */

const KEY = "model";

/** @type {Choice} */
export const EMBEDDED = { id: "guide", name: "Guide" };

export class ModelChoice {
  #current = stored() ?? EMBEDDED;
  /** @type {((choice: Choice) => void)[]} */
  #listeners = [];

  get current() {
    return this.#current;
  }

  /** @param {(choice: Choice) => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Choice} choice */
  choose({ id, name }) {
    if (id === this.#current.id && name === this.#current.name) return;
    this.#current = { id, name };
    keep(KEY, id === EMBEDDED.id ? "" : JSON.stringify(this.#current));
    for (const listener of this.#listeners) listener(this.#current);
  }

  /** What is kept has changed by itself. */
  readAgain() {
    this.choose(stored() ?? EMBEDDED);
  }

  /**
   * Hold the choice against what the worker knows.
   *
   * @param {readonly Choice[]} models
   * @returns {string} the name of the chosen model when it is known no more; "" when all is well
   */
  check(models) {
    const { id, name } = this.#current;
    const known = models.find((model) => model.id === id);
    if (known || models.length === 0) {
      this.choose(known ?? this.#current);
      return "";
    }
    this.choose(EMBEDDED);
    return name;
  }
}

/** @returns {Choice | undefined} */
function stored() {
  try {
    const { id, name } = JSON.parse(kept(KEY) || "{}");
    return typeof id === "string" && typeof name === "string" && id ? { id, name } : undefined;
  } catch (error) {
    console.info(`localm: the choice of a model cannot be read: ${error}`);
    return undefined;
  }
}
