/** The line in the header: which model, engine and device answer, and what is going on. */

import { byId } from "./dom.js";
import { deviceName, engineName, MODEL } from "./strings.js";

export class Status {
  #who = byId("who", HTMLElement);
  #activity = byId("activity", HTMLElement);

  /**
   * @param {string} engine
   * @param {import("../protocol").Device} device
   */
  answeredBy(engine, device) {
    this.#who.textContent = [MODEL.name, engineName(engine), deviceName(device)].join(" · ");
  }

  /** @param {string} words what is said while nobody has answered yet */
  idle(words) {
    this.activity(this.#who.textContent === MODEL.name ? words : "");
  }

  /** @param {string} words "" when nothing is going on */
  activity(words) {
    // Written only when it changes: each write may be read aloud.
    if (this.#activity.textContent !== words) this.#activity.textContent = words;
  }
}
