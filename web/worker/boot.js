/**
 * Boots Pyodide with the package `localm` in it, plainly or from a memory snapshot.
 */

import { namedError } from "../bridge/errors.js";
import { site } from "../site.js";
import { runSteps } from "./steps.js";

/**
 * @typedef {import("pyodide").PyodideAPI} Pyodide
 * @typedef {{pyodide?: Pyodide, archives?: Promise<ArrayBuffer[]>}} State
 * @typedef {(done: number, total: number) => void} Report
 */

const folder = new URL("../", import.meta.url); // app-<hash>/, where site.js is

/**
 * What a URL in site.js means.
 *
 * @param {string} relative
 */
export function siteUrl(relative) {
  return new URL(relative, folder).href;
}

/**
 * @param {Report} report
 * @param {object} [options] for loadPyodide
 * @returns {Promise<Pyodide>}
 */
export async function bootPlain(report, options = {}) {
  const { pyodide } = await runSteps(
    /** @type {State} */ ({}),
    [
      ["check the content policy", checkWasmIsAllowed],
      ["ask for the packages", askForArchives],
      ["load Pyodide", (state) => loadPyodide(state, options)],
      ["unpack the packages", unpackArchives],
      ["import the package", importPackage],
    ],
    report,
  );
  return /** @type {Pyodide} */ (pyodide);
}

/**
 * The snapshot holds all modules of the package, but no file system: `unpackPackages` may follow, and
 * nothing waits for it.
 *
 * @param {Report} report
 * @param {Uint8Array} snapshot
 * @returns {Promise<Pyodide>}
 */
export async function bootFromSnapshot(report, snapshot) {
  const { pyodide } = await runSteps(
    /** @type {State} */ ({}),
    [
      ["check the content policy", checkWasmIsAllowed],
      ["load Pyodide", (state) => loadPyodide(state, { _loadSnapshot: snapshot })],
      ["import the package", importPackage],
    ],
    report,
  );
  return /** @type {Pyodide} */ (pyodide);
}

/**
 * Our package's files and micropip, for whoever imports or inspects what the snapshot does not hold.
 *
 * @param {Pyodide} pyodide
 */
export async function unpackPackages(pyodide) {
  const state = { pyodide };
  askForArchives(state);
  await unpackArchives(state);
}

/** Under a policy without 'wasm-unsafe-eval' loadPyodide never settles; this throws at once. */
function checkWasmIsAllowed() {
  const emptyModule = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  return new WebAssembly.Module(emptyModule);
}

/** @param {State} state */
function askForArchives(state) {
  state.archives = Promise.all(
    [site.wheel, site.micropip].map((name) => fetchBytes(siteUrl(name))),
  );
  state.archives.catch(() => {}); // it is awaited a step later
}

/** @param {string} url */
async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw namedError("NetworkError", `${url}: HTTP ${response.status}`);
  return response.arrayBuffer();
}

/**
 * @param {State} state
 * @param {object} options
 */
async function loadPyodide(state, options) {
  const indexURL = siteUrl(site.pyodide);
  const { loadPyodide: load } = await import(`${indexURL}pyodide.mjs`);
  const { lock } = site;
  state.pyodide = await load({
    indexURL,
    lockFileContents: lock,
    packageBaseUrl: indexURL,
    ...options,
  });
}

/** Not installed: that would take micropip a third of a second for what takes 12 ms. @param {State} state */
async function unpackArchives({ pyodide, archives }) {
  for (const archive of (await archives) ?? []) pyodide?.unpackArchive(archive, "wheel");
}

/** It imports all others. @param {State} state */
function importPackage({ pyodide }) {
  pyodide?.pyimport("localm.browser").destroy();
}
