/**
 * A nested worker, started by web/bridge/downloads.js, that fetches, verifies and keeps half-done files.
 * It may reach other origins, and never sees a word of a conversation. The `connect` parameters of its own address name the hosts that it may reach; whoever
 * serves this file puts them into its content policy.
 */

import { asError } from "../bridge/errors.js";
import { fetchFile } from "../download/fetch_file.js";
import { hashFile } from "../download/hash_file.js";
import { discardIncoming } from "../download/incoming.js";
import { readJson } from "../download/read_json.js";

/**
 * @typedef {import("../download/messages").Order} Order
 * @typedef {Exclude<Order, {kind: "abort"}>} Work
 */

const PROGRESS_EVERY_MS = 100;

/** @type {Map<number, AbortController>} */
const running = new Map();

self.onmessage = ({ data }) => {
  const order = /** @type {Order} */ (data);
  if (order.kind === "abort") running.get(order.id)?.abort();
  else serve(order);
};

/** @param {Work} order */
async function serve(order) {
  const { id } = order;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    report({ id, kind: "done", result: await work(order, controller.signal) });
  } catch (thrown) {
    const { name, message } = asError(thrown);
    report({ id, kind: "error", name, message });
  } finally {
    running.delete(id);
  }
}

/**
 * @param {Work} order
 * @param {AbortSignal} signal
 */
function work(order, signal) {
  switch (order.kind) {
    case "json":
      return readJson(order.url, signal);
    case "fetch":
      return fetchFile(order.file, progressOf(order.id), signal);
    case "hash":
      return hashFile(order.file, order.blob, progressOf(order.id), signal);
    case "discard":
      return discardIncoming(order.keys);
    default:
      throw new Error(`unknown order ${JSON.stringify(order)}`);
  }
}

/**
 * Seldom, but never silent about the last bytes before a stall.
 *
 * @param {number} id
 * @returns {import("../download/messages").OnBytes}
 */
function progressOf(id) {
  let waits = false;
  let latest = { loaded: 0, total: 0 };
  const tell = () => {
    waits = false;
    if (running.has(id)) report({ id, kind: "progress", ...latest });
  };
  return (loaded, total) => {
    latest = { loaded, total };
    if (!waits) setTimeout(tell, PROGRESS_EVERY_MS);
    waits = true;
  };
}

/** @param {import("../download/messages").Report} message */
function report(message) {
  self.postMessage(message);
}
