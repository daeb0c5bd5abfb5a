/**
 * The one place where an address becomes a script's: for `new Worker`, and for the service worker.
 * The page's content security policy admits no other policy of ours (`trusted-types app-worker`).
 */

/**
 * Passes only scripts of our own origin.
 * @param {string} address
 * @returns {string}
 */
function ownScript(address) {
  const url = new URL(address, self.location.href);
  if (url.origin !== self.location.origin) {
    throw new TypeError(`A script from ${url.origin} is not ours to run.`);
  }
  return url.href;
}

/** @type {Pick<TrustedTypePolicy, "createScriptURL"> | undefined} */
let policy;

/**
 * A script's address in the form that the browser accepts: a TrustedScriptURL where it knows them.
 * @param {string | URL} address absolute, or relative to the page
 * @returns {string} for TypeScript; where Trusted Types exist it is one
 */
export function scriptUrl(address) {
  policy ??= self.trustedTypes?.createPolicy("app-worker", { createScriptURL: ownScript });
  const text = String(address);
  return /** @type {string} */ (
    /** @type {unknown} */ (policy?.createScriptURL(text) ?? ownScript(text))
  );
}

/**
 * In the module worker, once: lets ONNX Runtime start its threads, which are scripts of our origin.
 * It asks for no policy by name, so the one named `default` answers.
 */
export function admitOwnScripts() {
  self.trustedTypes?.createPolicy("default", { createScriptURL: ownScript });
}
