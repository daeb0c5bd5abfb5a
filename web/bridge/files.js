/**
 * Fetches model files so that a wrong body is an error that names the file, and is never stored.
 *
 * The libraries check little: WebLLM keeps a page of HTML as the model's program, and transformers.js
 * checks no type. They find in their caches what was verified here.
 */

import { namedError } from "./errors.js";

/** @typedef {(newBytes: number) => void} OnBytes */

/**
 * `fetch`, but a status other than 2xx and a page of HTML are errors.
 *
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<Response>}
 */
export async function fetchFile(url, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw namedError("NetworkError", `${url}: HTTP ${response.status}`);
  if (response.headers.get("content-type")?.includes("text/html"))
    throw namedError("NetworkError", `${url}: a page of HTML came instead of the file`);
  return response;
}

/**
 * The same response, with its bytes counted as they pass and, where the size is known, checked.
 *
 * @param {Response} response
 * @param {OnBytes} onBytes
 * @param {number} [expectedBytes]
 * @returns {Response}
 */
export function counted(response, onBytes, expectedBytes) {
  let bytes = 0;
  const counter = new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
    flush() {
      if (expectedBytes !== undefined && bytes !== expectedBytes)
        throw namedError("NetworkError", `${response.url}: ${bytes} bytes of ${expectedBytes}`);
    },
  });
  const { status, headers } = response;
  return new Response(response.body?.pipeThrough(counter), { status, headers });
}

/**
 * The bytes of a small file from the cache; fetched, verified and stored when it is not there.
 *
 * @param {string} cacheName
 * @param {string} url
 * @param {AbortSignal} signal
 * @param {(bytes: ArrayBuffer) => void} verify throws when the body is not what it should be
 * @returns {Promise<ArrayBuffer>}
 */
export async function cachedFile(cacheName, url, signal, verify) {
  const cache = await caches.open(cacheName);
  const stored = await cache.match(url);
  if (stored) return stored.arrayBuffer();
  const response = await fetchFile(url, signal);
  const bytes = await response.arrayBuffer();
  try {
    verify(bytes);
  } catch (error) {
    throw namedError("NetworkError", `${url}: ${error}`);
  }
  await cache.put(url, new Response(bytes, { headers: response.headers }));
  return bytes;
}

/** @param {ArrayBuffer} bytes */
export function parseJson(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** @param {ArrayBuffer} bytes */
export function checkWasm(bytes) {
  const magic = String.fromCharCode(...new Uint8Array(bytes, 0, 4));
  if (magic !== "\0asm") throw namedError("CompileError", "this is not a WebAssembly module");
}
