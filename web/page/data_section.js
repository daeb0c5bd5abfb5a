/** "Your data" in the settings: export, import, delete everything. */

import { archiveOf, archiveText } from "../history/export_json.js";
import { DeleteEverything } from "./delete_everything.js";
import { keepingFocus } from "./dialog.js";
import { button, el } from "./dom.js";
import { ImportConversations } from "./import_conversations.js";
import { quietLine } from "./notes.js";
import { saveFile } from "./save_file.js";
import { DATA, exported } from "./strings_data.js";

/**
 * @typedef {() => Promise<void>} Undo
 *
 * @typedef {object} Presets where system prompts with a name are kept
 * @property {() => readonly import("../protocol").Preset[]} list
 * @property {(presets: readonly import("../protocol").Preset[]) =>
 *   {count: number, undo: () => void}} add those that are new
 *
 * @typedef {object} Models those that were downloaded
 * @property {() => {count: number, bytes: number}} stored
 * @property {() => () => void} remove all of them, soon; gives its undo
 *
 * @typedef {object} DataAround
 * @property {import("../client.js").Client} client
 * @property {import("../history/history.js").History} history
 * @property {Presets} presets
 * @property {Models} models
 * @property {() => () => void} forgetSettings gives its undo
 * @property {(conversations: readonly string[]) => Promise<void>} leave stop their answers, and show
 *   none of them
 */

export class DataSection {
  #around;
  #outcome = el("div", { class: "outcome data-outcome", "aria-live": "polite" });
  #import;
  #delete;

  /** @param {DataAround} around */
  constructor(around) {
    this.#around = around;
    const show = (/** @type {HTMLElement[]} */ ...parts) => this.#show(...parts);
    this.#import = new ImportConversations(around, show);
    this.#delete = new DeleteEverything(around, show);
    const choose = button(DATA.import, () => this.#import.choose(), "firm");
    choose.setAttribute("aria-describedby", "import-hint");
    this.element = el(
      "div",
      { class: "data" },
      el("p", { class: "fact" }, DATA.about),
      el("p", { class: "fact", id: "import-hint" }, DATA.aboutImport),
      el(
        "div",
        { class: "actions" },
        button(DATA.export, () => this.#export(), "firm"),
        choose,
        button(DATA.deleteEverything, () => this.#delete.ask(), "firm alarming"),
      ),
      this.#import.input,
      this.#delete.element,
      this.#outcome,
    );
  }

  /** Files may be dropped on all of it. @param {HTMLElement} place */
  takeDropsOn(place) {
    this.#import.takeDropsOn(place);
  }

  /** Somebody looks again: a question that nobody answered is asked no more. */
  refresh() {
    this.#delete.close();
  }

  async #export() {
    this.#delete.close();
    const { history, presets } = this.#around;
    const conversations = await history.exportAll();
    const kept = presets.list();
    if (conversations.length + kept.length === 0)
      return this.#show(quietLine(DATA.nothingExported));
    const now = new Date();
    const name = `localm-${dayOf(now)}.json`;
    const archive = archiveOf(conversations, kept, now.getTime());
    saveFile(name, archiveText(archive), "application/json");
    this.#show(quietLine(exported(name, conversations.length)));
  }

  /** @param {HTMLElement[]} parts */
  #show(...parts) {
    keepingFocus(this.#outcome, () => this.#outcome.replaceChildren(...parts));
    this.#outcome.scrollIntoView({ block: "nearest" });
  }
}

/** As the calendar here has it. @param {Date} date */
function dayOf(date) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
