/** Why a conversation is not kept. */

/** @typedef {"refused" | "newer" | "broken" | "lost"} Problem */

export class HistoryError extends Error {
  /**
   * @param {string} code "no-room", "gone", or "not-kept"
   * @param {string} message
   * @param {{problem?: Problem, isHopeless?: boolean}} [more] `problem` of the whole history;
   *   `isHopeless`: what cannot be stored at all is not tried again
   */
  constructor(code, message, { problem = "broken", isHopeless = false } = {}) {
    super(message);
    this.code = code;
    this.problem = problem;
    this.isHopeless = isHopeless;
  }
}

/** @type {Record<string, Problem>} what the browser calls it */
const PROBLEMS = { VersionError: "newer", SecurityError: "refused", InvalidStateError: "refused" };
const HOPELESS = ["DataError", "DataCloneError"];

/** @param {unknown} thrown */
export function historyError(thrown) {
  if (thrown instanceof HistoryError) return thrown;
  const { name = "", message = String(thrown) } = /** @type {Error} */ (thrown ?? {});
  const code = name === "QuotaExceededError" ? "no-room" : "not-kept";
  const more = { problem: PROBLEMS[name] ?? "broken", isHopeless: HOPELESS.includes(name) };
  return new HistoryError(code, `${name}: ${message}`, more);
}
