/** How far a load has come: a phase in words, one bar, and Cancel. */

import { button, el } from "./dom.js";
import { DownloadSpeed, progressText } from "./progress_text.js";
import { loadingModel, TEXT } from "./strings.js";

export class ProgressView {
  #words = el("p", { class: "phase" });
  #bar;
  #speed = new DownloadSpeed();

  /**
   * @param {string} model
   * @param {() => void} onCancel
   */
  constructor(model, onCancel) {
    this.#bar = el("progress", { "aria-label": loadingModel(model) });
    this.element = el(
      "div",
      { class: "progress" },
      this.#words,
      el("div", { class: "bar" }, this.#bar, button(TEXT.cancel, onCancel)),
    );
  }

  /** @param {import("../protocol").Progress} progress */
  show(progress) {
    const { phase, loaded, total } = progress;
    this.#speed.add(progress, performance.now() / 1000);
    const words = progressText(progress, this.#speed);
    this.#words.textContent = words;
    this.#bar.setAttribute("aria-valuetext", words);
    this.element.dataset.phase = phase;
    if (total > 0) {
      this.#bar.max = total;
      this.#bar.value = loaded;
    } else {
      this.#bar.removeAttribute("value");
    }
  }
}
