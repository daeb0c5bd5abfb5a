/**
 * What went wrong, in the page's language. The worker's sentences are English ones: an error has a code, by
 * which it is worded here, and its own sentence goes to the details.
 */

import { translated } from "./translated.js";

/**
 * @typedef {import("../protocol").Error} WorkerError
 * @typedef {Partial<Record<string, string>>} Sentences
 */

/** @type {Sentences} */
const AS_THEY_COME = {};
const SENTENCES = translated("ERRORS", AS_THEY_COME);

/** @param {WorkerError} error @returns {WorkerError} */
export function worded(error) {
  const message = SENTENCES[error.code];
  if (!message) return error;
  return { ...error, message, detail: [error.message, error.detail].filter(Boolean).join("\n") };
}
