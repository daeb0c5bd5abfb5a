/** Text in a form that can be compared, and where in a text words were found. */

/** @typedef {{text: string, hit: boolean}} Snippet a part of an excerpt; `hit` is what was searched for */

const BEFORE = 40;
const AFTER = 120;

/**
 * Without case and accents. Upper case first: it has one form of the Greek sigma, and writes ß as SS.
 *
 * @param {string} text
 */
export const folded = (text) =>
  PLAIN.test(text) ? text.toLowerCase() : lowered(text.normalize("NFD").replace(/\p{M}+/gu, ""));

/** @param {string} text */
const lowered = (text) => text.toUpperCase().toLowerCase().replaceAll("ς", "σ");

const PLAIN = /^[\0-\x7f]*$/;

/**
 * @param {string} query
 * @returns {string[]}
 */
export const wordsOf = (query) => folded(query).split(/\s+/).filter(Boolean);

/**
 * The surroundings of the first word that is found, on one line.
 *
 * @param {string} text
 * @param {string[]} words folded
 * @returns {Snippet[]}
 */
export function snippetOf(text, words) {
  const { plain, places } = mapped(text);
  const first = Math.min(...words.map((word) => plain.indexOf(word)).filter((at) => at >= 0));
  const from = Number.isFinite(first) ? Math.max(0, first - BEFORE) : 0;
  const to = Math.min(plain.length, from + BEFORE + AFTER);
  const parts = [];
  let at = from;
  for (const [start, end] of hits(plain.slice(from, to), words)) {
    parts.push({ text: text.slice(places[at], places[from + start]), hit: false });
    parts.push({ text: text.slice(places[from + start], places[from + end]), hit: true });
    at = from + end;
  }
  parts.push({ text: text.slice(places[at], places[to]), hit: false });
  if (from > 0) parts.unshift({ text: "…", hit: false });
  return parts
    .map((part) => ({ ...part, text: part.text.replace(/\s+/g, " ") }))
    .filter((part) => part.text !== "");
}

/**
 * Where in the text each character of its folded form comes from.
 *
 * @param {string} text
 */
function mapped(text) {
  let plain = "";
  const places = [];
  let at = 0;
  for (const character of text) {
    const one = folded(character);
    for (let n = 0; n < one.length; n++) places.push(at);
    plain += one;
    at += character.length;
  }
  places.push(at);
  return { plain, places };
}

/**
 * @param {string} plain
 * @param {string[]} words
 * @returns {[number, number][]} from, to; in order, none within another
 */
function hits(plain, words) {
  /** @type {[number, number][]} */
  const found = [];
  for (const word of words)
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length))
      found.push([at, at + word.length]);
  found.sort(([one], [other]) => one - other);
  return found.filter(([start], place) => place === 0 || start >= Number(found[place - 1]?.[1]));
}
