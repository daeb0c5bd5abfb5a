/**
 * Small questions to a hub: what a repository holds, where its next page is.
 */

import { namedError } from "../bridge/errors.js";
import { sleep, Temporary } from "./backoff.js";
import { request, Watch } from "./requests.js";
import { chunksOf } from "./streams.js";

const LIMIT_BYTES = 32 * 1024 * 1024;
const RETRY_AFTER_S = [0.3, 1];

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<import("./messages").Answer>}
 */
export async function readJson(url, signal) {
  for (const pause_s of [...RETRY_AFTER_S, 0]) {
    try {
      return await answer(url, signal);
    } catch (error) {
      if (!(error instanceof Temporary) || pause_s === 0) throw error;
      await sleep(pause_s, signal);
    }
  }
  throw new Error("unreachable");
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function answer(url, signal) {
  const watch = new Watch(signal);
  try {
    const response = await request(url, 0, watch);
    const text = await textOf(response, watch);
    return { status: response.status, url: response.url, link: nextLink(response), text };
  } finally {
    watch.end();
  }
}

/**
 * @param {Response} response
 * @param {Watch} watch
 */
async function textOf(response, watch) {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of response.body ? chunksOf(response.body) : []) {
      watch.alive();
      bytes += chunk.length;
      if (bytes > LIMIT_BYTES) break;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    watch.check(response.url);
    throw new Temporary(`the answer broke off: ${error}`);
  }
  if (bytes > LIMIT_BYTES)
    throw namedError("NetworkError", `${response.url}: more than ${LIMIT_BYTES} bytes`);
  return text + decoder.decode();
}

/** The Link header (RFC 8288) of a page that has a next one. @param {Response} response */
function nextLink({ headers, url }) {
  const found = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(headers.get("link") ?? "");
  return found ? new URL(String(found[1]), url).href : "";
}
