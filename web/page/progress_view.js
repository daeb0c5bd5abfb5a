/** How far a load has come: a phase in words, one bar, and Cancel. */

import { button, el } from "./dom.js";
import { DownloadSpeed, progressText } from "./progress_text.js";
import { TEXT } from "./strings.js";

export class ProgressView {
  #words = el("p", { class: "phase" });
  #bar;
  #speed = new DownloadSpeed();
  #phases;

  /**
   * @param {string} name what is under way, for the bar
   * @param {() => void} onCancel
   * @param {import("./progress_text.js").Words} [phases] in other words than usual
   */
  constructor(name, onCancel, phases) {
    this.#phases = phases;
    this.#bar = el("progress", { "aria-label": name });
    this.element = el(
      "div",
      { class: "progress" },
      this.#words,
      el("div", { class: "bar" }, this.#bar, button(TEXT.cancel, onCancel)),
    );
  }

  /** @param {string} words what is waited for before it can be said how far it is */
  wait(words) {
    this.#say(words);
    this.#bar.removeAttribute("value");
  }

  /** @param {import("../protocol").Progress} progress */
  show(progress) {
    const { phase, loaded, total } = progress;
    this.#speed.add(progress, performance.now() / 1000);
    this.#say(progressText(progress, this.#speed, this.#phases));
    this.element.dataset.phase = phase;
    if (total > 0) {
      this.#bar.max = total;
      this.#bar.value = loaded;
    } else {
      this.#bar.removeAttribute("value");
    }
  }

  /** @param {string} words */
  #say(words) {
    this.#words.textContent = words;
    this.#bar.setAttribute("aria-valuetext", words);
  }
}
