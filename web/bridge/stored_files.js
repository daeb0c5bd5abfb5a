/**
 * Whole files in Cache Storage: under the very keys and in the very caches where the engines look.
 */

import { asError, namedError } from "./errors.js";
import { isInMemory } from "./memory_caches.js";

/** @typedef {import("../download/messages").WantedFile} WantedFile */
/** @typedef {Pick<WantedFile, "key" | "cache">} Place */

/** @param {Place} place */
export async function find({ key, cache }) {
  return (await caches.open(cache)).match(key);
}

/**
 * The blob of a stored file where only this worker can reach it; undefined where all can.
 *
 * @param {Place} place
 */
export async function blobInMemory(place) {
  return isInMemory() ? (await find(place))?.blob() : undefined;
}

/** @param {WantedFile} file */
export async function isWhole(file) {
  const response = await find(file);
  const bytes = Number(response?.headers.get("content-length"));
  return response !== undefined && (!file.bytes || !bytes || file.bytes === bytes);
}

/**
 * Its bytes go from one store of the browser to the other; none of them passes through here.
 *
 * @param {WantedFile} file
 * @param {Blob} blob
 */
export async function store(file, blob) {
  try {
    await put(file, blob);
  } catch (thrown) {
    const error = asError(thrown);
    if (error.name === "QuotaExceededError") throw error;
    throw namedError("NetworkError", `${file.key} could not be stored: ${error}`);
  }
}

/**
 * @param {WantedFile} file
 * @param {Blob} blob
 */
async function put(file, blob) {
  const headers = { "content-type": file.type, "content-length": String(blob.size) };
  const cache = await caches.open(file.cache);
  await cache.put(file.key, new Response(blob, { headers }));
  if ((await sizeOf(file)) === blob.size) return;
  await cache.delete(file.key);
  throw namedError("QuotaExceededError", `${file.key} was not stored whole`);
}

/** What is there in truth, whatever its headers say; 0 when nothing is. @param {Place} place */
export async function sizeOf(place) {
  return (await (await find(place))?.blob())?.size ?? 0;
}

/**
 * @param {Place} place
 * @returns {Promise<number>} the bytes freed
 */
export async function discard(place) {
  const bytes = await sizeOf(place);
  const isGone = await (await caches.open(place.cache)).delete(place.key);
  return isGone ? bytes : 0;
}
