/**
 * Where a text is a formula: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, as extensions of marked. Money is
 * none: the signs must stand close to what they enclose, and a closing `$` before no digit.
 */

/**
 * @typedef {import("marked").TokenizerExtension} TokenizerExtension
 * @typedef {import("marked").Tokens.Generic} Token
 */

// Longer ones are no formulas, and looking for their end would take time at each sign.
const MAX_LENGTH = 4000;
/** @type {Record<string, string>} */
const CLOSING = { $$: "$$", "\\[": "\\]", "\\(": "\\)" };

const EMPTY_LINE = /\n[ \t]*\n/;
const END_OF_LINE = /^[ \t]*(?:\n|$)/;
const OPENS_BLOCK = /^ {0,3}(\$\$|\\\[)/;
const OPENS_LATER_LINE = /\n(?= {0,3}(?:\$\$|\\\[))/g;
const DOLLARS = /^\$(?!\s)((?:\\.|[^\\$\n`]){1,1000})\$(?!\d)([A-Za-z]?)/;
const FREE_DOLLAR = /(?<![0-9A-Za-z\\])\$/;
// "$5, or ten" is a price even where another dollar follows.
const PRICE = /^\d[\d.,]*[,;:]?\s+[A-Za-z]{2}/;
const TEX_SIGN = /[\\^_=+<>{}]/;
// Writers of Markdown put a backslash before a bracket that is no link.
const NO_ESCAPED_BRACKET = /[\\^_=+<>{}]|^\s/;

/** @type {TokenizerExtension} */
const block = {
  name: "mathBlock",
  level: "block",
  start: startOfBlock,
  tokenizer: blockFormula,
};

/** @type {TokenizerExtension} */
const inline = {
  name: "mathInline",
  level: "inline",
  start: startOfInline,
  tokenizer: (text) => between(text) ?? betweenDollars(text),
};

export const MATH_SYNTAX = [block, inline];

/**
 * For marked's look-out for `*` and `_`: those in a formula mark no emphasis.
 *
 * @param {string} text
 */
export const maskFormulas = (text) =>
  text.includes("$")
    ? text.replace(/(?<![0-9A-Za-z\\])\$(?!\s)(?:\\.|[^\\$\n`]){1,1000}\$(?![0-9A-Za-z])/g, masked)
    : text;

/** @param {string} formula */
const masked = (formula) => `[${"a".repeat(formula.length - 2)}]`;

/**
 * Only as far as the paragraph goes that is looked through.
 *
 * @param {string} text
 */
function startOfBlock(text) {
  const end = text.indexOf("\n\n");
  const paragraph = end < 0 ? text : text.slice(0, end);
  for (const { index } of paragraph.matchAll(OPENS_LATER_LINE))
    if (blockFormula(text.slice(index + 1))) return index + 1;
  return undefined;
}

/**
 * @param {string} text
 * @returns {Token | undefined}
 */
function blockFormula(text) {
  const opening = OPENS_BLOCK.exec(text);
  const sign = opening?.[1];
  if (!opening || !sign) return undefined;
  const from = opening[0].length;
  const found = upTo(CLOSING[sign] ?? "", text, from);
  const rest = found && END_OF_LINE.exec(text.slice(from + found.length + 2));
  if (!found || !rest || !isFormula(sign, found)) return undefined;
  const raw = text.slice(0, from + found.length + 2 + rest[0].length);
  return { type: "mathBlock", raw, text: `${sign}${found}${CLOSING[sign]}` };
}

/** @param {string} text */
function startOfInline(text) {
  if (!text.includes("$")) return undefined;
  const at = text.search(FREE_DOLLAR);
  return at < 0 ? undefined : at;
}

/**
 * @param {string} text
 * @returns {Token | undefined}
 */
function between(text) {
  const sign = text.slice(0, 2);
  const closing = CLOSING[sign];
  if (!closing) return undefined;
  const found = upTo(closing, text, 2);
  if (!found || !isFormula(sign, found)) return undefined;
  const raw = text.slice(0, found.length + 4);
  return { type: "mathInline", raw, text: raw };
}

/**
 * @param {string} text
 * @returns {Token | undefined}
 */
function betweenDollars(text) {
  const [, inner = "", next] = DOLLARS.exec(text) ?? [];
  if (!inner || /\s$/.test(inner)) return undefined;
  const isPlain = !TEX_SIGN.test(inner);
  if (isPlain && (PRICE.test(inner) || (next && inner.length > 1))) return undefined;
  const raw = `$${inner}$`;
  return { type: "mathInline", raw, text: raw };
}

/**
 * @param {string} closing
 * @param {string} text
 * @param {number} from
 */
function upTo(closing, text, from) {
  const near = text.slice(from, from + MAX_LENGTH);
  const end = near.indexOf(closing);
  return end < 0 ? undefined : near.slice(0, end);
}

/**
 * @param {string} sign
 * @param {string} inner
 */
function isFormula(sign, inner) {
  if (!/[\p{L}\p{N}]/u.test(inner) || EMPTY_LINE.test(inner)) return false;
  return sign !== "\\[" || NO_ESCAPED_BRACKET.test(inner);
}
