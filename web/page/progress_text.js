/** Phases, bytes, speed and what is left, in words. */

import { oneDigit } from "./strings.js";

/** @typedef {import("../protocol").Progress} Progress */

/** @type {Record<import("../protocol").Phase, string>} */
const PHASES = {
  "starting-python": "Starting Python, your message waits in line",
  checking: "Checking what this computer can do",
  downloading: "Downloading",
  loading: "Loading into memory",
  compiling: "Compiling for this computer",
  "warming-up": "Warming up",
};
const MB = 1e6;
// A speed from less than this is noise.
const MEASURE_S = 0.8;
const REMEMBER_S = 6;

/** The speed of the last few seconds. */
export class DownloadSpeed {
  /** @type {{at_s: number, loaded: number}[]} */
  #samples = [];

  /**
   * @param {Progress} progress
   * @param {number} now_s
   */
  add({ phase, loaded }, now_s) {
    const last = this.#samples.at(-1);
    if (phase !== "downloading" || (last && loaded < last.loaded)) this.#samples = [];
    else this.#samples = this.#samples.filter(({ at_s }) => now_s - at_s < REMEMBER_S);
    this.#samples.push({ at_s: now_s, loaded });
  }

  get bytes_per_s() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at_s - first.at_s < MEASURE_S) return 0;
    return (last.loaded - first.loaded) / (last.at_s - first.at_s);
  }
}

/**
 * @param {Progress} progress
 * @param {{bytes_per_s: number}} speed
 */
export function progressText({ phase, loaded, total }, { bytes_per_s }) {
  if (phase !== "downloading" || loaded <= 0) return PHASES[phase];
  const parts = [total > 0 ? `${amount(loaded)} of ${amount(total)} MB` : `${amount(loaded)} MB`];
  if (bytes_per_s > 0) parts.push(`${amount(bytes_per_s)} MB/s`);
  if (bytes_per_s > 0 && total > loaded) parts.push(`${time((total - loaded) / bytes_per_s)} left`);
  return `${PHASES[phase]} ${parts.join(" · ")}`;
}

/** @param {number} bytes */
const amount = (bytes) => oneDigit(bytes / MB);

/** @param {number} s */
const time = (s) => (s < 90 ? `${Math.max(1, Math.round(s))} s` : `${Math.round(s / 60)} min`);
