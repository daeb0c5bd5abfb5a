/**
 * Makes the memory snapshot after the first plain boot, once, when nobody has asked for anything for
 * some seconds.
 */

import { scriptUrl } from "../trusted.js";
import { isSnapshotWanted } from "./snapshot.js";
import { within } from "./steps.js";

const IDLE_S = 8;
const LIMIT_S = 120;

let lastActivity_ms = performance.now();

/** The worker is being used. */
export function noteActivity() {
  lastActivity_ms = performance.now();
}

/** A failure here costs the next visit some seconds and nothing else, so it is told and forgotten. */
export async function makeSnapshotWhenIdle() {
  try {
    await idle();
    if (await isSnapshotWanted()) await runMaker();
  } catch (error) {
    console.info(`localm: no memory snapshot was made: ${error}`);
  }
}

async function idle() {
  let idle_s = 0;
  while (idle_s < IDLE_S) {
    await new Promise((resolve) => setTimeout(resolve, (IDLE_S - idle_s) * 1000));
    idle_s = (performance.now() - lastActivity_ms) / 1000;
  }
}

async function runMaker() {
  const url = scriptUrl(new URL("snapshot_maker.js", import.meta.url));
  const maker = new Worker(url, { type: "module" });
  try {
    await within(saysDone(maker), LIMIT_S);
  } finally {
    maker.terminate();
  }
}

/** @param {Worker} maker */
function saysDone(maker) {
  return new Promise((resolve, reject) => {
    maker.onmessage = resolve;
    maker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
  });
}
