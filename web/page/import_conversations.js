/**
 * Files of conversations, picked or dropped. Python reads them; only when all of them could be read is
 * anything stored, in one transaction.
 */

import { failure } from "../request.js";
import { button, el } from "./dom.js";
import { errorNote, quietLine } from "./notes.js";
import { DATA, foundIn, imported, importedFrom, inFile, presetsImported } from "./strings_data.js";
import { reasonText } from "./strings_reasons.js";

/**
 * @typedef {import("../protocol").ArchivedConversation} ArchivedConversation
 * @typedef {import("../protocol").RestoreResult} RestoreResult
 * @typedef {import("../protocol").Error} WorkerError
 * @typedef {import("./data_section.js").Undo} Undo
 */

const MOST_BYTES = 200_000_000;

export class ImportConversations {
  #around;
  #show;
  #isReading = false;
  input = el("input", {
    type: "file",
    accept: ".json,application/json",
    multiple: true,
    hidden: true,
    "aria-label": DATA.importFiles,
  });

  /**
   * @param {import("./data_section.js").DataAround} around
   * @param {(...parts: HTMLElement[]) => void} show
   */
  constructor(around, show) {
    this.#around = around;
    this.#show = show;
    this.input.addEventListener("change", () => {
      const files = [...(this.input.files ?? [])];
      // The same file can be chosen again.
      this.input.value = "";
      this.#import(files);
    });
  }

  choose() {
    if (!this.#isReading) this.input.click();
  }

  /** @param {HTMLElement} place */
  takeDropsOn(place) {
    const holdsFiles = (/** @type {DragEvent} */ event) =>
      event.dataTransfer?.types.includes("Files") ?? false;
    place.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      // The composer behind would take it for an attachment.
      event.stopPropagation();
      event.preventDefault();
      place.classList.add("takes");
    });
    place.addEventListener("dragleave", ({ relatedTarget }) => {
      const isInside = relatedTarget instanceof Node && place.contains(relatedTarget);
      if (!isInside) place.classList.remove("takes");
    });
    place.addEventListener("drop", (event) => {
      place.classList.remove("takes");
      if (!holdsFiles(event)) return;
      event.stopPropagation();
      event.preventDefault();
      this.#import([...(event.dataTransfer?.files ?? [])]);
    });
  }

  /** @param {File[]} files */
  async #import(files) {
    if (files.length === 0 || this.#isReading) return;
    this.#isReading = true;
    try {
      await this.#readAndStore(files);
    } finally {
      this.#isReading = false;
    }
  }

  /** @param {File[]} files */
  async #readAndStore(files) {
    const isStarting = this.#around.client.state.phase === "starting";
    const words = files.length > 1 ? DATA.readingFiles : DATA.reading;
    this.#show(quietLine(isStarting ? `${DATA.starting} ${words}` : words));
    /** @type {RestoreResult[]} */
    const results = [];
    for (const file of files) {
      const end = await this.#read(file);
      if (end.type === "error") return this.#fail(end, files.length > 1 ? file.name : "");
      results.push(end.result);
    }
    await this.#store(results);
  }

  /**
   * @param {File} file
   * @returns {Promise<{type: "done", result: RestoreResult} | WorkerError>}
   */
  async #read(file) {
    if (file.size > MOST_BYTES) return failure("too-large", DATA.tooLarge);
    try {
      return await this.#around.client.restore(await file.text()).end();
    } catch (error) {
      // It was deleted or changed since it was chosen.
      return failure("not-read", DATA.notRead, String(error));
    }
  }

  /** @param {RestoreResult[]} results */
  async #store(results) {
    const { history, presets, leave } = this.#around;
    const found = results.flatMap(({ archive }) => archive.conversations);
    const isNew = await Promise.all(found.map((one) => this.#isNew(one)));
    const added = found.filter((_, place) => isNew[place]);
    /** @type {string[]} */
    let ids = [];
    try {
      if (added.length > 0) ids = await history.importAll(added);
    } catch (error) {
      return this.#fail(notStored(error));
    }
    const newPresets = presets.add(results.flatMap(({ archive }) => archive.presets));
    const undo = async () => {
      newPresets.undo();
      await leave(ids);
      if (ids.length > 0) await history.remove(...ids);
    };
    const lines = report(results, ids.length, found.length);
    if (newPresets.count > 0) lines.push(presetsImported(newPresets.count));
    this.#tell(lines, ids.length + newPresets.count > 0 ? undo : undefined);
  }

  /**
   * Whether it would be lost if it were not imported.
   *
   * @param {ArchivedConversation} archived
   */
  async #isNew({ conversation, messages }) {
    const { history } = this.#around;
    if (!history.get(conversation.id)) return true;
    const here = new Map((await history.messages(conversation.id)).map((one) => [one.id, one]));
    return messages.some(({ id, content }) => here.get(id)?.content !== content);
  }

  /**
   * @param {string[]} lines
   * @param {Undo} [undo]
   */
  #tell(lines, undo) {
    const parts = lines.map((line) => el("p", {}, line));
    if (undo) parts.push(el("div", { class: "actions" }, this.#undoButton(undo)));
    this.#show(el("div", { class: "note" }, ...parts));
  }

  /** @param {Undo} undo */
  #undoButton(undo) {
    return button(
      DATA.undo,
      async () => {
        const words = await undo().then(
          () => DATA.importUndone,
          (error) => {
            console.warn(`localm: the import was not undone: ${error}`);
            return DATA.notUndone;
          },
        );
        this.#show(quietLine(words));
      },
      "firm",
    );
  }

  /**
   * @param {WorkerError} error
   * @param {string} [name]
   */
  #fail(error, name = "") {
    const message = name ? inFile(name, error.message) : error.message;
    const again = { label: DATA.chooseAnother, act: () => this.choose() };
    this.#show(errorNote({ ...error, message }, again));
  }
}

/**
 * What was found, what became of it, and what was left out.
 *
 * @param {RestoreResult[]} results
 * @param {number} added
 * @param {number} found
 */
function report(results, added, found) {
  const [first] = results;
  const lines =
    first && results.length === 1 && added === found && found > 0
      ? [importedFrom(added, first.source)]
      : [
          ...results.map(({ archive, source }) => foundIn(archive.conversations.length, source)),
          imported(added, found - added),
        ];
  return [...lines, ...results.flatMap(({ skipped }) => skipped.map(reasonText))].filter(Boolean);
}

/** @param {unknown} error */
function notStored(error) {
  console.warn(`localm: an import was not stored: ${error}`);
  const isFull = /** @type {{code?: string}} */ (error).code === "no-room";
  return failure(
    isFull ? "storage-full" : "not-kept",
    isFull ? DATA.noRoom : DATA.notStored,
    String(error),
  );
}
