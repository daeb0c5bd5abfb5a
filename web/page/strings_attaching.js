/** The words of attached files and of the context meter. */

export const ATTACHING = {
  attach: "Attach text files",
  list: "Attached files",
  remove: "Remove",
  unnamed: "pasted text",
};

/** @param {string} name */
export const notText = (name) =>
  `${name} is not a text file, so the model cannot read it. Attach text: notes, code, CSV, JSON.`;

/** @param {string} name */
export const isTooLarge = (name) => `${name} is larger than 2 MB. Attach a part of it.`;

/**
 * @param {number} tokens
 * @param {boolean} exact
 */
export const attachedTokens = (tokens, exact) =>
  `${exact ? "" : "about "}${tokens.toLocaleString("en")} ${tokens === 1 ? "token" : "tokens"}`;
