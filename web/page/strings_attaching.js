/** Every word a person reads about attached files and about the room in the model’s window. */

export const ATTACHING = {
  attach: "Attach files",
  files: "Attached files",
  choose: "Files to attach",
  goAlong: "The attached files go along.",
  drop: "Drop text files here to attach them.",
};

export const WINDOW = {
  name: "Context window",
};

const numbers = new Intl.NumberFormat("en");

/** @param {number} count */
const tokens = (count) => `${numbers.format(count)} ${count === 1 ? "token" : "tokens"}`;

/**
 * @param {number} count
 * @param {boolean} isEstimate
 */
export const fileTokens = (count, isEstimate) =>
  isEstimate ? `about ${tokens(count)}` : tokens(count);

/** @param {string} name */
export const removeFile = (name) => `Remove ${name}`;

/** @param {string} name */
export const fileAttached = (name) => `${name} is attached.`;

/** @param {string} name */
export const fileRemoved = (name) => `${name} was removed.`;

/** @param {string} name */
export const notText = (name) => `${name} is not a text file. Only text can be attached.`;

/** @param {string} name */
export const unknownEncoding = (name) =>
  `${name} is written in an old encoding. Save it as UTF-8, then attach it again.`;

/** @param {string} name */
export const fileTooLarge = (name) => `${name} is larger than 1 MB. Attach a part of it.`;

/** @param {string} name */
export const fileEmpty = (name) => `${name} is empty.`;

/** @param {string} name */
export const fileNotRead = (name) => `${name} could not be read. Choose it again.`;

/** @param {number} count */
export const othersRefused = (count) =>
  count === 1 ? "One other file was not taken either." : `${count} others were not taken either.`;

/**
 * The beginning of a long file.
 *
 * @param {number} shown characters
 * @param {number} all
 */
export const beginningOf = (shown, all) =>
  `The first ${numbers.format(shown)} of ${numbers.format(all)} characters.`;

/** @param {string} name */
export const copyFile = (name) => `Copy ${name}`;

/**
 * @param {number} used
 * @param {number} all
 * @param {boolean} isEstimate
 */
export const windowUsed = (used, all, isEstimate) =>
  `${isEstimate ? "About " : ""}${numbers.format(used)} of ${tokens(all)}`;

/** @param {number} room tokens */
export const messageTooLong = (room) =>
  `This message is too long: ${tokens(room)} fit. Shorten it, or attach less.`;

/** @param {number} room tokens */
export const keptForAnswer = (room) => `Of these, ${tokens(room)} are kept for the answer.`;

/** @param {number} count */
export const willBeDropped = (count) =>
  count === 1
    ? "The oldest message will not be read."
    : `The oldest ${numbers.format(count)} messages will not be read.`;
