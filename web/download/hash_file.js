/**
 * Hashes a file that is here already: one of this computer, or one that was stored. It is read as a
 * stream, so memory never holds it whole.
 */

import { namedError, throwIfAborted } from "../bridge/errors.js";
import { Hashes, isRight } from "./hashing.js";
import { chunksOf } from "./streams.js";

/**
 * @typedef {import("./messages").WantedFile} WantedFile
 * @typedef {import("./messages").Landed} Landed
 */

/** The file's path within its repository, for a person. @param {{key: string}} file */
export function nameOf({ key }) {
  return key.replace(/^.*\/resolve\/[^/]+\/|^.*\/(?=[^/]+$)/, "");
}

/**
 * Throws an IntegrityError that names the file when it is not what it should be.
 *
 * @param {WantedFile} file
 * @param {Blob | undefined} blob undefined: the one in its cache
 * @param {import("./messages").OnBytes} onBytes
 * @param {AbortSignal} signal
 * @returns {Promise<Landed>}
 */
export async function hashFile(file, blob, onBytes, signal) {
  const { stream, size } = blob ? { stream: blob.stream(), size: blob.size } : await stored(file);
  const hashes = await Hashes.of(file, size);
  let bytes = 0;
  for await (const chunk of chunksOf(stream)) {
    throwIfAborted(signal);
    hashes.update(chunk);
    bytes += chunk.length;
    onBytes(bytes, size);
  }
  const digests = hashes.digests();
  if ((file.bytes && file.bytes !== bytes) || !isRight(file, digests))
    throw namedError("IntegrityError", `${nameOf(file)}: its content is not what it should be`);
  return { bytes, sha256: digests.sha256 };
}

/** @param {WantedFile} file */
async function stored({ cache, key, bytes }) {
  const response = await (await caches.open(cache)).match(key);
  if (!response?.body) throw namedError("NotFoundError", `${nameOf({ key })} is not stored`);
  const size = bytes || Number(response.headers.get("content-length"));
  return { stream: response.body, size };
}
