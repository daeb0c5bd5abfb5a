/** Delete everything, after a second thought: what goes is named, and it can be brought back for a while. */

import { keepingFocus } from "./dialog.js";
import { button, el } from "./dom.js";
import { quietLine } from "./notes.js";
import { alsoModels, conversationsGo, DATA } from "./strings_data.js";

// Shorter than the history holds what was removed.
const UNDO_MS = 50_000;

export class DeleteEverything {
  #around;
  #show;
  #timer = 0;
  #tick = el("input", { type: "checkbox" });
  element = el("div", {
    class: "second-thought",
    role: "group",
    "aria-label": DATA.deleteQuestion,
    hidden: true,
  });

  /**
   * @param {import("./data_section.js").DataAround} around
   * @param {(...parts: HTMLElement[]) => void} show
   */
  constructor(around, show) {
    this.#around = around;
    this.#show = show;
  }

  ask() {
    const { history, models } = this.#around;
    const conversations = history.list().length;
    const goes = el("ul", {}, el("li", {}, DATA.presetsAndSettings));
    if (conversations > 0) goes.prepend(el("li", {}, conversationsGo(conversations)));
    const { count, bytes } = models.stored();
    this.#tick.checked = false;
    const tick = el("label", { class: "choice" }, this.#tick, alsoModels(count, bytes));
    const cancel = button(DATA.cancel, () => this.close(), "firm");
    this.#show();
    this.element.replaceChildren(
      el("p", {}, DATA.deleteQuestion),
      goes,
      count > 0 ? tick : el("p", { class: "fact" }, DATA.modelsStay),
      el("div", { class: "actions" }, this.#deleteButton(), cancel),
    );
    this.element.hidden = false;
    this.element.scrollIntoView({ block: "nearest" });
    cancel.focus();
  }

  close() {
    keepingFocus(this.#section, () => {
      this.element.hidden = true;
      this.element.replaceChildren();
    });
  }

  /** What has the focus once the question is gone. */
  get #section() {
    return this.element.parentElement ?? this.element;
  }

  #deleteButton() {
    const go = async () => {
      const withModels = this.#tick.checked;
      this.close();
      await this.#delete(withModels).catch((error) => {
        console.warn(`localm: not everything was deleted: ${error}`);
        this.#show(quietLine(DATA.notDeleted));
      });
    };
    return button(DATA.delete, go, "firm alarming");
  }

  /** @param {boolean} withModels */
  async #delete(withModels) {
    const { history, models, forgetSettings, leave } = this.#around;
    await leave(history.list().map(({ id }) => id));
    const bringBack = await history.removeAll();
    const undoSettings = forgetSettings();
    const undoModels = withModels ? models.remove() : () => {};
    const undo = button(DATA.undo, () => this.#undo(bringBack, undoSettings, undoModels), "firm");
    const line = el("div", { class: "note actions" }, el("span", {}, DATA.deleted), undo);
    this.#show(line);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => keepingFocus(line, () => undo.remove()), UNDO_MS);
  }

  /**
   * @param {import("./data_section.js").Undo} bringBack
   * @param {(() => void)[]} others
   */
  async #undo(bringBack, ...others) {
    clearTimeout(this.#timer);
    try {
      for (const undo of others) undo();
      await bringBack();
      this.#show(quietLine(DATA.deletionUndone));
    } catch (error) {
      console.warn(`localm: the deletion was not undone: ${error}`);
      this.#show(quietLine(DATA.notUndone));
    }
  }
}
