/**
 * Requests to hubs: no cookies, no referrer, nothing kept by the browser's own cache; and what each
 * way of failing means.
 */

import { namedError, throwIfAborted } from "../bridge/errors.js";
import { retryAfter_s, Temporary } from "./backoff.js";

/** Nothing came for so long: the connection is dead, and a new one may not be. */
const STALL_LIMIT_S = 75;
/** A report of the content policy comes a moment after the request has failed. */
const REPORT_PAUSE_MS = 100;

/** When the content policy last refused a request, or where it led to. */
let refused_ms = 0;

self.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
  if (effectiveDirective === "connect-src") refused_ms = performance.now();
});

/** Ends a request for which nothing comes any more. */
export class Watch {
  #stalled = new AbortController();
  #timer = 0;
  signal;
  #asked;

  /** @param {AbortSignal} asked of whoever wants the file */
  constructor(asked) {
    this.#asked = asked;
    this.signal = AbortSignal.any([asked, this.#stalled.signal]);
    this.alive();
  }

  /** Something came. */
  alive() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#stalled.abort(), STALL_LIMIT_S * 1000);
  }

  end() {
    clearTimeout(this.#timer);
  }

  /** Throws when the request was ended by somebody, and not by the network. @param {string} url */
  check(url) {
    throwIfAborted(this.#asked);
    if (this.#stalled.signal.aborted)
      throw new Temporary(`${hostOf(url)} has sent nothing for ${STALL_LIMIT_S} seconds`);
  }
}

/**
 * `fetch`; what it throws says why nothing came.
 *
 * @param {string} url
 * @param {number} from the first byte that is wanted
 * @param {Watch} watch
 * @returns {Promise<Response>}
 */
export async function request(url, from, watch) {
  /** @type {RequestInit} */
  const options = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
  // Of this header's forms this one needs no preflight.
  const headers = from > 0 ? { range: `bytes=${from}-` } : undefined;
  const began_ms = performance.now();
  try {
    return await fetch(url, { ...options, headers, signal: watch.signal });
  } catch {
    watch.check(url);
    await new Promise((resolve) => setTimeout(resolve, REPORT_PAUSE_MS));
    watch.check(url);
    if (refused_ms >= began_ms) throw blocked(url);
    const message = `${hostOf(url)} cannot be reached, or does not let this page read from it (CORS)`;
    throw new Temporary(message);
  }
}

/**
 * The policy's report names the address that was asked for, not where it led to.
 *
 * @param {string} url
 */
function blocked(url) {
  const message = `${hostOf(url)} is not an allowed host, or sends files from another host, which is not allowed`;
  return namedError("BlockedHostError", message);
}

/** @param {string} url */
function hostOf(url) {
  return new URL(url).host;
}

/**
 * Nothing for 200 and 206; throws for what no other address makes good.
 *
 * @param {Response} response
 * @param {string} name
 */
export function checkStatus({ status, headers, url }, name) {
  if (status === 200 || status === 206) return;
  const message = `${name}: ${hostOf(url)} answered HTTP ${status}`;
  if (status === 401 || status === 403) throw namedError("NeedsAccessError", message);
  if (status >= 500 || [408, 425, 429].includes(status))
    throw new Temporary(message, retryAfter_s(headers));
  throw namedError("NetworkError", message);
}

/** @param {number} status */
export function isMissing(status) {
  return status === 404 || status === 410;
}
