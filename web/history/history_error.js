/** Why a conversation is not kept. */

/** @typedef {"refused" | "newer" | "broken" | "lost"} Problem */

export class HistoryError extends Error {
  /**
   * @param {string} code "no-room", "gone", or "not-kept"
   * @param {string} message
   * @param {Problem} [problem] of the whole history
   */
  constructor(code, message, problem = "broken") {
    super(message);
    this.code = code;
    this.problem = problem;
  }
}

/** @type {Record<string, Problem>} what the browser calls it */
const PROBLEMS = { VersionError: "newer", SecurityError: "refused", InvalidStateError: "refused" };

/** @param {unknown} thrown */
export function historyError(thrown) {
  if (thrown instanceof HistoryError) return thrown;
  const { name = "", message = String(thrown) } = /** @type {Error} */ (thrown ?? {});
  const code = name === "QuotaExceededError" ? "no-room" : "not-kept";
  return new HistoryError(code, `${name}: ${message}`, PROBLEMS[name] ?? "broken");
}
