/** The words of the list of conversations. */

import { month, plural } from "./format.js";
import { translated } from "./translated.js";

export const HISTORY = translated("HISTORY", {
  title: "Conversations",
  show: "Show conversations",
  hide: "Hide conversations",
  search: "Search conversations",
  none: "Your conversations will be listed here. They stay in this browser.",
  nothingFound: "Nothing found.",
  results: "Search results",
  pinned: "Pinned",
  today: "Today",
  yesterday: "Yesterday",
  thisWeek: "Previous 7 days",
  thisMonth: "Previous 30 days",
  untitled: "Untitled",
  rename: "Rename",
  newTitle: "Title",
  pin: "Pin",
  unpin: "Unpin",
  asMarkdown: "Save as Markdown",
  remove: "Delete",
  removed: "The conversation was deleted.",
  isGone: "That conversation is not here any more.",
  notKept:
    "This conversation could not be saved in the browser. Export it before you close the page.",
  noRoom:
    "The browser’s storage is full, so this conversation is not saved. Remove a model, or delete old conversations.",
  refused:
    "This browser keeps no conversations here (a private window?). They are gone when the page closes.",
  lost: "The browser’s storage was cleared, so nothing is saved until the page is reloaded. What is on screen stays there.",
  newer:
    "Your conversations were saved by a newer version of localm. Reload the page to get it; until then nothing is saved.",
  broken:
    "The saved conversations cannot be opened. Reload the page; if that does not help, start anew without them.",
  reset: "Start anew",
});

export const HISTORY_SENTENCES = translated("HISTORY_SENTENCES", {
  /** @param {string} title */
  optionsFor: (title) => `Options for ${title}`,
  /** @param {number} count */
  found: (count) => plural(count, { one: "# conversation", other: "# conversations" }),
  /** @param {number} count */
  otherVersions: (count) =>
    plural(count, {
      one: "One other version is not in this file.",
      other: "# other versions are not in this file.",
    }),
});

export const { optionsFor, found, otherVersions } = HISTORY_SENTENCES;

export const monthName = month;
