/**
 * The module worker's entry: boots Python and hands it every message of the page.
 *
 * The page's side of the boot (web/client.js):
 *   - Messages may be posted from the very first moment: they wait here, in order.
 *   - While Python starts: `progress` with id "boot", phase "starting-python", loaded/total in steps.
 *   - `error` with id "" and code "snapshot-bad": the stored memory snapshot did not boot. It is deleted
 *     already. This worker answers nothing more: end it, start another with `?boot=plain`, and post
 *     everything again that has had no end.
 *   - `error` with id "" and code "boot-failed": Python does not start here. The worker is of no use.
 *   - Otherwise `ready` comes, as the answer to `hello`.
 *
 * `pyodide` is a global of this worker, for whoever looks in with the developer tools.
 */

import { keepInMemoryIfStorageThrows, stash } from "../bridge/downloads.js";
import { asError } from "../bridge/errors.js";
import { noteNewDevices } from "../bridge/gpu.js";
import { guardedImport } from "../bridge/modules.js";
import { site } from "../site.js";
import { admitOwnScripts } from "../trusted.js";
import { bootFromSnapshot, bootPlain, siteUrl, unpackPackages } from "./boot.js";
import { makeSnapshotWhenIdle, noteActivity } from "./idle_snapshot.js";
import { refuseSnapshot, storedSnapshot } from "./snapshot.js";
import { within } from "./steps.js";

// Far more than a slow computer needs; a download over a slow line may take most of it.
const BOOT_LIMIT_S = 300;

/** @type {string[]} */
const waiting = [];
/** @type {(text: string) => void} */
let handle = (text) => waiting.push(text);

self.onmessage = ({ data }) => {
  noteActivity();
  // Files of this computer are the one message that is not JSON text: they cross as handles.
  if (typeof data === "string") handle(data);
  else stash(data.ticket, data.files);
};

noteNewDevices();
admitOwnScripts();
await main(await keepInMemoryIfStorageThrows());

/** @param {boolean} isInMemory what is stored is gone with this worker */
async function main(isInMemory) {
  const isPlain = new URLSearchParams(location.search).get("boot") === "plain";
  const snapshot = isPlain ? undefined : await findSnapshot();
  try {
    const pyodide = await within(boot(snapshot), BOOT_LIMIT_S);
    Object.assign(globalThis, { pyodide });
    console.info(`localm: boot success from=${snapshot ? "snapshot" : "plain"}`);
    startPython(pyodide);
  } catch (thrown) {
    return snapshot ? refuse(asError(thrown)) : fail(asError(thrown));
  }
  if (snapshot) await restoreFiles();
  else if (!isPlain && !isInMemory) makeSnapshotWhenIdle();
}

/** What is already imported works without its files, so this may fail. */
async function restoreFiles() {
  try {
    await unpackPackages(/** @type {any} */ (globalThis).pyodide);
  } catch (error) {
    console.warn(`localm: the packages' files are not there: ${error}`);
  }
}

/** @param {Uint8Array | undefined} snapshot */
function boot(snapshot) {
  return snapshot ? bootFromSnapshot(report, snapshot) : bootPlain(report);
}

async function findSnapshot() {
  try {
    return await storedSnapshot();
  } catch (error) {
    // Cache Storage may be closed to us (private windows): the plain boot needs none.
    console.info(`localm: no memory snapshot: ${error}`);
    return undefined;
  }
}

/** @param {import("pyodide").PyodideAPI} pyodide */
function startPython(pyodide) {
  const browser = pyodide.pyimport("localm.browser");
  handle = browser.start(JSON.stringify(configuration()), guardedImport);
  browser.destroy();
  for (const text of waiting.splice(0)) handle(text);
}

/** `localm.browser.Config`: absolute URLs. */
function configuration() {
  const { mlc, onnx } = /** @type {import("../site.js").ModelBuilds} */ (site.models.guide);
  return {
    base: siteUrl("../"),
    bridge: siteUrl("bridge/"),
    webllm: siteUrl(site.webllm),
    transformers: siteUrl(site.transformers),
    ort: siteUrl(site.ort),
    guide: {
      mlc: { ...mlc, url: siteUrl(mlc.url) },
      onnx: { ...onnx, url: siteUrl(onnx.url) },
    },
  };
}

/**
 * @param {number} loaded
 * @param {number} total
 */
function report(loaded, total) {
  post({ type: "progress", id: "boot", phase: "starting-python", loaded, total });
}

/** @param {Error} error */
async function refuse(error) {
  console.warn(`localm: the memory snapshot does not boot: ${error}`);
  await refuseSnapshot();
  const message = "A faster start did not work. The app starts the usual way.";
  post({ type: "error", id: "", code: "snapshot-bad", message, detail: String(error), offer: "" });
  self.close();
}

/** @param {Error} error */
function fail(error) {
  console.error(`localm: the boot failed: ${error}`);
  const message = "Python did not start in this browser. Reload the page, or try another browser.";
  post({ type: "error", id: "", code: "boot-failed", message, detail: String(error), offer: "" });
}

/** @param {import("../protocol").WorkerMessage} message */
function post(message) {
  self.postMessage(JSON.stringify(message));
}
