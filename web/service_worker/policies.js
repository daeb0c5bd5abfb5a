/** What a file may do, said in its headers: for hosts that set none, and for what is kept. */

// The same as in pyapp/localm_host/policies.py; a test compares them.
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
  "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
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

/** The scripts that may reach other origins, and only those that their address names. */
const OUTBOUND = ["/worker/download_worker.js", "/worker/image_worker.js"];
const ORIGIN =
  /^https?:\/\/(?:(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?|\[[0-9a-f:]+\](?::\d{1,5})?)$/;

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
  woff2: "font/woff2",
};

/** @param {URL} url */
function headersFor(url) {
  const suffix = url.pathname.slice(url.pathname.lastIndexOf(".") + 1);
  const type = MEDIA_TYPES[suffix] ?? "application/octet-stream";
  return { "content-type": type, ...policiesFor(url) };
}

/**
 * @param {URL} url
 * @returns {Record<string, string>}
 */
function policiesFor(url) {
  if (/\.html$|\/$/.test(url.pathname))
    return { ...ISOLATION, "content-security-policy": PAGE_POLICY };
  if (/\.m?js$/.test(url.pathname))
    return { ...ISOLATION, "content-security-policy": scriptPolicy(url) };
  return ISOLATION;
}

/** @param {URL} url */
function scriptPolicy(url) {
  const self = "connect-src 'self'";
  return SCRIPT_POLICY.replace(self, [self, ...allowedOrigins(url)].join(" "));
}

/** @param {URL} url */
function allowedOrigins({ pathname, searchParams }) {
  if (!OUTBOUND.some((end) => pathname.endsWith(end))) return [];
  return searchParams.getAll("connect").filter((origin) => ORIGIN.test(origin));
}

/**
 * As it came where the host sets the headers; with ours where it does not.
 *
 * @param {Response} response
 * @param {Request} request
 */
function withPolicies(response, request) {
  if (!response.ok || response.headers.has("cross-origin-embedder-policy")) return response;
  return withHeaders(response, policiesFor(new URL(request.url)));
}

/**
 * @param {Response} response
 * @param {Record<string, string>} changed
 */
function withHeaders(response, changed) {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(changed)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}

/**
 * A file that an earlier version has kept gets the policies of this one.
 *
 * @param {Cache} cache
 * @param {Map<string, string>} keys by address
 */
async function renewPolicies(cache, keys) {
  for (const [address, key] of keys) {
    const kept = await cache.match(key);
    const headers = headersFor(new URL(address));
    if (kept && Object.entries(headers).some(([name, value]) => kept.headers.get(name) !== value))
      await cache.put(key, new Response(kept.body, { headers }));
  }
}
