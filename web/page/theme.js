/** Light, dark, or as the system is. Loaded before the page is painted, so that nothing flashes. */

import { keep, kept } from "./kept.js";

/** @typedef {"system" | "light" | "dark"} Theme */

const KEY = "theme";

/** @returns {Theme} */
export function theme() {
  const value = kept(KEY);
  return value === "light" || value === "dark" ? value : "system";
}

/** @param {Theme} value */
export function setTheme(value) {
  keep(KEY, value === "system" ? "" : value);
  apply();
}

function apply() {
  const chosen = theme();
  document.documentElement.dataset.theme = chosen;
  /** @type {NodeListOf<HTMLMetaElement>} the colour of the window's frame, for each theme */
  const frames = document.querySelectorAll("meta[name=theme-color]");
  for (const meta of frames) {
    const own = meta.dataset.theme ?? "";
    meta.media =
      chosen === "system" ? `(prefers-color-scheme: ${own})` : own === chosen ? "all" : "not all";
  }
}

apply();
