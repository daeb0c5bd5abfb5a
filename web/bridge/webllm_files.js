/**
 * The files of a WebLLM build, in the very caches where WebLLM looks for them.
 *
 * Names and keys are those of @mlc-ai/web-llm 0.2.86 (tvmjs ArtifactCache): it then finds everything
 * and fetches nothing, except a library from a host with "localhost" in its name, which it never caches.
 */

import { cachedFile, checkWasm, counted, fetchFile, parseJson } from "./files.js";

/**
 * @typedef {{modelId: string, weightsUrl: string, libraryUrl: string, needsF16: boolean}} Build
 * @typedef {{dataPath: string, nbytes: number}} Shard
 * @typedef {(phase: string, loaded: number, total: number) => void} Report
 */

const MODEL = "webllm/model";
const CONFIG = "webllm/config";
const LIBRARY = "webllm/wasm";

/**
 * Bring every file into WebLLM's caches.
 *
 * @param {Build} build
 * @param {Report} report
 * @param {AbortSignal} signal
 * @returns {Promise<number>} the weights in bytes
 */
export async function download(build, report, signal) {
  const { weightsUrl } = build;
  const config = parseJson(
    await cachedFile(CONFIG, `${weightsUrl}mlc-chat-config.json`, signal, parseJson),
  );
  for (const name of config.tokenizer_files.filter((/** @type {string} */ n) => isTokenizer(n)))
    await cachedFile(MODEL, weightsUrl + name, signal, parseJson);
  await cachedFile(LIBRARY, build.libraryUrl, signal, checkWasm);
  const manifest = `${weightsUrl}tensor-cache.json`;
  const { records } = parseJson(await cachedFile(MODEL, manifest, signal, parseJson));
  return downloadShards(weightsUrl, records, report, signal);
}

/** WebLLM reads no other JSON of the tokenizer. @param {string} name */
function isTokenizer(name) {
  return name === "tokenizer.json";
}

/**
 * @param {string} weightsUrl
 * @param {Shard[]} shards
 * @param {Report} report
 * @param {AbortSignal} signal
 */
async function downloadShards(weightsUrl, shards, report, signal) {
  const total = shards.reduce((sum, shard) => sum + shard.nbytes, 0);
  const cache = await caches.open(MODEL);
  let loaded = 0;
  for (const shard of shards) {
    const url = new URL(shard.dataPath, weightsUrl).href;
    if (await cache.match(url)) {
      loaded += shard.nbytes;
      continue;
    }
    const onBytes = (/** @type {number} */ bytes) => {
      loaded += bytes;
      report("downloading", loaded, total);
    };
    await cache.put(url, counted(await fetchFile(url, signal), onBytes, shard.nbytes));
  }
  return total;
}

/**
 * Delete what a failed load may have been caused by, so that the next one starts clean. Weights are
 * large and were checked for size: they go only when the error is about them.
 *
 * @param {Build} build
 * @param {Error} error
 */
export async function deleteSuspects(build, error) {
  const aboutWeights = /shard|record|tensor|cannot fetch|out of bounds/i.test(error.message);
  await deleteFiles(build, aboutWeights);
}

/**
 * @param {Build} build
 * @param {boolean} weightsToo
 */
export async function deleteFiles(build, weightsToo) {
  const [models, configs, libraries] = await openCaches();
  const shards = weightsToo ? await shardUrls(build) : [];
  await configs.delete(`${build.weightsUrl}mlc-chat-config.json`);
  await libraries.delete(build.libraryUrl);
  for (const name of ["tokenizer.json", "tokenizer.model", "tensor-cache.json"])
    await models.delete(build.weightsUrl + name);
  for (const url of shards) await models.delete(url);
}

/**
 * @param {Build} build
 * @returns {Promise<boolean>}
 */
export async function hasFiles(build) {
  const [models, configs, libraries] = await openCaches();
  if (!(await configs.match(`${build.weightsUrl}mlc-chat-config.json`))) return false;
  if (!(await libraries.match(build.libraryUrl))) return false;
  const shards = await shardUrls(build);
  const found = await Promise.all(shards.map((/** @type {string} */ url) => models.match(url)));
  return shards.length > 0 && found.every(Boolean);
}

/** @param {Build} build */
async function shardUrls({ weightsUrl }) {
  const stored = await (await caches.open(MODEL)).match(`${weightsUrl}tensor-cache.json`);
  const records = stored ? (await stored.json()).records : [];
  return records.map((/** @type {Shard} */ shard) => new URL(shard.dataPath, weightsUrl).href);
}

function openCaches() {
  return Promise.all([caches.open(MODEL), caches.open(CONFIG), caches.open(LIBRARY)]);
}
