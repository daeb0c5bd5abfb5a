/**
 * What is typed in the settings of answers, as options of a chat. The limits are those of the wire
 * (pyapp/localm/chat_input.py), so that nothing is sent that would be refused.
 */

import { mustBeNumber, mustBeWhole, notJson, outOfRange, VALUES } from "./strings_answers.js";

/**
 * @typedef {import("../protocol").ChatOptions} ChatOptions
 * @typedef {{options: ChatOptions} | {options?: undefined, problem: string}} Read what was typed as options,
 *   or what is wrong with it, in a sentence
 *
 * @typedef {object} NumberField
 * @property {keyof ChatOptions} key
 * @property {number} min
 * @property {number} max
 * @property {number} step of the arrow keys
 * @property {boolean} [isWhole]
 * @property {boolean} [isAboveMin] the least is not allowed itself
 */

const MOST_TOKENS = 2 ** 31 - 1;
const MOST_STOPS = 8;

/** @type {NumberField[]} in the order of the settings */
export const NUMBER_FIELDS = [
  { key: "temperature", min: 0, max: 2, step: 0.1 },
  { key: "top_p", min: 0, max: 1, step: 0.05, isAboveMin: true },
  { key: "top_k", min: 1, max: MOST_TOKENS, step: 1, isWhole: true },
  { key: "max_tokens", min: 1, max: MOST_TOKENS, step: 1, isWhole: true },
  { key: "presence_penalty", min: -2, max: 2, step: 0.1 },
  { key: "frequency_penalty", min: -2, max: 2, step: 0.1 },
  {
    key: "seed",
    min: -Number.MAX_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    step: 1,
    isWhole: true,
  },
];

/**
 * @param {string} key
 * @param {string} text "" leaves it to the model
 * @returns {Read}
 */
export function readNumber(key, text) {
  const field = NUMBER_FIELDS.find((one) => one.key === key);
  if (!field || !text.trim()) return { options: {} };
  const value = Number(text);
  if (!Number.isFinite(value)) return { problem: mustBeNumber };
  if (field.isWhole && !Number.isInteger(value)) return { problem: mustBeWhole };
  const isTooLow = field.isAboveMin ? value <= field.min : value < field.min;
  return isTooLow || value > field.max
    ? { problem: outOfRange(field) }
    : { options: { [key]: value } };
}

/** @param {string} text one in each line @returns {Read} */
export function readStops(text) {
  const stop = [...new Set(text.split("\n").filter((line) => line !== ""))];
  if (stop.length > MOST_STOPS) return { problem: VALUES.tooManyStops };
  return { options: stop.length > 0 ? { stop } : {} };
}

/**
 * @param {string} type "text" leaves the answer as it comes
 * @param {string} schema
 * @returns {Read}
 */
export function readFormat(type, schema) {
  if (type === "json_object") return { options: { response_format: { type, schema: "" } } };
  if (type !== "json_schema") return { options: {} };
  const problem = schemaProblem(schema);
  return problem ? { problem } : { options: { response_format: { type, schema } } };
}

/** @param {string} text */
function schemaProblem(text) {
  if (!text.trim()) return VALUES.noSchema;
  try {
    const schema = JSON.parse(text);
    const isObject = typeof schema === "object" && schema !== null && !Array.isArray(schema);
    return isObject ? "" : VALUES.noObject;
  } catch (error) {
    return notJson(String(error));
  }
}
