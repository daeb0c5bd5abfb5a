/** Every word a person reads about export, import and deletion. */

import { size } from "./sizes.js";

export const DATA = {
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
};

const SOURCES = { localm: "localm", chatgpt: "ChatGPT", "webllm-chat": "WebLLM Chat" };

/** @param {number} count */
const conversations = (count) => (count === 1 ? "1 conversation" : `${count} conversations`);

/**
 * @param {number} count
 * @param {import("../protocol").ArchiveSource} source
 */
export const foundIn = (count, source) =>
  count === 0
    ? `No conversations in this export of ${SOURCES[source]}.`
    : `${conversations(count)} from ${SOURCES[source]}.`;

/**
 * The whole of a file, without anything to add.
 *
 * @param {number} count
 * @param {import("../protocol").ArchiveSource} source
 */
export const importedFrom = (count, source) =>
  `${conversations(count)} from ${SOURCES[source]} ${count === 1 ? "was" : "were"} imported.`;

/**
 * What became of what was found.
 *
 * @param {number} added
 * @param {number} known
 */
export function imported(added, known) {
  if (added === 0) return known > 0 ? "All of them are here already." : "";
  const words = added === 1 ? "1 was imported" : `${added} were imported`;
  const here = known === 1 ? "1 is here already" : `${known} are here already`;
  return known > 0 ? `${words}; ${here}.` : `${words}.`;
}

/** @param {number} count */
export const presetsImported = (count) =>
  count === 1 ? "1 preset was imported." : `${count} presets were imported.`;

/**
 * @param {string} name
 * @param {number} count
 */
export const exported = (name, count) => `${name} was saved, with ${conversations(count)}.`;

/** @param {number} count */
export const conversationsGo = (count) =>
  count === 1 ? "1 conversation" : `All ${count} conversations`;

/**
 * @param {number} count
 * @param {number} bytes
 */
export const alsoModels = (count, bytes) =>
  count === 1
    ? `Also the downloaded model (${size(bytes)})`
    : `Also the ${count} downloaded models (${size(bytes)})`;

/** @param {string} file @param {string} text */
export const inFile = (file, text) => `${file}: ${text}`;
