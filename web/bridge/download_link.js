/**
 * The Python worker's end of the wire to the download worker: it starts that one when it is first
 * needed, and sees to it that every order ends, also when the worker does not live to end it.
 */

import { scriptUrl } from "../trusted.js";
import { namedError } from "./errors.js";

/**
 * @typedef {import("../download/messages").Orders} Orders
 * @typedef {import("../download/messages").Report} Report
 * @typedef {import("../download/messages").OnBytes} OnBytes
 * @typedef {{onBytes: OnBytes, resolve: (result: any) => void, reject: (error: Error) => void}} Caller
 */

/** @type {string[]} */
let origins = [];
/** @type {Link | undefined} */
let current;

/**
 * Which hosts may be reached from now on. What is under way goes on to its end in the worker that it
 * has: nobody asked for that to stop.
 *
 * @param {string[]} allowed
 */
export function allow(allowed) {
  if (String(allowed) === String(origins)) return;
  origins = allowed;
  current?.retire();
  current = undefined;
}

export function isRunning() {
  return current !== undefined;
}

/**
 * @template {keyof Orders} K
 * @param {K} kind
 * @param {Orders[K]} order
 * @param {AbortSignal | undefined} signal
 * @param {OnBytes} [onBytes]
 * @returns {Promise<any>}
 */
export function send(kind, order, signal, onBytes = () => {}) {
  if (signal?.aborted) throw namedError("AbortError", "stopped on request");
  current ??= new Link(origins, (ended) => {
    if (ended === current) current = undefined;
  });
  return current.send(kind, order, signal, onBytes);
}

/** One download worker, and who waits for what it does. */
class Link {
  #worker;
  #onEnd;
  /** @type {Map<number, Caller>} */
  #callers = new Map();
  #lastId = 0;
  #isRetired = false;

  /**
   * @param {string[]} hosts that it may reach
   * @param {(ended: Link) => void} onEnd
   */
  constructor(hosts, onEnd) {
    const url = new URL("../worker/download_worker.js", import.meta.url);
    for (const host of hosts) url.searchParams.append("connect", host);
    this.#onEnd = onEnd;
    this.#worker = new Worker(scriptUrl(url), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    for (const death of ["error", "messageerror"])
      this.#worker.addEventListener(death, (event) => {
        event.preventDefault();
        const detail = event instanceof ErrorEvent ? event.message : death;
        this.#end(`the part of the app that downloads has stopped: ${detail}`);
      });
  }

  /**
   * @param {keyof Orders} kind
   * @param {object} order
   * @param {AbortSignal | undefined} signal
   * @param {OnBytes} onBytes
   * @returns {Promise<any>}
   */
  async send(kind, order, signal, onBytes) {
    const id = ++this.#lastId;
    const abort = () => this.#worker.postMessage({ id, kind: "abort" });
    signal?.addEventListener("abort", abort);
    try {
      return await new Promise((resolve, reject) => {
        this.#callers.set(id, { onBytes, resolve, reject });
        this.#worker.postMessage({ id, kind, ...order });
      });
    } finally {
      this.#callers.delete(id);
      signal?.removeEventListener("abort", abort);
      if (this.#isRetired) this.retire();
    }
  }

  /** Ends when the last order has. */
  retire() {
    this.#isRetired = true;
    if (this.#callers.size === 0) this.#worker.terminate();
  }

  /** @param {Report} report */
  #hear(report) {
    const caller = this.#callers.get(report.id);
    if (report.kind === "progress") caller?.onBytes(report.loaded, report.total);
    else if (report.kind === "done") caller?.resolve(report.result);
    // The worker still holds files that are gone: only with it do they leave.
    else if (report.name === "StorageClearedError")
      this.#end("the browser's storage was cleared, try again");
    else caller?.reject(namedError(report.name, report.message));
  }

  /** @param {string} reason */
  #end(reason) {
    this.#worker.terminate();
    this.#onEnd(this);
    for (const { reject } of this.#callers.values()) reject(namedError("NetworkError", reason));
  }
}
