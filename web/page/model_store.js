/** The models that the worker knows, as it last said; whoever shows them is told of changes. */

/**
 * @typedef {import("../protocol").ModelInfo} ModelInfo
 * @typedef {import("../protocol").Error} WorkerError
 */

export class ModelStore {
  #client;
  /** @type {readonly ModelInfo[]} */
  list = [];
  /** @type {WorkerError | undefined} why the list could not be had */
  error;
  /** @type {Promise<void> | undefined} */
  #asking;
  #again = false;
  /** @type {(() => void)[]} */
  #listeners = [];

  /** @param {import("../client.js").Client} client */
  constructor(client) {
    this.#client = client;
  }

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** @param {string} id */
  get(id) {
    return this.list.find((model) => model.id === id);
  }

  /** @param {string} id */
  nameOf(id) {
    return this.get(id)?.name ?? id;
  }

  /** Ask the worker; whoever asks meanwhile gets an answer that is newer than the question. */
  async refresh() {
    this.#again = true;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    await this.#asking;
  }

  async #ask() {
    while (this.#again) {
      this.#again = false;
      const end = await this.#client.models().end();
      this.error = end.type === "error" ? end : undefined;
      if (end.type === "done") this.list = end.result.models;
      for (const listener of this.#listeners) listener();
    }
  }
}
