/**
 * Errors on their way to Python: always an Error, always with a name.
 *
 * A promise that rejects with something that is not an Error (WebLLM: ExitStatus, an abort reason
 * that is a string) hangs the Python `await` for ever. So every function of the bridge that Python
 * awaits goes through `guarded`.
 */

/**
 * An Error with the name that `localm.js_errors.from_js` knows it by.
 *
 * @param {string} name
 * @param {string} message
 * @returns {Error}
 */
export function namedError(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

/**
 * @param {unknown} thrown
 * @returns {Error}
 */
export function asError(thrown) {
  // A DOMException is an Error here, but its name and message are getters of its own prototype.
  if (thrown instanceof Error) return thrown;
  const { name, message } = /** @type {{name?: unknown, message?: unknown}} */ (thrown ?? {});
  return namedError(
    typeof name === "string" ? name : "NotAnError",
    typeof message === "string" ? message : String(thrown),
  );
}

/**
 * The same function, made safe to await from Python.
 *
 * @template {unknown[]} A
 * @template R
 * @param {(...args: A) => R | Promise<R>} work
 * @returns {(...args: A) => Promise<R>}
 */
export function guarded(work) {
  return async (...args) => {
    try {
      return await work(...args);
    } catch (thrown) {
      throw asError(thrown);
    }
  };
}

/**
 * Throws as `fetch` would when the signal was raised in between.
 *
 * @param {AbortSignal} signal
 */
export function throwIfAborted(signal) {
  if (signal.aborted) throw namedError("AbortError", "stopped on request");
}
