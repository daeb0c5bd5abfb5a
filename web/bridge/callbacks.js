/**
 * Callbacks of Python, as a library may use them.
 */

const REPORT_EVERY_MS = 100;

/**
 * Python destroys its side of a callback when the call that it was given to ends. A library that
 * comes back late must not reach it.
 *
 * @template {unknown[]} A
 * @param {(...args: A) => void} callback
 * @returns {{call: (...args: A) => void, close: () => void}}
 */
export function closable(callback) {
  let open = true;
  return {
    call: (...args) => {
      if (open) callback(...args);
    },
    close: () => {
      open = false;
    },
  };
}

/**
 * A large download would report thousands of times: what does not end or begin a phase may wait.
 *
 * @param {(phase: string, loaded: number, total: number) => void} report
 * @returns {(phase: string, loaded: number, total: number) => void}
 */
export function seldom(report) {
  let lastPhase = "";
  let last_ms = 0;
  return (phase, loaded, total) => {
    const now_ms = performance.now();
    const isNews = phase !== lastPhase || loaded >= total;
    if (!isNews && now_ms - last_ms < REPORT_EVERY_MS) return;
    lastPhase = phase;
    last_ms = now_ms;
    report(phase, loaded, total);
  };
}
