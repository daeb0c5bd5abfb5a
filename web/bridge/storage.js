/** How much of the browser's storage is used, and how much may be. */

import { guarded } from "./errors.js";

/** JSON: {usage, quota} in bytes; zeros where the browser does not tell. */
export const estimate = guarded(async () => {
  /** @type {StorageEstimate} */
  const told = (await navigator.storage?.estimate().catch(() => ({}))) ?? {};
  const { usage = 0, quota = 0 } = told;
  return JSON.stringify({ usage, quota });
});
