/** The words for how far a piece of work has come. */

import { translated } from "./translated.js";

export const PROGRESS = translated("PROGRESS", {
  /** @type {Record<import("../protocol").Phase, string>} */
  phases: {
    "starting-python": "Starting Python, your message waits in line",
    checking: "Checking what is needed",
    waiting: "Another tab downloads this model",
    downloading: "Downloading",
    verifying: "Verifying",
    loading: "Loading into memory",
    compiling: "Compiling for this computer",
    "warming-up": "Warming up",
  },
  /** @param {string} part @param {string} whole "312 of 640 MB" */
  of: (part, whole) => `${part} of ${whole}`,
  /** @param {string} time */
  noDataFor: (time) => `no data for ${time}`,
  /** @param {string} time */
  left: (time) => `${time} left`,
  /** @param {string} count */
  seconds: (count) => `${count} s`,
  /** @param {string} count */
  minutes: (count) => `${count} min`,
  /** @param {string} count */
  hours: (count) => `${count} h`,
});
