/**
 * Instances of the module transformers.js 4.3.1, one per device.
 *
 * ONNX Runtime's variant is fixed at its first session, and two promise chains inside the module stay
 * rejected for ever once a session failed to build or to run. So each device has its own instance (a
 * fragment makes the module's URL another one, and the HTTP and offline caches still know it), and an
 * instance that failed is not used again.
 */

import { namedError } from "./errors.js";
import { counted } from "./files.js";
import { DeviceWatch } from "./gpu.js";

/**
 * @typedef {typeof import("@huggingface/transformers")} Library
 * @typedef {{libraryUrl: string, ortUrl: string, device: "webgpu" | "wasm"}} Where
 * @typedef {{
 *   library: Library,
 *   watch: DeviceWatch,
 *   spoiled: boolean,
 *   fetching: Fetching | undefined,
 * }} Instance
 * @typedef {{
 *   tokenizer: import("@huggingface/transformers").PreTrainedTokenizer,
 *   model: import("@huggingface/transformers").PreTrainedModel,
 *   device: string,
 * }} Loaded
 * @typedef {{signal: AbortSignal, report: Report, loaded: number, total: number}} Fetching
 * @typedef {(phase: string, loaded: number, total: number) => void} Report
 */

const OPTIONAL_FILE = "/generation_config.json";

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
  const made = { library, watch: new DeviceWatch(), spoiled: false, fetching: undefined };
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
  env.useBrowserCache = false; // the files come with the site; its offline cache has them
  env.useWasmCache = false; // it would want blob: URLs, which the content policy forbids
  env.logLevel = LogLevel.NONE; // errors arrive as exceptions, without the prompt's tokens
  env.fetch = (url, init) => fetchInto(instance, String(url), init);
  // The plain variant is twice as fast on the CPU, and has no WebGPU.
  const name = `ort-wasm-simd-threaded${device === "webgpu" ? ".asyncify" : ""}`;
  const paths = { mjs: `${ortUrl}${name}.mjs${fragment}`, wasm: `${ortUrl}${name}.wasm` };
  if (env.backends.onnx.wasm) env.backends.onnx.wasm.wasmPaths = paths;
}

/**
 * Point the instance at a folder of files, and say where its progress goes.
 *
 * @param {Instance} instance
 * @param {string} filesUrl
 * @param {AbortSignal} signal
 * @param {Report} report
 */
export function readFrom(instance, filesUrl, signal, report) {
  const { env } = instance.library;
  // The library joins host, path and file name with slashes; an empty path would make two of them.
  env.remoteHost = new URL("../", filesUrl).href;
  env.remotePathTemplate = filesUrl.slice(env.remoteHost.length);
  instance.fetching = { signal, report, loaded: 0, total: 0 };
}

/**
 * What the library calls instead of `fetch`.
 *
 * @param {Instance} instance
 * @param {string} url
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
async function fetchInto({ fetching }, url, init) {
  const response = await fetch(url, { ...init, signal: fetching?.signal ?? null });
  if (response.status === 404 && url.endsWith(OPTIONAL_FILE)) return response;
  // The library takes a missing tokenizer for an empty one, and fails without a word about the file.
  if (!response.ok) throw namedError("NetworkError", `${url}: HTTP ${response.status}`);
  if (response.headers.get("content-type")?.includes("text/html"))
    throw namedError("NetworkError", `${url}: a page of HTML came instead of the file`);
  // The length is that of the compressed body, so only what is not compressed can be counted.
  const isCompressed = response.headers.has("content-encoding");
  const size = isCompressed ? 0 : Number(response.headers.get("content-length") ?? 0);
  // 206: the library only asks whether the file is there.
  if (!size || !fetching || response.status === 206) return response;
  fetching.total += size;
  return counted(response, (bytes) => onBytes(fetching, bytes, url));
}

/**
 * @param {Fetching} fetching
 * @param {number} bytes
 * @param {string} url
 */
function onBytes(fetching, bytes, url) {
  fetching.loaded += bytes;
  fetching.report("downloading", fetching.loaded, fetching.total);
  // Nothing tells when the runtime starts to build the session: it does once the weights are there.
  if (fetching.loaded === fetching.total && url.includes(".onnx"))
    fetching.report("compiling", 0, 0);
}
