/**
 * Stands in the place of the Python worker: hands the page's calls to bridge/downloads.js as Python
 * would, and notes every byte of a file that it would have had to hold.
 */

/** @type {string[]} */
const touched = [];
for (const name of ["arrayBuffer", "bytes", "stream", "text"]) watch(Blob.prototype, name);
for (const name of ["arrayBuffer", "bytes", "json"]) watch(Response.prototype, name);

/** @param {any} prototype @param {string} name */
function watch(prototype, name) {
  const original = prototype[name];
  if (!original) return;
  prototype[name] = function (/** @type {any[]} */ ...given) {
    // The half-done files' notes are small and ours.
    if (!(this instanceof File && this.name.endsWith(".json"))) touched.push(name);
    return original.apply(this, given);
  };
}

globalThis.Worker = class extends Worker {
  /** @param {any[]} given */
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      const { result } = data;
      if (ArrayBuffer.isView(result) || result instanceof ArrayBuffer) touched.push("message");
    });
  }
};

const downloads = await import("../bridge/downloads.js");
const inMemory = await downloads.keepInMemoryIfStorageThrows();

/** @type {Map<string, AbortController>} */
const controllers = new Map();

/** @param {object} message */
const post = (message) => self.postMessage(message);

/** The parameters that Python hands over as objects; all others are text. @type {Record<string, any>} */
const WITH_SIGNAL = { readJson: 1, download: 2, verify: 2 };

self.onmessage = async ({ data: { id, call, args } }) => {
  if (call === "abort") return controllers.get(id)?.abort();
  if (call === "touched") return post({ id, kind: "end", result: touched });
  if (call === "inMemory") return post({ id, kind: "end", result: inMemory });
  const controller = new AbortController();
  controllers.set(id, controller);
  const onProgress = (/** @type {any[]} */ ...[phase, loaded, total]) =>
    post({ id, kind: "progress", phase, loaded, total });
  const rest = { 1: [controller.signal], 2: [onProgress, controller.signal] };
  try {
    const extra = rest[/** @type {1 | 2} */ (WITH_SIGNAL[call])] ?? [];
    const result = await /** @type {any} */ (downloads)[call](...args, ...extra);
    post({ id, kind: "end", result });
  } catch (error) {
    const { name, message } = /** @type {Error} */ (error);
    post({ id, kind: "end", error: name, message, isError: error instanceof Error });
  }
};
post({ id: "", kind: "ready" });
