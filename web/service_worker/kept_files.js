/** What Workbox leaves open about the files that it keeps: their hashes, their headers, ranges. */

/** Addresses that name their content: whatever cache has one has the right one, or is broken. */
const CONTENT_NAMED = /^(app-[0-9a-f]{8,}|vendor\/[^/]+-[^/]+|models\/.+\/resolve\/[0-9a-f]{8,})\//;

/**
 * @param {URL} url
 * @param {URL} base
 */
function isContentNamed(url, base) {
  return url.href.startsWith(base.href) && CONTENT_NAMED.test(url.href.slice(base.href.length));
}

/**
 * A plug-in for Workbox's PrecacheController. Not the `integrity` that Workbox knows: a wrong body
 * would look like a missing network, and be asked of the browser's cache again and again.
 */
class KeptFiles {
  #base;
  /** @type {Map<string, string>} */
  #hashes;

  /**
   * @param {AppFile[]} files
   * @param {URL} base
   */
  constructor(files, base) {
    this.#base = base;
    this.#hashes = new Map(files.map(({ path, sha256 }) => [new URL(path, base).href, sha256]));
  }

  /**
   * The open page has brought most files into the browser's cache; Workbox would go past it.
   *
   * @param {{ request: Request, event: ExtendableEvent }} around
   */
  requestWillFetch = async ({ request, event }) => {
    if (event.type !== "install") return request;
    const named = isContentNamed(new URL(request.url), this.#base);
    return new Request(request, { cache: named ? "default" : "no-cache" });
  };

  /** @param {{ request: Request, response: Response, event: ExtendableEvent }} around */
  fetchDidSucceed = async ({ request, response, event }) => {
    if (event.type !== "install") return withPolicies(response, request);
    const sha256 = this.#hashes.get(request.url) ?? "";
    const bytes =
      (await bytesWithHash(response, sha256)) ??
      (await bytesWithHash(await fetch(request.url, { cache: "reload" }), sha256));
    if (!bytes) throw new Error(`${request.url} is not the file of this version.`);
    return new Response(bytes, { headers: headersFor(new URL(request.url)) });
  };

  /** @param {{ request: Request, cachedResponse?: Response | null }} around */
  cachedResponseWillBeUsed = async ({ request, cachedResponse }) => {
    const range = request.headers.get("range");
    return cachedResponse && range !== null ? partOf(cachedResponse, range) : cachedResponse;
  };

  /** @param {{ request: Request, response: Response }} around */
  handlerWillRespond = async ({ request, response }) => {
    const url = new URL(request.url);
    return allowedOrigins(url).length > 0 ? withHeaders(response, policiesFor(url)) : response;
  };
}

/**
 * @param {Response} response
 * @param {string} sha256
 * @returns {Promise<ArrayBuffer | undefined>} undefined when these are other bytes
 */
async function bytesWithHash(response, sha256) {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === sha256 ? bytes : undefined;
}

/**
 * One range of a kept file: transformers.js asks for a file's first byte to learn its size.
 * Anything but one plain range is answered with the whole file, as RFC 9110 (14.2) allows.
 * (workbox-range-requests answers 416 to a range that ends beyond the file, and 206 to one that
 * begins there.)
 *
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
