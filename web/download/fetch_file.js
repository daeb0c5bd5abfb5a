/**
 * One file: fetched from the first address that has it, resumed, tried again, verified. It ends whole
 * and right, or in an error that names it.
 */

import { namedError } from "../bridge/errors.js";
import { Temporary, Tries } from "./backoff.js";
import { hashFile, nameOf } from "./hash_file.js";
import { isRight } from "./hashing.js";
import { Landing } from "./landing.js";
import { checkStatus, isMissing, request, Watch } from "./requests.js";
import { chunksOf } from "./streams.js";

/**
 * @typedef {import("./messages").WantedFile} WantedFile
 * @typedef {import("./messages").Landed} Landed
 * @typedef {import("./messages").OnBytes} OnBytes
 */

/** What came is not the file. Going on from there makes it no better. */
class WrongFile extends Error {}

/**
 * @param {WantedFile} file
 * @param {OnBytes} onBytes
 * @param {AbortSignal} signal
 * @returns {Promise<Landed>}
 */
export async function fetchFile(file, onBytes, signal) {
  const landing = await Landing.open(file);
  try {
    return await landed(file, landing, onBytes, signal);
  } catch (error) {
    throw (await landing.isLost()) ? namedError("StorageClearedError", nameOf(file)) : error;
  } finally {
    await landing.close();
  }
}

/**
 * @param {WantedFile} file
 * @param {Landing} landing
 * @param {OnBytes} onBytes
 * @param {AbortSignal} signal
 * @returns {Promise<Landed>}
 */
async function landed(file, landing, onBytes, signal) {
  const sha256 = await rightFile(file, landing, onBytes, signal);
  const blob = await landing.blob();
  if (file.git_sha1 && !file.bytes) await hashFile(file, blob, onBytes, signal);
  return { blob, bytes: landing.bytes, sha256 };
}

/**
 * A wrong file is fetched once more: a proxy may have spoilt it on its way.
 *
 * @param {WantedFile} file
 * @param {Landing} landing
 * @param {OnBytes} onBytes
 * @param {AbortSignal} signal
 * @returns {Promise<string>} its SHA-256
 */
async function rightFile(file, landing, onBytes, signal) {
  for (const isLast of [false, true]) {
    try {
      return await wholeFile(file, landing, onBytes, signal);
    } catch (error) {
      if (!(error instanceof WrongFile)) throw error;
      landing.restart();
      if (isLast) throw namedError("IntegrityError", `${nameOf(file)}: ${error.message}`);
    }
  }
  throw new Error("unreachable");
}

/**
 * @param {WantedFile} file
 * @param {Landing} landing
 * @param {OnBytes} onBytes
 * @param {AbortSignal} signal
 */
async function wholeFile(file, landing, onBytes, signal) {
  const urls = [...file.urls];
  const tries = new Tries();
  if (!file.sha256 && !file.git_sha1 && !landing.etag && !landing.isWhole) landing.restart();
  while (!landing.isWhole) {
    try {
      await fetchOn(file, urls, landing, onBytes, signal);
    } catch (error) {
      if (!(error instanceof Temporary)) throw error;
      await tries.pause(error, landing.bytes, signal);
    }
  }
  onBytes(landing.bytes, landing.total);
  const digests = landing.digests();
  if (!isRight(file, digests)) throw new WrongFile("its content is not what it should be");
  return digests.sha256;
}

/**
 * One request and what comes of it; returns with the file whole, or for another try without a pause.
 *
 * @param {WantedFile} file
 * @param {string[]} urls that may have it; those that do not are taken out
 * @param {Landing} landing
 * @param {OnBytes} onBytes
 * @param {AbortSignal} signal
 */
async function fetchOn(file, urls, landing, onBytes, signal) {
  const { response, watch } = await firstAnswer(file, urls, landing.bytes, signal);
  try {
    if (landing.bytes > 0 && !goesOn(response, file, landing)) {
      landing.restart();
      if (response.status !== 200) return await response.body?.cancel();
    }
    checkStatus(response, nameOf(file));
    note(response, file, landing);
    await pour(response, file, landing, watch, onBytes);
  } finally {
    watch.end();
  }
}

/**
 * @param {WantedFile} file
 * @param {string[]} urls
 * @param {number} from
 * @param {AbortSignal} signal
 */
async function firstAnswer(file, urls, from, signal) {
  let unreachable;
  for (const url of [...urls]) {
    const watch = new Watch(signal);
    try {
      const response = await request(url, from, watch);
      if (!isMissing(response.status)) return { response, watch };
      watch.end();
      urls.splice(urls.indexOf(url), 1);
      unreachable = undefined;
    } catch (error) {
      watch.end();
      if (/** @type {Error} */ (error).name === "AbortError") throw error;
      unreachable = error;
    }
  }
  throw unreachable ?? namedError("NotFoundError", `${nameOf(file)} is not there`);
}

/**
 * Whether the answer is the rest of the very file of which the beginning is here. An error status
 * says nothing against it.
 *
 * @param {Response} response
 * @param {WantedFile} file
 * @param {Landing} landing
 */
function goesOn({ status, headers }, file, landing) {
  if (status !== 206) return status !== 200 && status !== 416;
  const etag = headers.get("etag") ?? "";
  if (etag && landing.etag && etag !== landing.etag) return false;
  // Without a hash nothing but the name of the version tells two of them apart.
  if (!file.sha256 && !file.git_sha1 && !etag) return false;
  const range = contentRange(headers);
  if (!range) return true;
  return range.start === landing.bytes && (!landing.total || range.total === landing.total);
}

/**
 * `undefined` where the host does not show it to other origins; a total of "*" is 0.
 *
 * @param {Headers} headers
 */
function contentRange(headers) {
  const found = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
  return found && { start: Number(found[1]), total: Number(found[2]) || 0 };
}

/**
 * @param {Response} response that gives the file, or the rest of it
 * @param {WantedFile} file
 * @param {Landing} landing
 */
function note({ headers }, file, landing) {
  const isHashed = file.sha256 || file.git_sha1;
  if (!isHashed && headers.get("content-type")?.includes("text/html"))
    throw new WrongFile("a page of HTML came instead");
  landing.etag = headers.get("etag") ?? landing.etag;
  landing.total ||= contentRange(headers)?.total ?? 0;
}

/**
 * @param {Response} response
 * @param {WantedFile} file
 * @param {Landing} landing
 * @param {Watch} watch
 * @param {OnBytes} onBytes
 */
async function pour(response, file, landing, watch, onBytes) {
  const from = landing.bytes;
  const announced = Number(response.headers.get("content-length")) || 0;
  try {
    for await (const chunk of chunksOf(/** @type {ReadableStream} */ (response.body))) {
      watch.alive();
      landing.add(chunk);
      onBytes(landing.bytes, landing.total || from + announced);
      if (file.bytes && landing.bytes > file.bytes)
        throw new WrongFile(`it has more than ${file.bytes} bytes`);
    }
  } catch (error) {
    landing.mark();
    throw isBroken(error) ? broken(response.url, watch, error) : error;
  }
  const isComplete = announced > 0 && landing.bytes - from >= announced;
  const isPage = response.headers.get("content-type")?.includes("text/html") ?? false;
  finish(landing, isComplete || isPage);
}

/** A body that breaks off is a TypeError, and an AbortError when it was ended. @param {unknown} error */
function isBroken(error) {
  return error instanceof TypeError || /** @type {Error} */ (error).name === "AbortError";
}

/**
 * @param {string} url
 * @param {Watch} watch
 * @param {unknown} error
 */
function broken(url, watch, error) {
  watch.check(url);
  return new Temporary(`the connection to ${new URL(url).host} broke: ${error}`);
}

/**
 * The body has come to its end. Without Content-Length that may be a connection that broke.
 *
 * @param {Landing} landing
 * @param {boolean} isComplete
 */
function finish(landing, isComplete) {
  if (landing.bytes < landing.total) {
    const message = `${landing.bytes} bytes of ${landing.total}`;
    throw isComplete ? new WrongFile(message) : new Temporary(message);
  }
  landing.end();
}
