/** Every word a person reads about attached files and about the room in the model’s window. */

import { number, plural } from "./format.js";
import { translated } from "./translated.js";

export const ATTACHING = translated("ATTACHING", {
  attach: "Attach files",
  files: "Attached files",
  choose: "Files to attach",
  goAlong: "The attached files go along.",
  drop: "Drop text files here to attach them.",
  window: "Context window",
});

export const ATTACHING_SENTENCES = translated("ATTACHING_SENTENCES", {
  /** @param {number} count */
  tokens: (count) => plural(count, { one: "# token", other: "# tokens" }),
  /** @param {number} count */
  aboutTokens: (count) => plural(count, { one: "about # token", other: "about # tokens" }),
  /** @param {string} name */
  removeFile: (name) => `Remove ${name}`,
  /** @param {string} name */
  fileAttached: (name) => `${name} is attached.`,
  /** @param {string} name */
  fileRemoved: (name) => `${name} was removed.`,
  /** @param {string} name */
  notText: (name) => `${name} is not a text file. Only text can be attached.`,
  /** @param {string} name */
  unknownEncoding: (name) =>
    `${name} is written in an old encoding. Save it as UTF-8, then attach it again.`,
  /** @param {string} name */
  fileTooLarge: (name) => `${name} is larger than 1 MB. Attach a part of it.`,
  /** @param {string} name */
  fileEmpty: (name) => `${name} is empty.`,
  /** @param {string} name */
  fileNotRead: (name) => `${name} could not be read. Choose it again.`,
  /** @param {number} count */
  othersRefused: (count) =>
    plural(count, {
      one: "One other file was not taken either.",
      other: "# others were not taken either.",
    }),
  /** @param {string} shown characters @param {string} all */
  beginningOf: (shown, all) => `The first ${shown} of ${all} characters.`,
  /** @param {string} name */
  copyFile: (name) => `Copy ${name}`,
  /** @param {string} used @param {number} all tokens */
  windowUsed: (used, all) =>
    plural(all, { one: `${used} of # token`, other: `${used} of # tokens` }),
  /** @param {string} used @param {number} all tokens */
  windowUsedAbout: (used, all) =>
    plural(all, { one: `About ${used} of # token`, other: `About ${used} of # tokens` }),
  /** @param {number} room tokens */
  messageTooLong: (room) =>
    plural(room, {
      one: "This message is too long: # token fits. Shorten it, or attach less.",
      other: "This message is too long: # tokens fit. Shorten it, or attach less.",
    }),
  /** @param {number} room tokens */
  keptForAnswer: (room) =>
    plural(room, {
      one: "Of these, # token is kept for the answer.",
      other: "Of these, # tokens are kept for the answer.",
    }),
  /** @param {number} count */
  willBeDropped: (count) =>
    plural(count, {
      one: "The oldest message will not be read.",
      other: "The oldest # messages will not be read.",
    }),
});

export const {
  removeFile,
  fileAttached,
  fileRemoved,
  notText,
  unknownEncoding,
  fileTooLarge,
  fileEmpty,
  fileNotRead,
  othersRefused,
  copyFile,
  messageTooLong,
  keptForAnswer,
  willBeDropped,
} = ATTACHING_SENTENCES;

/**
 * @param {number} count
 * @param {boolean} isEstimate
 */
export const fileTokens = (count, isEstimate) =>
  isEstimate ? ATTACHING_SENTENCES.aboutTokens(count) : ATTACHING_SENTENCES.tokens(count);

/**
 * The beginning of a long file.
 *
 * @param {number} shown characters
 * @param {number} all
 */
export const beginningOf = (shown, all) =>
  ATTACHING_SENTENCES.beginningOf(number(shown), number(all));

/**
 * @param {number} used
 * @param {number} all
 * @param {boolean} isEstimate
 */
export const windowUsed = (used, all, isEstimate) =>
  isEstimate
    ? ATTACHING_SENTENCES.windowUsedAbout(number(used), all)
    : ATTACHING_SENTENCES.windowUsed(number(used), all);
