/** The catalogue in the page's language. English is written where it is used and needs no further file. */

import { language, speakEnglish } from "./language.js";

/** @typedef {import("./languages/translation").Translation} Translation */

/** @type {Record<string, () => Promise<{translation: Translation}>>} */
const FILES = {
  de: () => import("./languages/de.js"),
  es: () => import("./languages/es.js"),
  zh: () => import("./languages/zh.js"),
  ar: () => import("./languages/ar.js"),
};

const translation = await load();

/**
 * A part of the catalogue: the English words that are handed over, or what stands for them.
 *
 * @template Part
 * @param {keyof Translation} name
 * @param {Part} english
 * @returns {Part}
 */
export function translated(name, english) {
  const part = /** @type {unknown} */ (translation?.[name]);
  return part ? /** @type {Part} */ (part) : english;
}

/** Before anything is shown, because every module takes its words when it begins. */
async function load() {
  try {
    return (await FILES[language()]?.())?.translation;
  } catch (error) {
    console.warn(`localm: the page stays English, its translation failed to load: ${error}`);
    speakEnglish();
    return undefined;
  }
}
