/**
 * When to try again: waits that double, with jitter, and an end after some tries that brought nothing.
 */

import { namedError } from "../bridge/errors.js";

const FIRST_S = 0.5;
const LONGEST_S = 8;
const LONGEST_RETRY_AFTER_S = 60;
const TRIES = 6;

/** What may go better the next time. */
export class Temporary extends Error {
  name = "NetworkError";
  retryAfter_s;

  /**
   * @param {string} message
   * @param {number} [retryAfter_s] as the host asked for
   */
  constructor(message, retryAfter_s = 0) {
    super(message);
    this.retryAfter_s = retryAfter_s;
  }
}

/** The tries for one file. A try that brought a new byte makes it a fresh start. */
export class Tries {
  #inVain = 0;
  #farthest = 0;

  /**
   * Waits for the next try; throws the error when there will be none.
   *
   * @param {Temporary} error
   * @param {number} bytes how far the file has come
   * @param {AbortSignal} signal
   */
  async pause(error, bytes, signal) {
    if (bytes > this.#farthest) this.#inVain = 0;
    this.#farthest = Math.max(this.#farthest, bytes);
    this.#inVain += 1;
    if (this.#inVain >= TRIES) throw error;
    await sleep(delay_s(this.#inVain, error.retryAfter_s), signal);
  }
}

/**
 * @param {number} inVain
 * @param {number} retryAfter_s
 */
function delay_s(inVain, retryAfter_s) {
  const doubled_s = Math.min(FIRST_S * 2 ** (inVain - 1), LONGEST_S);
  const jittered_s = doubled_s * (0.75 + Math.random() / 2);
  return Math.max(jittered_s, Math.min(retryAfter_s, LONGEST_RETRY_AFTER_S));
}

/**
 * @param {number} seconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function sleep(seconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(namedError("AbortError", "stopped on request"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Retry-After: seconds or a date. Readable across origins only where the host exposes it.
 *
 * @param {Headers} headers
 */
export function retryAfter_s(headers) {
  const text = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(text)) return Number(text);
  const until_ms = Date.parse(text) - Date.now();
  return until_ms > 0 ? until_ms / 1000 : 0;
}
