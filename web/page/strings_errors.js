/**
 * What went wrong, in the page's language. The worker's sentences are English ones: an error has a code, by
 * which it is worded here, and its own sentence goes to the details.
 */

import { reasonText } from "./strings_reasons.js";
import { translated } from "./translated.js";

/**
 * @typedef {import("../protocol").Error} WorkerError
 * @typedef {Partial<Record<string, string>>} Sentences
 */

/** @type {Sentences} */
const AS_THEY_COME = {};
const SENTENCES = translated("ERRORS", AS_THEY_COME);
// One code, but what is to be done depends on the place or the case that the worker's sentence names.
const TOLD_APART = ["bad-schema", "bad-json"];

/** @param {WorkerError} error @returns {WorkerError} */
export function worded(error) {
  const known = TOLD_APART.includes(error.code) ? reasonText(error.message) : error.message;
  const message = known === error.message ? SENTENCES[error.code] : known;
  if (!message) return error;
  return { ...error, message, detail: [error.message, error.detail].filter(Boolean).join("\n") };
}
