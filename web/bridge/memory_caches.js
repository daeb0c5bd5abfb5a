/**
 * Cache Storage in memory, for browsers that refuse it (private windows): as much of it as the engines
 * and we use. All is gone with the worker.
 */

/** One named cache. */
class MemoryCache {
  /** @type {Map<string, {body: Blob, headers: [string, string][]}>} */
  #entries = new Map();

  /** @param {RequestInfo | URL} key */
  async match(key) {
    const found = this.#entries.get(addressOf(key));
    return found && new Response(found.body, { headers: found.headers });
  }

  /**
   * @param {RequestInfo | URL} key
   * @param {Response} response
   */
  async put(key, response) {
    if (!response.ok) throw new TypeError(`${addressOf(key)}: HTTP ${response.status}`);
    const headers = [...response.headers];
    // A copy: the response may read from a file that is deleted once it is stored here.
    const body = new Blob([await response.arrayBuffer()]);
    this.#entries.set(addressOf(key), { body, headers });
  }

  /** @param {RequestInfo | URL} key */
  async add(key) {
    await this.put(key, await fetch(key));
  }

  /** @param {(RequestInfo | URL)[]} keys */
  async addAll(keys) {
    await Promise.all(keys.map((key) => this.add(key)));
  }

  /** @param {RequestInfo | URL} key */
  async delete(key) {
    return this.#entries.delete(addressOf(key));
  }

  async keys() {
    return Array.from(this.#entries.keys(), (address) => new Request(address));
  }
}

/** All caches of this worker. */
class MemoryCaches {
  /** @type {Map<string, MemoryCache>} */
  #caches = new Map();

  /** @param {string} name */
  async open(name) {
    const cache = this.#caches.get(name) ?? new MemoryCache();
    this.#caches.set(name, cache);
    return cache;
  }

  /** @param {string} name */
  async has(name) {
    return this.#caches.has(name);
  }

  /** @param {string} name */
  async delete(name) {
    return this.#caches.delete(name);
  }

  async keys() {
    return [...this.#caches.keys()];
  }

  /** @param {RequestInfo | URL} key */
  async match(key) {
    for (const cache of this.#caches.values()) {
      const found = await cache.match(key);
      if (found) return found;
    }
    return undefined;
  }
}

/** @param {RequestInfo | URL} key */
function addressOf(key) {
  const { href } = new URL(key instanceof Request ? key.url : key, self.location.href);
  return href.replace(/#.*$/, "");
}

/** Whether files of this worker are kept in memory alone. */
export function isInMemory() {
  return /** @type {unknown} */ (globalThis.caches) instanceof MemoryCaches;
}

/**
 * Puts the memory in the place of Cache Storage where that throws. To be called before anything uses
 * `caches`.
 *
 * @returns {Promise<boolean>} whether it was necessary
 */
export async function keepInMemoryIfStorageThrows() {
  if (await isUsable()) return false;
  console.warn("localm: this browser refuses storage: files are kept in memory, for this visit");
  const value = new MemoryCaches();
  Object.defineProperty(globalThis, "caches", { value, configurable: true });
  return true;
}

async function isUsable() {
  const key = new URL("localm-storage-probe", self.location.href);
  try {
    const cache = await caches.open("localm-models");
    await cache.put(key, new Response());
    return await cache.delete(key);
  } catch (error) {
    return /** @type {Error} */ (error).name === "QuotaExceededError"; // full, but there
  }
}
