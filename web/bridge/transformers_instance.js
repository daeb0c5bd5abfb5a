/**
 * Instances of the module transformers.js 4.3.1, one per device.
 *
 * ONNX Runtime's variant is fixed at its first session, and two promise chains inside the module stay
 * rejected for ever once a session failed to build or to run. So each device has its own instance (a
 * fragment makes the module's URL another one, and the HTTP and offline caches still know it), and an
 * instance that failed is not used again.
 */

import { counted } from "./counted.js";
import { namedError } from "./errors.js";
import { DeviceWatch } from "./gpu.js";

/**
 * @typedef {typeof import("@huggingface/transformers")} Library
 * @typedef {{libraryUrl: string, ortUrl: string, device: "webgpu" | "wasm"}} Where
 * @typedef {{
 *   library: Library,
 *   watch: DeviceWatch,
 *   spoiled: boolean,
 *   reading: Reading | undefined,
 * }} Instance
 * @typedef {{
 *   tokenizer: import("@huggingface/transformers").PreTrainedTokenizer,
 *   model: import("@huggingface/transformers").PreTrainedModel,
 *   device: string,
 * }} Loaded
 * @typedef {{report: Report, loaded: number, total: number}} Reading
 * @typedef {(phase: string, loaded: number, total: number) => void} Report
 */

const CACHE = "transformers-cache"; // the library's own name for it
const OPTIONAL_FILES = ["/generation_config.json", "/chat_template.jinja"];

/** @type {Map<string, Instance>} */
const instances = new Map();
let serial = 0;

/**
 * @param {Where} where
 * @returns {Promise<Instance>}
 */
export async function instanceFor(where) {
  const known = instances.get(where.device);
  if (known && !known.spoiled && !known.watch.lost) return known;
  serial += 1;
  const fragment = `#${where.device}-${serial}`;
  /** @type {Library} */
  const library = await import(where.libraryUrl + fragment);
  const made = { library, watch: new DeviceWatch(), spoiled: false, reading: undefined };
  configure(made, where, fragment);
  instances.set(where.device, made);
  return made;
}

/**
 * @param {Instance} instance
 * @param {Where} where
 * @param {string} fragment
 */
function configure(instance, { ortUrl, device }, fragment) {
  const { env, LogLevel } = instance.library;
  env.allowLocalModels = false;
  env.useBrowserCache = false; // `readKept` reads it, so that nothing unverified gets in
  env.useWasmCache = false; // it would want blob: URLs, which the content policy forbids
  env.logLevel = LogLevel.NONE; // errors arrive as exceptions, without the prompt's tokens
  env.fetch = (url, init) => readKept(instance, String(url), init);
  // The plain variant is twice as fast on the CPU, and has no WebGPU.
  const name = `ort-wasm-simd-threaded${device === "webgpu" ? ".asyncify" : ""}`;
  const paths = { mjs: `${ortUrl}${name}.mjs${fragment}`, wasm: `${ortUrl}${name}.wasm` };
  if (env.backends.onnx.wasm) env.backends.onnx.wasm.wasmPaths = paths;
}

/**
 * Point the instance at a folder of kept files, and say where its progress goes.
 *
 * @param {Instance} instance
 * @param {{filesUrl: string, bytes: number}} build
 * @param {Report} report
 */
export function readFrom(instance, { filesUrl, bytes }, report) {
  const { env } = instance.library;
  // The library joins host, path and file name with slashes; an empty path would make two of them.
  env.remoteHost = new URL("../", filesUrl).href;
  env.remotePathTemplate = filesUrl.slice(env.remoteHost.length);
  instance.reading = { report, loaded: 0, total: bytes };
}

/**
 * What the library calls instead of `fetch`: the network is not asked. Its own reading of its cache
 * would keep what it fetched without a look at it.
 *
 * @param {Instance} instance
 * @param {string} url
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
async function readKept({ reading }, url, init) {
  const kept = await (await caches.open(CACHE)).match(url);
  if (!kept) {
    if (OPTIONAL_FILES.some((name) => url.endsWith(name))) return new Response("", { status: 404 });
    // The library takes a missing tokenizer for an empty one, and fails without a word about it.
    throw namedError("ModelFileNotFoundError", `${url} is not in this browser`);
  }
  if (new Headers(init?.headers).has("range")) return firstByte(await kept.blob());
  return reading ? counted(kept, (bytes) => onBytes(reading, bytes, url)) : kept;
}

/** A kept text; null without one. @param {string} url */
export async function keptText(url) {
  return (await (await caches.open(CACHE)).match(url))?.text() ?? null;
}

/** The library asks for a file's first byte to learn its size. @param {Blob} file */
function firstByte(file) {
  const headers = { "content-range": `bytes 0-0/${file.size}`, "content-length": "1" };
  return new Response(file.slice(0, 1), { status: 206, headers });
}

/**
 * @param {Reading} reading
 * @param {number} bytes
 * @param {string} url
 */
function onBytes(reading, bytes, url) {
  reading.loaded += bytes;
  reading.report("loading", reading.loaded, reading.total);
  // Nothing tells when the runtime starts to build the session: it does once the weights are there.
  if (reading.loaded >= reading.total && url.includes(".onnx")) reading.report("compiling", 0, 0);
}
