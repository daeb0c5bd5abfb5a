/** The words of a message's own row, and of what can become of it. */

export const MESSAGE = {
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
  // Told to the model, so that it goes on with what it has already said.
  goOnPrompt: "Go on exactly where your last answer stops. Do not repeat any of it.",
};

/**
 * @param {number} place from 1
 * @param {number} count
 */
export const versionOf = (place, count) => `${place} / ${count}`;

/** @param {number} turns */
export const deletedTurns = (turns) =>
  turns === 1 ? "The turn was deleted." : `${turns} turns were deleted.`;
