/**
 * The memory snapshot in Cache Storage: made once by this browser, for exactly this Pyodide and wheel.
 */

import { site } from "../site.js";

const CACHE = "localm-snapshot";
// A key is a URL that nothing else asks for. It need not exist.
const KEY = `/localm-snapshot/${site.snapshotKey}`;
const REFUSED = `${KEY}/refused`;

/**
 * The snapshot, or undefined. Those of other versions are deleted.
 *
 * @returns {Promise<Uint8Array | undefined>}
 */
export async function storedSnapshot() {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys())
    if (!new URL(request.url).pathname.startsWith(KEY)) await cache.delete(request);
  const stored = await cache.match(KEY);
  return stored && new Uint8Array(await stored.arrayBuffer());
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function storeSnapshot(bytes) {
  const cache = await caches.open(CACHE);
  await cache.put(KEY, new Response(bytes));
}

/** Delete the snapshot and make no other: what did not boot once would not boot the next time. */
export async function refuseSnapshot() {
  const cache = await caches.open(CACHE);
  await cache.delete(KEY);
  await cache.put(REFUSED, new Response());
}

/** Whether there is neither a snapshot nor a reason against one. */
export async function isSnapshotWanted() {
  const cache = await caches.open(CACHE);
  return !(await cache.match(KEY)) && !(await cache.match(REFUSED));
}
