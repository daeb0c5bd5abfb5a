/** Every word a person reads in the settings. */

import { translated } from "./translated.js";

export const SETTINGS = translated("SETTINGS", {
  title: "Settings",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },

  sendWith: "Send with",
  language: "Language",
  asBrowser: "As the browser says",
  afterReload: "The page changes its language when it is loaded again.",
  reloadNow: "Reload now",
  answerFirst: "An answer is being written. Reload when it has ended.",

  models: "Where models come from",
  hubAddress: "Hub address",
  hubHint:
    "A URL, then other hosts that it sends files from, separated by spaces. Left empty, it is the default.",
  save: "Save",
  useDefault: "Use the default",
  saving: "Checking the address…",
  mirror: "Models that this server holds come from it; all others from the hub.",

  data: "Your data",
});

export const SETTINGS_SENTENCES = translated("SETTINGS_SENTENCES", {
  /** @param {string} address */
  defaultHub: (address) => `The default is ${address}.`,
  /** @param {string} address */
  hubInUse: (address) => `Models are fetched from ${address}.`,
  /** @param {string} address */
  addressStays: (address) => `Still in use: ${address}.`,
  defaultStays: "Still in use: the default.",
});

export const { defaultHub, hubInUse } = SETTINGS_SENTENCES;

/** @param {string} address */
export const hubStays = (address) =>
  address ? SETTINGS_SENTENCES.addressStays(address) : SETTINGS_SENTENCES.defaultStays;
