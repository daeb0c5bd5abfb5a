/**
 * A download of several files: one tab at a time, three files side by side, each put into its cache
 * when it is whole and verified. What a job that failed has brought stays for the next one.
 */

import { nameOf } from "../download/hash_file.js";
import { discardIncoming, incomingBytes } from "../download/incoming.js";
import { isRunning, send } from "./download_link.js";
import { namedError } from "./errors.js";
import { withLock } from "./locks.js";
import { isInMemory } from "./memory_caches.js";
import { Queue } from "./queue.js";
import { room } from "./storage.js";
import { isWhole, store } from "./stored_files.js";

/**
 * @typedef {import("../download/messages").WantedFile} WantedFile
 * @typedef {import("../download/messages").Landed} Landed
 * @typedef {import("./download_tally.js").Tally} Tally
 * @typedef {{lock: string, files: WantedFile[]}} Job
 * @typedef {{key: string, bytes: number, sha256: string}} Fetched
 * @typedef {(url: string) => File | undefined} FindFile the file of this computer that a URL names
 */

const SIDE_BY_SIDE = 3;

/** A file in two places at once is the half-done one and the stored one: one file at a time. */
const storing = new Queue();

/**
 * @param {Job} job
 * @param {Tally} tally
 * @param {FindFile} findFile
 * @param {AbortSignal} signal
 * @returns {Promise<Fetched[]>}
 */
export function runJob(job, tally, findFile, signal) {
  const name = `localm-download:${job.lock}`;
  return withLock(
    name,
    signal,
    () => tally.enter("waiting"),
    async () => {
      const missing = await missingFiles(job, tally);
      await checkRoom(missing);
      tally.enter(missing.every(isOfThisComputer) ? "verifying" : "downloading");
      try {
        return await fetchAll(missing, tally, findFile, signal);
      } catch (error) {
        const isFull = /** @type {Error} */ (error).name === "QuotaExceededError";
        if (isFull) await forget(job.files.map(({ key }) => key));
        throw error;
      }
    },
  );
}

/**
 * @param {Job} job
 * @param {Tally} tally
 */
async function missingFiles({ files }, tally) {
  const incoming = await incomingBytes(files.map(({ key }) => key));
  const missing = [];
  for (const [place, file] of files.entries()) {
    if (await isWhole(file)) tally.complete(file);
    else {
      missing.push(file);
      tally.set(file, Number(incoming[place]));
    }
  }
  return missing.sort((one, other) => other.bytes - one.bytes);
}

/**
 * What is still to come must fit, and the largest file twice, while it is put into its cache.
 *
 * @param {WantedFile[]} files
 */
async function checkRoom(files) {
  const { quota, usage } = await room();
  if (quota === undefined || usage === undefined || isInMemory()) return;
  const incoming = await incomingBytes(files.map(({ key }) => key));
  const missing = files.reduce((sum, { bytes }, place) => sum + bytes - Number(incoming[place]), 0);
  const remote = files.filter((file) => !isOfThisComputer(file));
  const needed = missing + Math.max(0, ...remote.map(({ bytes }) => bytes));
  if (files.length > 0 && needed > quota - usage)
    throw namedError("QuotaExceededError", `${needed} bytes are needed, ${quota - usage} are free`);
}

/** @param {WantedFile} file */
function isOfThisComputer({ urls }) {
  return String(urls[0]).startsWith("file:");
}

/**
 * The first error stops the others, and comes out when all have stopped.
 *
 * @param {WantedFile[]} files
 * @param {Tally} tally
 * @param {FindFile} findFile
 * @param {AbortSignal} signal
 */
async function fetchAll(files, tally, findFile, signal) {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const waiting = [...files];
  /** @type {Promise<Fetched | undefined>[]} */
  const underWay = [];
  const lane = async () => {
    for (let file = waiting.shift(); file && !either.aborted; file = waiting.shift()) {
      const wanted = file;
      // The line is free for the next file while this one is put into its cache.
      await new Promise((landed) => {
        const one = fetchOne(wanted, tally, findFile, either, () => landed(undefined));
        one.catch((error) => failure.abort(error)).finally(() => landed(undefined));
        underWay.push(one);
      });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  const ended = await Promise.allSettled(underWay);
  if (failure.signal.aborted) throw failure.signal.reason;
  if (signal.aborted) throw namedError("AbortError", "stopped on request");
  return ended.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
}

/**
 * Two models may share a file, so that each file has a lock of its own as well.
 *
 * @param {WantedFile} file
 * @param {Tally} tally
 * @param {FindFile} findFile
 * @param {AbortSignal} signal
 * @param {() => void} onLanded it is here, whole and right, and only has to be stored
 * @returns {Promise<Fetched | undefined>}
 */
function fetchOne(file, tally, findFile, signal, onLanded) {
  return withLock(
    `localm-file:${file.key}`,
    signal,
    () => {},
    async () => {
      if (await isWhole(file)) {
        tally.complete(file);
        return undefined;
      }
      const { blob, bytes, sha256 } = await landed(file, tally, findFile, signal);
      onLanded();
      await storing.run(() => store(file, blob));
      await forget([file.key]);
      tally.set(file, bytes, bytes);
      return { key: file.key, bytes, sha256 };
    },
  );
}

/**
 * @param {WantedFile} file
 * @param {Tally} tally
 * @param {FindFile} findFile
 * @param {AbortSignal} signal
 * @returns {Promise<Landed & {blob: Blob}>}
 */
async function landed(file, tally, findFile, signal) {
  const onBytes = (/** @type {number} */ loaded, /** @type {number} */ total) =>
    tally.set(file, loaded, total);
  if (!isOfThisComputer(file)) return send("fetch", { file }, signal, onBytes);
  const blob = findFile(String(file.urls[0]));
  if (!blob) throw namedError("NotFoundError", `${nameOf(file)} is not there any more`);
  return { blob, ...(await send("hash", { file, blob }, signal, onBytes)) };
}

/**
 * Half-done files that are not wanted any more. Those in memory are the download worker's.
 *
 * @param {string[]} keys
 * @returns {Promise<number>} the bytes freed
 */
export async function forget(keys) {
  return isRunning() ? send("discard", { keys }, undefined) : discardIncoming(keys);
}
