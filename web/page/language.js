/**
 * Which language the page speaks: the one that was chosen, else the first of the browser's that is there,
 * else English. Loaded before the page is painted, so that it lies on the right side at once.
 */

import { keep, kept } from "./kept.js";

/** @typedef {"en" | "de" | "es" | "zh" | "ar"} Language */

const KEY = "language";
// However slow the network is, the page is not hidden for longer than this.
const HIDDEN_MS = 3_000;

/**
 * Each in its own words. `locale` is what Intl is asked for: Arabic with the digits that the names of
 * models, sizes and addresses around them have, too.
 *
 * @type {Record<Language, {name: string, tag: string, locale: string, direction: "ltr" | "rtl"}>}
 */
export const LANGUAGES = {
  en: { name: "English", tag: "en", locale: "en", direction: "ltr" },
  de: { name: "Deutsch", tag: "de", locale: "de", direction: "ltr" },
  es: { name: "Español", tag: "es", locale: "es", direction: "ltr" },
  zh: { name: "简体中文", tag: "zh-Hans", locale: "zh-Hans", direction: "ltr" },
  ar: { name: "العربية", tag: "ar", locale: "ar-u-nu-latn", direction: "rtl" },
};

let current = wanted();

/** The language of the page as long as it is open; a choice counts from the next opening on. */
export const language = () => current;

export const locale = () => LANGUAGES[current].locale;

/** @returns {Language | ""} "" where the browser decides */
export function chosenLanguage() {
  const value = kept(KEY);
  return isLanguage(value) ? value : "";
}

/** @param {Language | ""} value */
export function chooseLanguage(value) {
  keep(KEY, value);
}

/** What the page would speak if it were opened now. */
export function wanted() {
  return chosenLanguage() || fromBrowser(navigator.languages);
}

/** The translation cannot be had. */
export function speakEnglish() {
  current = "en";
  apply();
}

/** Every word stands there in its language. */
export function showPage() {
  delete document.documentElement.dataset.untranslated;
}

/** @param {readonly string[]} tags such as "de-AT", in the order of preference @returns {Language} */
function fromBrowser(tags) {
  const codes = tags.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return codes.find(isLanguage) ?? "en";
}

/** @param {string} value @returns {value is Language} */
function isLanguage(value) {
  return Object.hasOwn(LANGUAGES, value);
}

function apply() {
  const { tag, direction } = LANGUAGES[current];
  document.documentElement.lang = tag;
  document.documentElement.dir = direction;
}

apply();
if (current !== "en") {
  document.documentElement.dataset.untranslated = "";
  setTimeout(showPage, HIDDEN_MS);
}
