/**
 * Keeps the app for a start without its server. Workbox does the keeping and the answering; what is
 * decided here: every file is checked by its hash before it is kept, a new version waits until the
 * person takes it, and a host that sets no headers gets its policies from here.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** This version's files in the order of need: filled in by build_scripts/site.py. */
const FILES = /** @type {AppFile[]} */ (/** @type {unknown} */ ("{{files}}"));

const trusted = worker.trustedTypes?.createPolicy("app-worker", {
  createScriptURL: (address) => address,
});
for (const address of [
  "{{workbox}}/workbox-core.prod.js",
  "{{workbox}}/workbox-routing.prod.js",
  "{{workbox}}/workbox-strategies.prod.js",
  "{{workbox}}/workbox-precaching.prod.js",
  "{{app}}/service_worker/policies.js",
  "{{app}}/service_worker/kept_files.js",
])
  worker.importScripts(/** @type {string} */ (trusted?.createScriptURL(address) ?? address));

const BASE = new URL("./", worker.location.href);
const HUB = new URL("hub.json", BASE).href;
/** Held while files come in or go: what one version keeps, another must not throw away. */
const LOCK = `localm-files ${BASE.pathname}`;

// Names the caches, together with the scope: another localm on this origin has its own.
workbox.core.setCacheNameDetails({ prefix: "localm" });
const keeper = new workbox.precaching.PrecacheController({ plugins: [new KeptFiles(FILES, BASE)] });
// With the hash as its revision, a file that two versions have in common is one and the same.
keeper.addToCacheList(FILES.map(({ path, sha256 }) => ({ url: path, revision: sha256 })));

const hub = new workbox.strategies.NetworkFirst({
  plugins: [{ fetchDidSucceed: async ({ response }) => unlessServerFailed(response) }],
  fetchOptions: { cache: "no-cache" },
});
workbox.routing.registerRoute(({ url }) => url.href === HUB, hub);
workbox.routing.registerRoute(
  new workbox.precaching.PrecacheRoute(keeper, {
    cleanURLs: false,
    ignoreURLParametersMatching: [/./],
  }),
);
// Files of a version that is not kept: the page came past this worker, or before it.
workbox.routing.registerRoute(
  ({ url }) => isContentNamed(url, BASE),
  new workbox.strategies.NetworkOnly({
    plugins: [
      { fetchDidSucceed: async ({ request, response }) => withPolicies(response, request) },
    ],
  }),
);

worker.addEventListener("install", (event) => {
  event.waitUntil(navigator.locks.request(LOCK, () => keepEverything(event)));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(takeOver(event));
});

worker.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(worker.skipWaiting());
  // Also of a page that came past this worker (Shift-reload): it stays usable without its server.
  if (event.data === "page-started") event.waitUntil(takeOver(event));
});

/**
 * What an earlier attempt or an earlier version has kept is not fetched again.
 *
 * @param {ExtendableEvent} event
 */
async function keepEverything(event) {
  await keeper.install(event);
  await Promise.all(hub.handleAll({ event, request: new Request(HUB) }));
}

/** @param {ExtendableEvent} event */
async function takeOver(event) {
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock && (await isOnlyVersionInUse())) await forgetOtherVersions(event);
  });
  await worker.clients.claim();
}

/** A second page may still be an older version's, and a version on its way has its files here too. */
async function isOnlyVersionInUse() {
  const { installing, waiting } = worker.registration;
  if (installing || waiting) return false;
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.filter(({ url }) => url.startsWith(BASE.href)).length < 2;
}

/** @param {ExtendableEvent} event */
async function forgetOtherVersions(event) {
  await keeper.activate(event);
  await renewPolicies(await caches.open(keeper.strategy.cacheName), keeper.getURLsToCacheKeys());
}

/**
 * Network first does not take an answer of 502 from a proxy before a server that is gone.
 *
 * @param {Response} response
 */
function unlessServerFailed(response) {
  if (response.status >= 500) throw new Error(`${response.url}: ${response.status}`);
  return response;
}
