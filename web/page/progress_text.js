/** Phases, bytes, speed and what is left, in words. */

import { number } from "./format.js";
import { size, sizeOf, speed } from "./sizes.js";
import { PROGRESS } from "./strings_progress.js";

/**
 * @typedef {import("../protocol").Progress} Progress
 * @typedef {Partial<Record<import("../protocol").Phase, string>>} Words
 */

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
  const name = words[phase] ?? PROGRESS.phases[phase];
  if (!IN_BYTES.has(phase) || (loaded <= 0 && stalled_s === 0)) return name;
  const parts = [total > 0 ? sizeOf(loaded, total) : size(loaded)];
  if (stalled_s > 0) parts.push(PROGRESS.noDataFor(time(stalled_s)));
  else if (bytes_per_s > 0) parts.push(speed(bytes_per_s));
  if (stalled_s === 0 && bytes_per_s > 0 && total > loaded)
    parts.push(PROGRESS.left(time((total - loaded) / bytes_per_s)));
  return `${name} ${parts.join(" · ")}`;
}

/** @param {number} s */
function time(s) {
  if (s < 90) return PROGRESS.seconds(number(Math.max(1, Math.round(s))));
  const minutes = s / 60;
  return minutes < 90 ? PROGRESS.minutes(number(minutes)) : PROGRESS.hours(number(minutes / 60));
}
