/**
 * Web Locks, which hold across tabs. Where there are none (old browsers), nothing is locked.
 */

/**
 * @template T
 * @param {string} name
 * @param {AbortSignal} signal ends the waiting, not the work
 * @param {() => void} onWait somebody else holds it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, signal, onWait, work) {
  if (!navigator.locks) return work();
  const { taken, result } = await navigator.locks.request(
    name,
    { ifAvailable: true },
    attempt(work),
  );
  if (taken) return /** @type {T} */ (result);
  onWait();
  return navigator.locks.request(name, { signal }, work);
}

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {(lock: Lock | null) => Promise<{taken: boolean, result?: T}>}
 */
function attempt(work) {
  return async (lock) => (lock ? { taken: true, result: await work() } : { taken: false });
}
