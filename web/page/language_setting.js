/** Which language the page speaks. A page in the middle of things is not turned over: it is loaded anew. */

import { el } from "./dom.js";
import { chooseLanguage, chosenLanguage, LANGUAGES, language, wanted } from "./language.js";
import { actionLine, quietLine } from "./notes.js";
import { SETTINGS } from "./strings_settings.js";

/** @typedef {import("./language.js").Language} Language */

export class LanguageSetting {
  #select = el("select", { id: "language", "aria-describedby": "language-outcome" });
  #outcome = el("div", { id: "language-outcome", class: "outcome", "aria-live": "polite" });
  #reload;

  /** @param {() => boolean} reload false when it must not be now */
  constructor(reload) {
    this.#reload = reload;
    this.#select.append(...options());
    this.#select.addEventListener("change", () => {
      chooseLanguage(/** @type {Language | ""} */ (this.#select.value));
      this.#show();
    });
    const label = el("label", { for: "language" }, SETTINGS.language);
    this.element = el("div", { class: "language-setting" }, label, this.#select, this.#outcome);
    this.refresh();
  }

  refresh() {
    this.#select.value = chosenLanguage();
    this.#show();
  }

  #show() {
    const isOther = wanted() !== language();
    const line = () =>
      actionLine(SETTINGS.afterReload, SETTINGS.reloadNow, () => {
        if (!this.#reload()) this.#outcome.replaceChildren(quietLine(SETTINGS.answerFirst));
      });
    this.#outcome.replaceChildren(...(isOther ? [line()] : []));
  }
}

function options() {
  const names = Object.entries(LANGUAGES).map(([value, { name, tag }]) =>
    el("option", { value, lang: tag }, name),
  );
  return [el("option", { value: "" }, SETTINGS.asBrowser), ...names];
}
