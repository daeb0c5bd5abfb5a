/**
 * The boot of Pyodide as a list of named steps, and the watch over it.
 */

import { namedError } from "../bridge/errors.js";

/**
 * @template T
 * @typedef {[name: string, run: (state: T) => unknown]} Step
 */

/**
 * Run the steps in order; an error says which one failed.
 *
 * @template T
 * @param {T} state
 * @param {Step<T>[]} steps
 * @param {(done: number, total: number) => void} report
 * @returns {Promise<T>}
 */
export async function runSteps(state, steps, report) {
  let done = 0;
  for (const [name, run] of steps) {
    report(done, steps.length);
    try {
      await run(state);
    } catch (error) {
      throw namedError("BootError", `${name}: ${error}`);
    }
    done += 1;
  }
  report(done, steps.length);
  return state;
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} limit_s
 * @returns {Promise<T>}
 */
export async function within(work, limit_s) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    const error = namedError("TimeoutError", `nothing after ${limit_s} seconds`);
    timer = setTimeout(reject, limit_s * 1000, error);
  });
  try {
    return await Promise.race([work, /** @type {Promise<never>} */ (late)]);
  } finally {
    clearTimeout(timer);
  }
}
