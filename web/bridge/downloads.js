/**
 * Downloads as Python sees them: all that crosses is JSON text, numbers, an AbortSignal and one
 * callback. The fetching is the download worker's (web/worker/download_worker.js); whole and verified
 * files come from there as handles and go into Cache Storage here.
 *
 * Rejects with: AbortError, BlockedHostError, IntegrityError, NeedsAccessError, NetworkError,
 * NotFoundError, QuotaExceededError. A message about one file names it.
 */

import { incomingBytes } from "../download/incoming.js";
import { forget, runJob } from "./download_job.js";
import { allow, send } from "./download_link.js";
import { Tally } from "./download_tally.js";
import { guarded, namedError } from "./errors.js";
import { blobInMemory, discard, find, isWhole } from "./stored_files.js";

export { keepInMemoryIfStorageThrows } from "./memory_caches.js";

/**
 * @typedef {import("../download/messages").WantedFile} WantedFile
 * @typedef {import("./download_tally.js").OnProgress} OnProgress
 */

/** @type {Map<string, File[]>} */
const stashed = new Map();

/** Which origins the download worker may reach from now on. @param {string} originsJson */
export function configure(originsJson) {
  allow(JSON.parse(originsJson));
}

/** An `Answer` as JSON, whatever its status. */
export const readJson = guarded(
  async (/** @type {string} */ url, /** @type {AbortSignal} */ signal) =>
    JSON.stringify(await unlessAborted(send("json", { url }, signal), signal)),
);

/** Every file of the job, verified, in its cache. Returns those that were fetched now. */
export const download = guarded(
  async (
    /** @type {string} */ jobJson,
    /** @type {OnProgress} */ onProgress,
    /** @type {AbortSignal} */ signal,
  ) => {
    const job = JSON.parse(jobJson);
    const tally = new Tally(job.files, onProgress);
    try {
      return JSON.stringify(await unlessAborted(runJob(job, tally, stashedFile, signal), signal));
    } finally {
      tally.close();
    }
  },
);

/** `[{whole, incoming}]` in the order of the files; bytes. */
export const stored = guarded(async (/** @type {string} */ filesJson) => {
  /** @type {WantedFile[]} */
  const files = JSON.parse(filesJson);
  const incoming = await incomingBytes(files.map(({ key }) => key));
  const whole = await Promise.all(files.map(isWhole));
  return JSON.stringify(
    files.map((_, place) => ({ whole: whole[place], incoming: incoming[place] })),
  );
});

/** The keys of files that are missing or were damaged; the damaged ones are gone then. */
export const verify = guarded(
  async (
    /** @type {string} */ filesJson,
    /** @type {OnProgress} */ onProgress,
    /** @type {AbortSignal} */ signal,
  ) => {
    /** @type {WantedFile[]} */
    const files = JSON.parse(filesJson);
    const tally = new Tally(files, onProgress);
    tally.enter("verifying");
    try {
      const wrong = [];
      for (const file of files)
        if (!(await unlessAborted(isSound(file, tally, signal), signal))) wrong.push(file.key);
      return JSON.stringify(wrong);
    } finally {
      tally.close();
    }
  },
);

/** Deletes the files, half-done ones too. Returns the bytes freed. */
export const remove = guarded(async (/** @type {string} */ filesJson) => {
  /** @type {WantedFile[]} */
  const files = JSON.parse(filesJson);
  let freed = await forget(files.map(({ key }) => key));
  for (const file of files) freed += await discard(file);
  return freed;
});

/**
 * Files of this computer, for jobs whose URLs are `file:<ticket>/<index>`.
 *
 * @param {string} ticket
 * @param {File[]} files
 */
export function stash(ticket, files) {
  stashed.set(ticket, files);
}

/** @param {string} ticket */
export function forgetTicket(ticket) {
  stashed.delete(ticket);
}

export { forgetTicket as forget };

export const readText = guarded(
  async (/** @type {string} */ key, /** @type {string} */ cache) =>
    (await find({ key, cache }))?.text() ?? "",
);

export const writeText = guarded(
  async (/** @type {string} */ key, /** @type {string} */ cache, /** @type {string} */ text) => {
    const headers = { "content-type": "application/json" };
    await (await caches.open(cache)).put(key, new Response(text, { headers }));
  },
);

export const deleteKey = guarded(async (/** @type {string} */ key, /** @type {string} */ cache) => {
  await (await caches.open(cache)).delete(key);
});

export const listKeys = guarded(async (/** @type {string} */ cache) => {
  const requests = await (await caches.open(cache)).keys();
  return JSON.stringify(requests.map(({ url }) => url));
});

/**
 * What cannot be stopped at once (a large file on its way into the cache) ends in the background, and
 * keeps its locks until then.
 *
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
function unlessAborted(work, signal) {
  const stopped = () => namedError("AbortError", "stopped on request");
  return new Promise((resolve, reject) => {
    const stop = () => reject(stopped());
    work
      .then(resolve, (error) => reject(signal.aborted ? stopped() : error))
      .finally(() => signal.removeEventListener("abort", stop));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
  });
}

/** @param {string} url */
function stashedFile(url) {
  const [ticket, index] = url.replace(/^file:/, "").split("/");
  return stashed.get(String(ticket))?.[Number(index)];
}

/**
 * A file without any hash is checked by its size.
 *
 * @param {WantedFile} file
 * @param {Tally} tally
 * @param {AbortSignal} signal
 */
async function isSound(file, tally, signal) {
  if (!(await find(file))) return false;
  try {
    const blob = await blobInMemory(file);
    await send("hash", { file, ...(blob && { blob }) }, signal, (loaded) =>
      tally.set(file, loaded),
    );
    return true;
  } catch (error) {
    const { name } = /** @type {Error} */ (error);
    if (name !== "IntegrityError" && name !== "NotFoundError") throw error;
    await discard(file);
    return false;
  }
}
