/** Every word a person reads about export, import and deletion. */

import { plural } from "./format.js";
import { size } from "./sizes.js";
import { translated } from "./translated.js";

export const DATA = translated("DATA", {
  about: "Conversations, settings and models are kept in this browser and nowhere else.",
  aboutImport:
    "Import reads exports of localm, ChatGPT (conversations.json) and WebLLM Chat; a file can be dropped here, too.",
  export: "Export",
  import: "Import",
  importFiles: "Files to import",
  chooseAnother: "Choose another file",
  reading: "Reading the file…",
  readingFiles: "Reading the files…",
  starting: "Starting Python first…",
  undo: "Undo",
  importUndone: "The import was undone.",
  nothingExported: "There is nothing to export yet.",
  tooLarge: "This file is larger than 200 MB. Import it in parts.",
  notRead: "The browser could not read this file. Choose it again.",
  notStored: "The conversations could not be saved here, and none was imported.",
  noRoom:
    "The browser’s storage is full, and nothing was imported. Remove a model, or delete old conversations, then try again.",
  notUndone: "This could not be undone.",
  notDeleted: "The conversations could not be deleted.",

  deleteEverything: "Delete everything",
  deleteQuestion: "Delete everything?",
  presetsAndSettings: "Presets and settings",
  modelsStay: "Models stay.",
  delete: "Delete",
  cancel: "Cancel",
  deleted: "Everything named was deleted.",
  deletionUndone: "All of it is back.",
});

const SOURCES = { localm: "localm", chatgpt: "ChatGPT", "webllm-chat": "WebLLM Chat" };

export const DATA_SENTENCES = translated("DATA_SENTENCES", {
  /** @param {string} app */
  noneIn: (app) => `No conversations in this export of ${app}.`,
  /** @param {number} count @param {string} app */
  foundIn: (count, app) =>
    plural(count, { one: `# conversation from ${app}.`, other: `# conversations from ${app}.` }),
  /** @param {number} count @param {string} app */
  importedFrom: (count, app) =>
    plural(count, {
      one: `# conversation from ${app} was imported.`,
      other: `# conversations from ${app} were imported.`,
    }),
  allAreHere: "All of them are here already.",
  /** @param {number} count */
  imported: (count) => plural(count, { one: "# was imported.", other: "# were imported." }),
  /** @param {number} count */
  areHere: (count) => plural(count, { one: "# is here already.", other: "# are here already." }),
  /** @param {number} count */
  presetsImported: (count) =>
    plural(count, { one: "# preset was imported.", other: "# presets were imported." }),
  /** @param {string} name @param {number} count */
  exported: (name, count) =>
    plural(count, {
      one: `${name} was saved, with # conversation.`,
      other: `${name} was saved, with # conversations.`,
    }),
  /** @param {number} count */
  conversationsGo: (count) =>
    plural(count, { one: "# conversation", other: "All # conversations" }),
  /** @param {number} count @param {string} bytes */
  alsoModels: (count, bytes) =>
    plural(count, {
      one: `Also the downloaded model (${bytes})`,
      other: `Also the # downloaded models (${bytes})`,
    }),
});

export const { presetsImported, exported, conversationsGo } = DATA_SENTENCES;

/**
 * @param {number} count
 * @param {import("../protocol").ArchiveSource} source
 */
export const foundIn = (count, source) =>
  count === 0
    ? DATA_SENTENCES.noneIn(SOURCES[source])
    : DATA_SENTENCES.foundIn(count, SOURCES[source]);

/**
 * The whole of a file, without anything to add.
 *
 * @param {number} count
 * @param {import("../protocol").ArchiveSource} source
 */
export const importedFrom = (count, source) => DATA_SENTENCES.importedFrom(count, SOURCES[source]);

/**
 * What became of what was found.
 *
 * @param {number} added
 * @param {number} known
 */
export function imported(added, known) {
  if (added === 0) return known > 0 ? DATA_SENTENCES.allAreHere : "";
  const words = DATA_SENTENCES.imported(added);
  return known > 0 ? `${words} ${DATA_SENTENCES.areHere(known)}` : words;
}

/**
 * @param {number} count
 * @param {number} bytes
 */
export const alsoModels = (count, bytes) => DATA_SENTENCES.alsoModels(count, size(bytes));

/** @param {string} file @param {string} text */
export const inFile = (file, text) => `${file}: ${text}`;
