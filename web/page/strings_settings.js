/** Every word a person reads in the settings. */

export const SETTINGS = {
  title: "Settings",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },

  sendWith: "Send with",

  models: "Where models come from",
  hubAddress: "Hub address",
  hubHint:
    "A URL, then other hosts that it sends files from, separated by spaces. Left empty, it is the default.",
  save: "Save",
  useDefault: "Use the default",
  saving: "Checking the address…",
  mirror: "Models that this server holds come from it; all others from the hub.",

  data: "Your data",
};

/** @param {string} address */
export const defaultHub = (address) => `The default is ${address}.`;

/** @param {string} address */
export const hubInUse = (address) => `Models are fetched from ${address}.`;

/** @param {string} address */
export const hubStays = (address) => `Still in use: ${address || "the default"}.`;
