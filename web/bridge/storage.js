/** How much of the browser's storage is used, and how much may be. */

import { guarded } from "./errors.js";

/** JSON: {usage, quota} in bytes; zeros where the browser does not tell. */
export const estimate = guarded(async () => {
  const { usage = 0, quota = 0 } = await room();
  return JSON.stringify({ usage, quota });
});

/**
 * Empty where the browser does not tell: some have no such function, others throw in private windows.
 *
 * @returns {Promise<StorageEstimate>}
 */
export async function room() {
  try {
    return (await navigator.storage?.estimate?.()) ?? {};
  } catch (error) {
    console.info(`localm: the browser does not tell how much room there is: ${error}`);
    return {};
  }
}
