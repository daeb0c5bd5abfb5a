/** The words of a message's own row, and of what can become of it. */

import { number, plural } from "./format.js";
import { translated } from "./translated.js";

export const MESSAGE = translated("MESSAGE", {
  versions: "Versions",
  older: "Older version",
  newer: "Newer version",
  copyPrompt: "Copy message",
  copyText: "Copy as text",
  asText: "As text",
  edit: "Edit",
  editing: "Edit message",
  saveEdit: "Send",
  edited: "Your earlier wording stays as a version of its own.",
  regenerate: "Regenerate",
  goOn: "Continue",
  remove: "Delete",
  interrupted: "This answer was interrupted.",
  elsewhere: "Another tab writes this answer.",
  earlier: "Show earlier messages",
  waits: "Another chat is being answered first",
});

/** Told to the model, so that it goes on with what it has already said; no person reads it. */
export const GO_ON_PROMPT = "Go on exactly where your last answer stops. Do not repeat any of it.";

/**
 * @param {number} place from 1
 * @param {number} count
 */
export const versionOf = (place, count) => `${number(place)} / ${number(count)}`;

export const MESSAGE_SENTENCES = translated("MESSAGE_SENTENCES", {
  /** @param {number} turns */
  deletedTurns: (turns) =>
    plural(turns, { one: "The turn was deleted.", other: "# turns were deleted." }),
});

export const { deletedTurns } = MESSAGE_SENTENCES;
