/**
 * Work that may wait, in slices: as much as fits is done at once, and the rest in later tasks, so that
 * the page always answers in between. An old conversation may hold hundreds of formulas.
 */

const SLICE_MS = 24;

/** @type {(() => void)[]} */
const queue = [];
let spent_ms = 0;
let scheduled = false;
/** @type {(() => void)[]} */
const waiting = [];

/** @param {() => void} work */
export function soon(work) {
  if (queue.length === 0 && spent_ms < SLICE_MS) run(work);
  else queue.push(work);
  schedule();
}

/** Until nothing waits. @returns {Promise<void>} */
export const allDone = () =>
  scheduled ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();

function schedule() {
  if (scheduled) return;
  scheduled = true;
  setTimeout(slice);
}

function slice() {
  scheduled = false;
  spent_ms = 0;
  while (spent_ms < SLICE_MS) {
    const work = queue.shift();
    if (!work) break;
    run(work);
  }
  if (queue.length > 0) return schedule();
  for (const resolve of waiting.splice(0)) resolve();
}

/** @param {() => void} work */
function run(work) {
  const began = performance.now();
  work();
  spent_ms += performance.now() - began;
}
