/**
 * How answers are to be: the system prompt and the options of a conversation. What was set last is kept
 * in this browser, and a new conversation begins with it.
 */

import { readFormat, readNumber, readStops } from "./answer_values.js";
import { keep, kept } from "./kept.js";

/**
 * @typedef {import("../protocol").ChatOptions} ChatOptions
 * @typedef {{system: string, options: ChatOptions}} AnswerSettings
 */

const KEY = "answers";

/** @returns {AnswerSettings} */
export function settingsForNew() {
  try {
    const { system, options } = JSON.parse(kept(KEY) || "{}");
    return { system: typeof system === "string" ? system : "", options: validOnly(options ?? {}) };
  } catch (error) {
    console.info(`localm: the settings of new conversations cannot be read: ${error}`);
    return { system: "", options: {} };
  }
}

/** @param {AnswerSettings} settings */
export function keepForNew({ system, options }) {
  const isBlank = !system && Object.keys(options).length === 0;
  keep(KEY, isBlank ? "" : JSON.stringify({ system, options }));
}

/**
 * What the worker would refuse is left out: another version may have kept it.
 *
 * @param {Record<string, unknown>} options
 * @returns {ChatOptions}
 */
function validOnly(options) {
  const { stop, reasoning, response_format: format, ...numbers } = options;
  /** @type {Record<string, unknown>} */
  const valid = {};
  for (const [key, value] of Object.entries(numbers))
    if (typeof value === "number") Object.assign(valid, readNumber(key, String(value)).options);
  if (Array.isArray(stop)) Object.assign(valid, readStops(stop.join("\n")).options);
  if (typeof reasoning === "boolean") valid.reasoning = reasoning;
  const { type, schema } = /** @type {any} */ (format ?? {});
  if (typeof type === "string" && typeof schema === "string")
    Object.assign(valid, readFormat(type, schema).options);
  return valid;
}
