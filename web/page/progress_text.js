/** Phases, bytes, speed and what is left, in words. */

import { size, sizeOf } from "./sizes.js";

/**
 * @typedef {import("../protocol").Progress} Progress
 * @typedef {Partial<Record<import("../protocol").Phase, string>>} Words
 */

/** @type {Record<import("../protocol").Phase, string>} */
const PHASES = {
  "starting-python": "Starting Python, your message waits in line",
  checking: "Checking what is needed",
  waiting: "Another tab downloads this model",
  downloading: "Downloading",
  verifying: "Verifying",
  loading: "Loading into memory",
  compiling: "Compiling for this computer",
  "warming-up": "Warming up",
};
const IN_BYTES = new Set(["downloading", "verifying"]);
// A speed from less than this is noise.
const MEASURE_S = 0.8;
const REMEMBER_S = 6;
// A pause shorter than this is usual.
const STALL_S = 5;

/** The speed of the last few seconds, and how long nothing has come. */
export class DownloadSpeed {
  /** @type {{at_s: number, loaded: number}[]} */
  #samples = [];
  #movedAt_s = 0;

  /**
   * @param {Progress} progress
   * @param {number} now_s
   */
  add({ phase, loaded }, now_s) {
    const last = this.#samples.at(-1);
    if (phase !== "downloading" || loaded !== last?.loaded) this.#movedAt_s = now_s;
    if (phase !== "downloading" || (last && loaded < last.loaded)) this.#samples = [];
    else this.#samples = this.#samples.filter(({ at_s }) => now_s - at_s < REMEMBER_S);
    this.#samples.push({ at_s: now_s, loaded });
  }

  get bytes_per_s() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at_s - first.at_s < MEASURE_S) return 0;
    return (last.loaded - first.loaded) / (last.at_s - first.at_s);
  }

  get stalled_s() {
    const stalled_s = (this.#samples.at(-1)?.at_s ?? 0) - this.#movedAt_s;
    return stalled_s < STALL_S ? 0 : stalled_s;
  }
}

/**
 * @param {Progress} progress
 * @param {{bytes_per_s: number, stalled_s: number}} speed
 * @param {Words} [words] for phases that mean something else here
 */
export function progressText({ phase, loaded, total }, { bytes_per_s, stalled_s }, words = {}) {
  const name = words[phase] ?? PHASES[phase];
  if (!IN_BYTES.has(phase) || (loaded <= 0 && stalled_s === 0)) return name;
  const parts = [total > 0 ? sizeOf(loaded, total) : size(loaded)];
  if (stalled_s > 0) parts.push(`no data for ${time(stalled_s)}`);
  else if (bytes_per_s > 0) parts.push(`${size(bytes_per_s)}/s`);
  if (stalled_s === 0 && bytes_per_s > 0 && total > loaded)
    parts.push(`${time((total - loaded) / bytes_per_s)} left`);
  return `${name} ${parts.join(" · ")}`;
}

/** @param {number} s */
function time(s) {
  if (s < 90) return `${Math.max(1, Math.round(s))} s`;
  return s < 90 * 60 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`;
}
