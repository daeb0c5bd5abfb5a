/** The presets in the settings: chosen with one press, saved under a name, renamed, deleted with a way back. */

import { keepingFocus } from "./dialog.js";
import { button, el } from "./dom.js";
import { menu } from "./menu.js";
import {
  ANSWERS,
  optionsOfPreset,
  presetRemoved,
  presetReplaced,
  presetSaved,
} from "./strings_answers.js";

/**
 * @typedef {object} Prompt the system prompt that is being written
 * @property {() => string} text
 * @property {(text: string) => void} set
 */

export class PresetsView {
  #presets;
  #prompt;
  #list = el("ul", { class: "presets" });
  #form = el("div", { class: "preset-form", hidden: true });
  #save = button(ANSWERS.savePreset, () => this.#askName(), "firm");
  #outcome = el("div", { class: "outcome", "aria-live": "polite" });
  #summary = el("summary", {}, ANSWERS.presets);
  #chosen = ""; // the name of the last one, as long as it is worked on

  /**
   * @param {import("./presets.js").Presets} presets
   * @param {Prompt} prompt
   */
  constructor(presets, prompt) {
    this.#presets = presets;
    this.#prompt = prompt;
    this.element = el(
      "div",
      { class: "presets-place" },
      el("div", { class: "actions" }, this.#save),
      this.#form,
      this.#outcome,
      el("details", { class: "folded" }, this.#summary, this.#list),
    );
  }

  /** Another conversation, or another visit. */
  refresh() {
    this.#closeForm();
    this.#outcome.replaceChildren();
    this.#chosen = "";
    this.#draw();
    this.promptChanged();
  }

  promptChanged() {
    const text = this.#prompt.text();
    this.#save.disabled = !text.trim();
    if (this.#save.disabled) this.#closeForm();
    for (const row of this.#list.querySelectorAll("button[data-name]"))
      row.setAttribute(
        "aria-pressed",
        String(
          this.#presets.get(/** @type {HTMLElement} */ (row).dataset.name ?? "")?.text === text,
        ),
      );
  }

  #draw() {
    const rows = this.#presets.all().map((preset) => this.#row(preset));
    keepingFocus(this.#list, () => this.#list.replaceChildren(...rows));
    if (rows.length === 0) this.#list.append(el("li", { class: "fact" }, ANSWERS.noPresets));
    this.promptChanged();
  }

  /** @param {import("../protocol").Preset} preset */
  #row({ name, text }) {
    const use = button(name, () => this.#use(name, text), "quiet preset");
    use.dataset.name = name;
    use.title = text;
    const row = el("li", {}, use);
    row.append(
      menu(optionsOfPreset(name), () => [
        { label: ANSWERS.rename, act: () => this.#rename(row, name) },
        { label: ANSWERS.remove, alarming: true, act: () => this.#remove(name) },
      ]),
    );
    return row;
  }

  /** @param {string} name @param {string} text */
  #use(name, text) {
    const before = this.#prompt.text();
    const isOwn = before.trim() !== "" && !this.#presets.all().some((one) => one.text === before);
    this.#chosen = name;
    this.#prompt.set(text);
    this.#closeForm();
    if (isOwn) this.#tell(ANSWERS.replaced, () => this.#prompt.set(before));
    else this.#outcome.replaceChildren();
  }

  #askName() {
    const field = el("input", { type: "text", "aria-label": ANSWERS.presetName });
    field.placeholder = ANSWERS.presetName;
    field.value = this.#chosen;
    const problem = el("p", { class: "problem", "aria-live": "polite" });
    const save = () => {
      const name = field.value.trim();
      problem.textContent = name ? "" : ANSWERS.noName;
      if (name) this.#saveAs(name);
      else field.focus();
    };
    onKeys(field, save, () => this.#leaveForm());
    this.#form.replaceChildren(
      field,
      button(ANSWERS.save, save, "firm"),
      button(ANSWERS.cancel, () => this.#leaveForm()),
      problem,
    );
    this.#form.hidden = false;
    this.#outcome.replaceChildren();
    field.select();
    field.focus();
  }

  /** @param {string} name */
  #saveAs(name) {
    const isThere = this.#presets.get(name) !== undefined;
    const undo = this.#presets.save(name, this.#prompt.text());
    this.#chosen = name;
    this.#leaveForm();
    this.#draw();
    if (isThere) this.#tell(presetReplaced(name), undo);
    else this.#tell(presetSaved(name));
  }

  #leaveForm() {
    this.#closeForm();
    this.#save.focus();
  }

  #closeForm() {
    this.#form.hidden = true;
    this.#form.replaceChildren();
  }

  /** @param {string} name */
  #remove(name) {
    const undo = this.#presets.remove(name);
    this.#draw();
    this.#tell(presetRemoved(name), undo);
  }

  /**
   * @param {HTMLElement} row
   * @param {string} name
   */
  #rename(row, name) {
    const field = el("input", { type: "text", "aria-label": ANSWERS.presetName, value: name });
    /** @param {boolean} isTaken */
    const end = (isTaken) => {
      if (!row.contains(field)) return;
      const wanted = isTaken ? field.value.trim() || name : name;
      const isFree = wanted === name || !this.#presets.get(wanted);
      if (isFree) this.#presets.rename(name, wanted);
      else this.#tell(ANSWERS.nameTaken);
      this.#draw();
      this.#focusOn(isFree ? wanted : name);
    };
    onKeys(
      field,
      () => end(true),
      () => end(false),
    );
    field.addEventListener("blur", () => end(true));
    row.replaceChildren(field);
    field.select();
    field.focus();
  }

  /** @param {string} name of a preset */
  #focusOn(name) {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = this.#list.querySelectorAll("button[data-name]");
    [...rows].find(({ dataset }) => dataset.name === name)?.focus();
  }

  /**
   * @param {string} text
   * @param {() => void} [undo]
   */
  #tell(text, undo) {
    const line = el("div", { class: "note actions" }, el("span", {}, text));
    const act = () => {
      undo?.();
      this.#outcome.replaceChildren();
      this.#draw();
      this.#summary.focus();
    };
    if (undo) line.append(button(ANSWERS.undo, act, "firm"));
    this.#outcome.replaceChildren(line);
  }
}

/**
 * Enter takes what was written, Escape leaves it and nothing else.
 *
 * @param {HTMLInputElement} field
 * @param {() => void} take
 * @param {() => void} leave
 */
function onKeys(field, take, leave) {
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") take();
    else leave();
  });
}
