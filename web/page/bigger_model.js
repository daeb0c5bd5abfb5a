/** The welcome's one quiet line: which bigger model suits this computer, and how big it is. */

import { button, el } from "./dom.js";
import { MODELS, nameAndSize } from "./strings_models.js";

export class BiggerModel {
  element = el("p", { class: "bigger" });
  #models;
  #open;

  /**
   * @param {import("./model_store.js").ModelStore} models
   * @param {() => void} open shows the models
   */
  constructor(models, open) {
    this.#models = models;
    this.#open = open;
    models.onChange(() => this.#show());
  }

  #show() {
    const wanted = this.#models.list.find((model) => model.recommended && !model.embedded);
    const isNews = wanted?.state === "available" && wanted.download_bytes > 0;
    this.element.replaceChildren(...(isNews ? [this.#offer(wanted)] : []));
  }

  /** @param {import("../protocol").ModelInfo} model */
  #offer(model) {
    const line = button("", this.#open);
    line.append(`${MODELS.bigger} `, el("span", { class: "why" }, nameAndSize(model)));
    return line;
  }
}
