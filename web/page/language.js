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
 * Each in its own words.
 *
 * @type {Record<Language, {name: string, tag: string, direction: "ltr" | "rtl"}>}
 */
export const LANGUAGES = {
  en: { name: "English", tag: "en", direction: "ltr" },
  de: { name: "Deutsch", tag: "de", direction: "ltr" },
  es: { name: "Español", tag: "es", direction: "ltr" },
  zh: { name: "简体中文", tag: "zh-Hans", direction: "ltr" },
  ar: { name: "العربية", tag: "ar", direction: "rtl" },
};

let current = wanted();

/** The language of the page as long as it is open; a choice counts from the next opening on. */
export const language = () => current;

/**
 * What Intl is asked for: the language as it is written in the browser's country, with the digits that the
 * names of models and addresses have everywhere.
 */
export function locale() {
  const own = navigator.languages.find((tag) => codeOf(tag) === current);
  const { tag } = LANGUAGES[current];
  try {
    return withLatinDigits(own ?? tag);
  } catch {
    // Some systems hand their own names on, such as "en-US@posix", which no Intl understands.
    return withLatinDigits(tag);
  }
}

/** @param {string} tag */
const withLatinDigits = (tag) => new Intl.Locale(tag, { numberingSystem: "latn" }).toString();

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
  return tags.map(codeOf).find(isLanguage) ?? "en";
}

/** @param {string} tag */
function codeOf(tag) {
  return tag.toLowerCase().split("-")[0] ?? "";
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
