/** The dialog "Settings": how the page looks, where models come from, and what is kept. */

import { AnswersSection } from "./answers_section.js";
import { DataSection } from "./data_section.js";
import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { HubSetting } from "./hub_setting.js";
import { LanguageSetting } from "./language_setting.js";
import { sendWithChoice } from "./send_with.js";
import { ANSWERS } from "./strings_answers.js";
import { SETTINGS } from "./strings_settings.js";
import { setTheme, theme } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */

/** @type {Theme[]} */
const THEMES = ["system", "light", "dark"];

export class SettingsDialog {
  #dialog = new Dialog(SETTINGS.title, "small");

  #answers;
  #hub;
  #theme = themeChoice();
  #sendWith = sendWithChoice();
  #language;

  /**
   * @param {import("./data_section.js").DataAround & {
   *   answers: import("./answers_section.js").Around, reload: () => boolean}} around
   */
  constructor(around) {
    this.#answers = new AnswersSection(around.answers);
    this.#language = new LanguageSetting(around.reload);
    this.#hub = new HubSetting(around.client);
    const data = new DataSection(around);
    data.takeDropsOn(this.#dialog.element);
    this.#dialog.onClose = () => this.#answers.close();
    this.#dialog.onOpen = () => {
      this.#answers.open();
      this.#hub.refresh();
      data.refresh();
    };
    this.#dialog.body.append(
      section(ANSWERS.title, this.#answers.element),
      this.#theme.element,
      this.#sendWith.element,
      this.#language.element,
      section(SETTINGS.models, this.#hub.element),
      section(SETTINGS.data, data.element),
    );
  }

  /** The settings have changed by themselves. */
  refresh() {
    this.#answers.refresh();
    this.#theme.refresh();
    this.#sendWith.refresh();
    this.#language.refresh();
    this.#hub.refresh();
  }

  /** Another conversation may be on screen. */
  shown() {
    if (this.#dialog.isOpen) this.#answers.shown();
  }

  open() {
    this.#dialog.open();
  }
}

function themeChoice() {
  const radios = THEMES.map((value) => {
    const radio = el("input", { type: "radio", name: "theme", value });
    radio.addEventListener("change", () => setTheme(value));
    return { value, radio };
  });
  const choices = radios.map(({ value, radio }) =>
    el("label", { class: "choice" }, radio, SETTINGS.themes[value]),
  );
  const line = el("div", { class: "choices" }, ...choices);
  const element = el("fieldset", {}, el("legend", {}, SETTINGS.theme), line);
  const refresh = () => {
    for (const { value, radio } of radios) radio.checked = theme() === value;
  };
  refresh();
  return { element, refresh };
}

/**
 * @param {string} title
 * @param {...Node} parts
 */
const section = (title, ...parts) => el("section", {}, el("h3", {}, title), ...parts);
