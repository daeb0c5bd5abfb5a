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
/** @type {Worker | undefined} */
let worker;
/** @type {Map<number, Caller>} */
const callers = new Map();
let lastId = 0;

/**
 * Which hosts may be reached from now on. What is under way ends when others were allowed so far.
 *
 * @param {string[]} allowed
 */
export function allow(allowed) {
  if (String(allowed) === String(origins)) return;
  origins = allowed;
  end("the download was stopped, because another hub was chosen");
}

export function isRunning() {
  return worker !== undefined;
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
  worker ??= start();
  const id = ++lastId;
  const abort = () => worker?.postMessage({ id, kind: "abort" });
  signal?.addEventListener("abort", abort);
  const ended = new Promise((resolve, reject) => {
    callers.set(id, { onBytes, resolve, reject });
  });
  worker.postMessage({ id, kind, ...order });
  return ended.finally(() => {
    callers.delete(id);
    signal?.removeEventListener("abort", abort);
  });
}

function start() {
  const url = new URL("../worker/download_worker.js", import.meta.url);
  for (const origin of origins) url.searchParams.append("connect", origin);
  const started = new Worker(scriptUrl(url), { type: "module" });
  started.onmessage = ({ data }) => hear(data);
  for (const death of ["error", "messageerror"])
    started.addEventListener(death, (event) => {
      event.preventDefault();
      const detail = event instanceof ErrorEvent ? event.message : death;
      if (started === worker) end(`the part of the app that downloads has stopped: ${detail}`);
    });
  return started;
}

/** @param {Report} report */
function hear(report) {
  const caller = callers.get(report.id);
  if (report.kind === "progress") caller?.onBytes(report.loaded, report.total);
  else if (report.kind === "done") caller?.resolve(report.result);
  // The worker still holds files that are gone: only with it do they leave.
  else if (report.name === "StorageClearedError")
    end("the browser's storage was cleared, try again");
  else caller?.reject(namedError(report.name, report.message));
}

/** @param {string} reason */
function end(reason) {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of callers.values()) reject(namedError("NetworkError", reason));
}
