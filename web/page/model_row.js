/** One model in the dialog: what it is, what it takes, and what can be done with it. */

import { keepingFocus } from "./dialog.js";
import { button, el, outsideLink } from "./dom.js";
import { EMBEDDED } from "./model_choice.js";
import { ModelWork } from "./model_work.js";
import { TEXT, whoAndWhy } from "./strings.js";
import { buildsText, facts, freed, MODELS, needs, removedModel } from "./strings_models.js";
import { reasonText } from "./strings_reasons.js";

/** @typedef {import("../protocol").ModelInfo} ModelInfo */

let rows = 0;

export class ModelRow {
  #id = `model-${++rows}`;
  #name;
  #mark = el("span", { class: "mark" });
  #about = el("div", { class: "model-about" });
  #actions = el("div", { class: "actions" });
  #work;
  #around;
  #info;
  #isRemoving = false;

  /**
   * @param {ModelInfo} info
   * @param {import("./model_work.js").Surroundings} around
   */
  constructor(info, around) {
    this.#info = info;
    this.#around = around;
    this.#name = el("h4", { id: this.#id }, info.name);
    this.#work = new ModelWork(info, around, () => this.#show());
    const title = el("div", { class: "model-title" }, this.#name, this.#mark);
    const parts = [title, this.#about, this.#actions, this.#work.element];
    this.element = el("li", { class: "model", "aria-labelledby": this.#id }, ...parts);
    this.#show();
  }

  /** Whether something goes on that its own words tell. */
  get isBusy() {
    return this.#work.isBusy || this.#isRemoving;
  }

  /** @param {ModelInfo} info */
  update(info) {
    const same = JSON.stringify(info) === JSON.stringify(this.#info);
    this.#info = info;
    this.#work.model = info;
    if (!same) this.#show();
  }

  /** The choice has changed. */
  refresh() {
    this.#show();
  }

  /** Nobody looks any more: what has been said is old when somebody does again. */
  settle() {
    this.#work.settle();
  }

  use() {
    this.element.scrollIntoView({ block: "nearest" });
    return this.#work.use();
  }

  #show() {
    if (this.#isRemoving) return;
    const { name, unfit } = this.#info;
    this.#name.textContent = name;
    this.#mark.textContent = this.#isInUse ? MODELS.inUse : "";
    this.element.classList.toggle("unfit", unfit !== "");
    const isOpen = this.#about.querySelector("details")?.open ?? false;
    keepingFocus(this.element, () => {
      this.#about.replaceChildren(...this.#describe(isOpen));
      this.#actions.replaceChildren(...(this.#work.isBusy ? [] : this.#buttons()));
    });
  }

  get #isInUse() {
    const { id, state, embedded } = this.#info;
    return this.#around.choice.current.id === id && (embedded || state === "stored");
  }

  /** @param {boolean} isOpen whether the reasons were being read */
  #describe(isOpen) {
    const { unfit, page_url } = this.#info;
    const link = page_url ? [this.#described(outsideLink(page_url, MODELS.page))] : [];
    const lines = [
      line(...needs(this.#info, this.#work.isBusy)),
      line(...facts(this.#info), ...link),
    ];
    const reason = unfit
      ? [el("p", { class: "reason", id: `${this.#id}-unfit` }, reasonText(unfit))]
      : [];
    return [...lines, this.#builds(isOpen), ...reason];
  }

  /** @param {boolean} isOpen */
  #builds(isOpen) {
    const { builds, unfit } = this.#info;
    const tried = builds.filter(({ reason }) => !reason);
    const others = builds.filter(({ reason }) => reason);
    const text = buildsText(tried.length > 0 ? tried : builds);
    if (others.length === 0 || unfit) return el("p", { class: "fact" }, text);
    const summary = el("summary", {}, text, " ", el("span", { class: "why" }, MODELS.whyNot));
    const distinct = [...Map.groupBy(others, ({ reason }) => reason).values()];
    const reasons = distinct.map((alike) => el("li", {}, whoAndWhy(alike)));
    return el(
      "details",
      { class: "fact reasons", open: isOpen },
      summary,
      el("ul", {}, ...reasons),
    );
  }

  #buttons() {
    const { state, unfit, embedded } = this.#info;
    const isHere = state === "stored" || embedded;
    const buttons = [];
    // After a failure its Retry stands below, and does the same.
    const { hasFailed } = this.#work;
    if (!this.#isInUse && !hasFailed) {
      const use = this.#button(MODELS.use, () => this.#work.use(), "firm");
      use.disabled = unfit !== "";
      buttons.push(use);
    }
    if (!isHere && !unfit && !hasFailed) {
      const label = state === "partial" ? MODELS.resume : MODELS.download;
      buttons.push(this.#button(label, () => this.#work.download()));
    }
    if (state === "stored" && !embedded)
      buttons.push(this.#button(MODELS.verify, () => this.#work.verify()));
    if (state !== "available" && !embedded)
      buttons.push(this.#button(MODELS.remove, () => this.#remove()));
    return buttons;
  }

  /**
   * @param {string} label
   * @param {() => void} onPress
   */
  #button(label, onPress, style = "quiet") {
    return this.#described(button(label, onPress, style));
  }

  /**
   * The same words stand in every row, so each says of which it is.
   *
   * @template {HTMLElement} T
   * @param {T} element
   */
  #described(element) {
    const unfit = this.#info.unfit ? ` ${this.#id}-unfit` : "";
    element.setAttribute("aria-describedby", this.#id + unfit);
    return element;
  }

  #remove() {
    const { choice, removals, tell } = this.#around;
    const before = choice.current;
    const wasChosen = before.id === this.#info.id;
    if (wasChosen) choice.choose(EMBEDDED);
    this.#isRemoving = true;
    const text = removedModel(this.#info.name, wasChosen ? EMBEDDED.name : "");
    const undo = button(
      TEXT.undo,
      () => {
        removals.undo(this.#info.id);
        if (wasChosen) choice.choose(before);
        this.#endRemoval();
      },
      "firm",
    );
    const words = el("div", { class: "removed" }, el("p", {}, text), undo);
    keepingFocus(this.element, () => {
      this.#work.clear();
      this.#mark.textContent = "";
      this.#about.replaceChildren(words);
      this.#actions.replaceChildren();
    });
    tell(text);
    removals.add(this.#info.id, (end) => this.#removed(end));
  }

  #endRemoval() {
    this.#isRemoving = false;
    this.#show();
  }

  /** @param {import("./removals.js").End} end */
  async #removed(end) {
    const { models, tell } = this.#around;
    await models.refresh();
    this.#endRemoval();
    if (end.type === "error") return this.#work.fail(end, () => this.#remove());
    this.#work.say(freed(end.result.freed_bytes));
    tell(freed(end.result.freed_bytes));
  }
}

/**
 * The dots stay at the end of a line, whatever its width.
 *
 * @param {...(string | HTMLElement)} parts
 */
const line = (...parts) =>
  el(
    "p",
    { class: "fact" },
    ...parts.flatMap((part, at) => (at > 0 ? ["\u00a0· ", part] : [part])),
  );
