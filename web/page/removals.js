/**
 * Models whose removal can still be undone. Each is removed when its time is over, when the dialog
 * closes, or when the page does; a page that closes may end the worker first, so what is due is
 * kept, and the next visit removes it.
 */

import { keep, kept } from "./kept.js";

const UNDO_MS = 8_000;
const KEY = "removing";

/**
 * @typedef {import("../protocol").Error | {type: "done",
 *   result: import("../protocol").EvictResult}} End
 */

export class Removals {
  #client;
  /** @type {Map<string, {timer: number, onEnd: (end: End) => void}>} */
  #waiting = new Map();

  /** @param {import("../client.js").Client} client */
  constructor(client) {
    this.#client = client;
    addEventListener("pagehide", () => this.finish());
  }

  /**
   * @param {string} model
   * @param {(end: End) => void} onEnd
   */
  add(model, onEnd) {
    const timer = window.setTimeout(() => this.#evict(model), UNDO_MS);
    this.#waiting.set(model, { timer, onEnd });
    note({ ...due(), [model]: Date.now() + UNDO_MS });
  }

  /** @param {string} model */
  undo(model) {
    clearTimeout(this.#waiting.get(model)?.timer);
    this.#waiting.delete(model);
    forget(model);
  }

  /** Remove at once what waits. */
  finish() {
    for (const model of this.#waiting.keys()) this.#evict(model);
  }

  /** Remove what an earlier visit no longer could. */
  async catchUp() {
    const late = Object.entries(due()).filter(([, until_ms]) => until_ms < Date.now());
    await Promise.all(late.map(([model]) => this.#remove(model)));
  }

  /** @param {string} model */
  async #evict(model) {
    const removal = this.#waiting.get(model);
    if (!removal) return;
    clearTimeout(removal.timer);
    this.#waiting.delete(model);
    removal.onEnd(await this.#remove(model));
  }

  /** @param {string} model */
  async #remove(model) {
    const end = await this.#client.evict(model).end();
    // An error is shown, or it is about a model that is gone: to try again for ever helps nobody.
    forget(model);
    return end;
  }
}

/** @returns {Record<string, number>} model id -> when its time to undo is over, in ms since 1970 */
function due() {
  try {
    return JSON.parse(kept(KEY) || "{}");
  } catch (error) {
    console.info(`localm: removals that were due cannot be read: ${error}`);
    return {};
  }
}

/** @param {string} model */
function forget(model) {
  const { [model]: _, ...others } = due();
  note(others);
}

/** @param {Record<string, number>} removals */
function note(removals) {
  keep(KEY, Object.keys(removals).length > 0 ? JSON.stringify(removals) : "");
}
