/** The dialog "Models": what is here, what suits this computer, and everything else. */

import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { FindView } from "./find_view.js";
import { ImportView } from "./import_view.js";
import { ModelRow } from "./model_row.js";
import { errorNote, quietLine } from "./notes.js";
import { StorageView } from "./storage_view.js";
import { TEXT } from "./strings.js";
import { MODELS } from "./strings_models.js";

/**
 * @typedef {import("../protocol").ModelInfo} ModelInfo
 * @typedef {"here" | "recommended" | "catalogue" | "added"} Group
 */

/** @type {Group[]} */
const GROUPS = ["here", "recommended", "catalogue", "added"];

export class ModelsDialog {
  #dialog = new Dialog(MODELS.title);
  #models;
  #choice;
  #around;
  #storage;
  /** @type {Map<string, ModelRow>} */
  #rows = new Map();
  #lists = new Map(GROUPS.map((group) => [group, groupSection(group)]));
  #state = el("div", { class: "dialog-state" });
  #said = el("p", { class: "unseen", "aria-live": "polite" });

  /**
   * @param {Omit<import("./model_work.js").Surroundings, "use" | "tell">} around
   * @param {(text: string) => void} tellOutside while the dialog is closed
   */
  constructor(around, tellOutside) {
    this.#models = around.models;
    this.#choice = around.choice;
    this.#storage = new StorageView(around.models);
    /** @param {string} text */
    const tell = (text) => {
      if (this.#dialog.isOpen) this.#said.textContent = text;
      else tellOutside(text);
    };
    this.#around = { ...around, tell, use: (/** @type {string} */ id) => this.use(id) };
    this.#fill();
    this.#models.onChange(() => this.#show());
    this.#choice.onChange(() => {
      for (const row of this.#rows.values()) row.refresh();
    });
    this.#dialog.onClose = () => {
      around.removals.finish();
      this.#said.textContent = "";
      for (const row of this.#rows.values()) row.settle();
    };
    this.#dialog.onOpen = () => {
      this.#arrange();
      this.#models.refresh();
    };
  }

  open() {
    this.#dialog.open();
  }

  /** @param {string} model */
  use(model) {
    this.#rows.get(model)?.use();
  }

  #fill() {
    const sections = [...this.#lists.values()].map(({ section }) => section);
    const another = [new FindView(this.#around).element, new ImportView(this.#around).element];
    this.#dialog.body.append(
      this.#storage.warning,
      this.#state,
      ...sections,
      section(MODELS.another, ...another),
      section(MODELS.storage, this.#storage.element),
      this.#said,
    );
    this.#showState();
  }

  #show() {
    this.#showState();
    const known = new Set(this.#models.list.map(({ id }) => id));
    for (const [id, row] of this.#rows)
      if (!known.has(id) && !row.isBusy) {
        row.element.remove();
        this.#rows.delete(id);
      }
    for (const info of this.#models.list) this.#showRow(info);
    if (!this.#dialog.isOpen) this.#arrange();
    this.#showGroups();
    this.#storage.refresh();
  }

  #showState() {
    const { error, list } = this.#models;
    if (error) {
      const retry = () => this.#models.refresh();
      this.#state.replaceChildren(errorNote(error, { label: TEXT.retry, act: retry }));
    } else if (list.length === 0) {
      this.#state.replaceChildren(quietLine(MODELS.asking));
    } else {
      this.#state.replaceChildren();
    }
  }

  /** @param {ModelInfo} info */
  #showRow(info) {
    const row = this.#rows.get(info.id);
    if (row) return row.update(info);
    const added = new ModelRow(info, this.#around);
    this.#rows.set(info.id, added);
    this.#lists.get(group(info))?.list.append(added.element);
  }

  /** Only while nobody looks: under somebody's hand no row changes its place. */
  #arrange() {
    const ordered = this.#models.list.toSorted((a, b) => Number(!!a.unfit) - Number(!!b.unfit));
    for (const info of ordered) {
      const row = this.#rows.get(info.id);
      if (row) this.#lists.get(group(info))?.list.append(row.element);
    }
    this.#showGroups();
  }

  #showGroups() {
    for (const { section, list } of this.#lists.values())
      section.hidden = list.childElementCount === 0;
  }
}

/** @param {ModelInfo} info */
function group({ embedded, state, recommended, origin }) {
  if (embedded || state !== "available") return "here";
  if (recommended) return "recommended";
  return origin === "hub" || origin === "files" ? "added" : "catalogue";
}

/** @param {Group} group */
function groupSection(group) {
  const list = el("ul", { class: "models", "aria-labelledby": `models-${group}` });
  const whole = section(MODELS[group], list);
  whole.querySelector("h3")?.setAttribute("id", `models-${group}`);
  whole.hidden = true;
  return { section: whole, list };
}

/**
 * @param {string} title
 * @param {...Node} parts
 */
const section = (title, ...parts) => el("section", {}, el("h3", {}, title), ...parts);
