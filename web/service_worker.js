/**
 * Keeps the app for a start without the server, and gives its files their policies on hosts that
 * set no headers. Installing is keeping every file of precache.json, each checked by its hash: an
 * installed version is a complete one. A new version waits until no page of the old one is open.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Names the list of files, and so the version: filled in by build_scripts/site.py. */
const PRECACHE_SHA256 = "{{precache}}";

const BASE = new URL("./", worker.location.href);
/** Files whose addresses name their content: one cache for all versions. */
const FILES = "localm-files";
/** The page, whose address is the same in every version: a cache for each. */
const PAGES = "localm-page-";
const PAGE = `${PAGES}${PRECACHE_SHA256.slice(0, 12)}`;
const CONTENT_NAMED = /^(app-[0-9a-f]{8,}|vendor\/[^/]+-[^/]+|models\/.+\/resolve\/[0-9a-f]{8,})\//;

// The same as in pyapp/localm_host/policies.py; a test compares them.
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; " +
  "trusted-types app-worker dompurify";
const SCRIPT_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types app-worker default";
const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** @typedef {{ path: string, bytes: number, sha256: string }} Entry */

worker.addEventListener("install", (event) => {
  event.waitUntil(keepEverything());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const path = pathInApp(request.url);
  if (path === undefined) return;
  if (path === "index.html") event.respondWith(networkFirst(request));
  else if (CONTENT_NAMED.test(path)) event.respondWith(cacheFirst(request, path));
});

/**
 * A path as precache.json has it; undefined for what is not below the app.
 * @param {string} address
 */
function pathInApp(address) {
  const url = new URL(address);
  if (url.origin !== BASE.origin || !url.pathname.startsWith(BASE.pathname)) return undefined;
  return url.pathname.slice(BASE.pathname.length) || "index.html";
}

async function keepEverything() {
  const list = { path: "precache.json", sha256: PRECACHE_SHA256 };
  await keep(list);
  // One after the other: the page that is open comes first.
  for (const entry of await keptList()) await keep(entry);
}

/** @returns {Promise<Entry[]>} */
async function keptList() {
  const response = await (await caches.open(PAGE)).match(new URL("precache.json", BASE));
  if (!response) throw new Error("precache.json was cleared from the cache.");
  return response.json();
}

/**
 * Keeps one file, unless an earlier attempt or an earlier version has kept it.
 * @param {Pick<Entry, "path" | "sha256">} entry
 */
async function keep({ path, sha256 }) {
  const named = CONTENT_NAMED.test(path);
  const cache = await caches.open(named ? FILES : PAGE);
  const address = new URL(path, BASE);
  if (await cache.match(address)) return;
  const bytes = await fetchBytes(address, named ? "default" : "no-cache", sha256);
  await cache.put(address, new Response(bytes, { headers: headersFor(path) }));
}

/**
 * The file with that hash; fetched once more, past the browser's cache, when the first try is not.
 * @param {URL} address
 * @param {RequestCache} mode
 * @param {string} sha256
 */
async function fetchBytes(address, mode, sha256) {
  for (const cache of [mode, /** @type {const} */ ("reload")]) {
    const response = await fetch(address, { cache });
    if (!response.ok) throw new Error(`${address.pathname}: ${response.status}`);
    const bytes = await response.arrayBuffer();
    if ((await hexDigest(bytes)) === sha256) return bytes;
  }
  throw new Error(`${address.pathname} is not the file of this version.`);
}

/** @param {ArrayBuffer} bytes */
async function hexDigest(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Other caches of this origin (the engines' models, the snapshot) are not ours to clear. */
async function forgetOldVersions() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PAGES) && name !== PAGE);
  await Promise.all(old.map((name) => caches.delete(name)));
  const wanted = new Set((await keptList()).map(({ path }) => new URL(path, BASE).href));
  const files = await caches.open(FILES);
  const stale = (await files.keys()).filter(({ url }) => !wanted.has(url));
  await Promise.all(stale.map((request) => files.delete(request)));
}

/**
 * The page, always the newest one while the server answers.
 * @param {Request} request
 */
async function networkFirst(request) {
  const kept = async () => (await caches.open(PAGE)).match(new URL("index.html", BASE));
  try {
    const response = await fetch(request);
    return response.ok ? withPolicies(response, "index.html") : ((await kept()) ?? response);
  } catch (error) {
    const page = await kept();
    if (page) return page;
    throw error;
  }
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function cacheFirst(request, path) {
  const kept = await (await caches.open(FILES)).match(new URL(path, BASE));
  if (!kept) return withPolicies(await fetch(request), path);
  const range = request.headers.get("range");
  return range === null ? kept : partOf(kept, range);
}

/**
 * One range of a kept file: transformers.js asks for a file's first byte to learn its size.
 * Anything but one plain range is answered with the whole file, as RFC 9110 (14.2) allows.
 * @param {Response} kept
 * @param {string} range
 */
async function partOf(kept, range) {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range);
  if (!asked) return kept;
  const file = await kept.blob();
  const start = Number(asked[1]);
  const end = Math.min(asked[2] ? Number(asked[2]) + 1 : file.size, file.size);
  const headers = new Headers(kept.headers);
  if (start >= end) {
    headers.set("content-range", `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-range", `bytes ${start}-${end - 1}/${file.size}`);
  headers.set("content-length", String(end - start));
  return new Response(file.slice(start, end), { status: 206, headers });
}

/**
 * As it came where the host sets the headers; with ours where it does not.
 * @param {Response} response
 * @param {string} path
 */
function withPolicies(response, path) {
  if (!response.ok || response.headers.has("cross-origin-embedder-policy")) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(policiesFor(path))) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}

/** @param {string} path */
function headersFor(path) {
  return { "content-type": mediaType(path), ...policiesFor(path) };
}

/** @param {string} path */
function policiesFor(path) {
  if (path.endsWith(".html")) return { ...ISOLATION, "content-security-policy": PAGE_POLICY };
  if (/\.m?js$/.test(path)) return { ...ISOLATION, "content-security-policy": SCRIPT_POLICY };
  return ISOLATION;
}

/** @type {Record<string, string>} */
const MEDIA_TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};

/** @param {string} path */
function mediaType(path) {
  const suffix = path.slice(path.lastIndexOf(".") + 1);
  return MEDIA_TYPES[suffix] ?? "application/octet-stream";
}
