/** The dialog "Settings": how the page looks, and where models come from. */

import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { HubSetting } from "./hub_setting.js";
import { SETTINGS } from "./strings_settings.js";
import { setTheme, theme } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */

/** @type {Theme[]} */
const THEMES = ["system", "light", "dark"];

export class SettingsDialog {
  #dialog = new Dialog(SETTINGS.title, "small");

  /** @param {import("../client.js").Client} client */
  constructor(client) {
    const hub = new HubSetting(client);
    this.#dialog.onOpen = () => hub.refresh();
    this.#dialog.body.append(
      themeChoice(),
      section(SETTINGS.models, hub.element),
      section(SETTINGS.data, el("p", { class: "fact" }, SETTINGS.dataText)),
    );
  }

  open() {
    this.#dialog.open();
  }
}

function themeChoice() {
  const choices = THEMES.map((value) => {
    const radio = el("input", { type: "radio", name: "theme", value });
    radio.checked = theme() === value;
    radio.addEventListener("change", () => setTheme(value));
    return el("label", { class: "choice" }, radio, SETTINGS.themes[value]);
  });
  const line = el("div", { class: "choices" }, ...choices);
  return el("fieldset", {}, el("legend", {}, SETTINGS.theme), line);
}

/**
 * @param {string} title
 * @param {...Node} parts
 */
const section = (title, ...parts) => el("section", {}, el("h3", {}, title), ...parts);
