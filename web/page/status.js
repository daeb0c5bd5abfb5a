/** The header: the button that names the model, and the line for assistive technology beside it. */

import { byId, el } from "./dom.js";
import { deviceName, engineName } from "./strings.js";

export class Status {
  #model = byId("model", HTMLElement);
  #who = byId("who", HTMLElement);
  #activity = byId("activity", HTMLElement);
  #answered = false;

  /** @param {string} model the one that is chosen, and has not answered yet */
  chosen(model) {
    this.#answered = false;
    this.#name(model);
  }

  /**
   * @param {string} model
   * @param {string} engine
   * @param {import("../protocol").Device} device
   */
  answeredBy(model, engine, device) {
    this.#answered = true;
    this.#name(model, `${engineName(engine)} · ${deviceName(device)}`);
  }

  /** @param {string} words what is said while nobody has answered yet */
  idle(words) {
    this.activity(this.#answered ? "" : words);
  }

  /** @param {string} words "" when nothing is going on */
  activity(words) {
    // Written only when it changes: each write may be read aloud.
    if (this.#activity.textContent !== words) this.#activity.textContent = words;
  }

  /**
   * @param {string} model
   * @param {string} [by] the engine and the device that answered
   */
  #name(model, by = "") {
    const words = by ? `${model} · ${by}` : model;
    if (this.#who.textContent === words) return;
    this.#who.textContent = words;
    this.#model.textContent = model;
    if (by)
      this.#model.append(el("span", { class: "dot" }, " · "), el("span", { class: "by" }, by));
  }
}
