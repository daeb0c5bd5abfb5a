/** The words of the list of conversations. */

export const HISTORY = {
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
};

/** @param {string} title */
export const optionsFor = (title) => `Options for ${title}`;

/** @param {Date} day */
export const monthName = (day) => day.toLocaleDateString("en", { month: "long", year: "numeric" });

/** @param {number} count */
export const found = (count) => (count === 1 ? "1 conversation" : `${count} conversations`);

/** @param {number} count */
export const otherVersions = (count) =>
  count === 1
    ? "One other version is not in this file."
    : `${count} other versions are not in this file.`;
