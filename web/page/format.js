/** Numbers, dates and plural forms as the page's language has them. */

import { locale } from "./language.js";

/** @typedef {Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}} Forms */

/**
 * @param {number} value
 * @param {number} [digits] behind the point, always as many
 */
export const number = (value, digits = 0) =>
  value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** With all of its digits and nothing between them, as it is typed. @param {number} value */
export const exact = (value) =>
  value.toLocaleString(locale(), { maximumFractionDigits: 20, useGrouping: false });

/**
 * @param {number} value
 * @param {string} unit as Intl names it, such as "megabyte-per-second"
 * @param {number} [digits]
 */
export const inUnit = (value, unit, digits = 0) =>
  value.toLocaleString(locale(), {
    style: "unit",
    unit,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

/** @type {Intl.DateTimeFormat | undefined} kept, because thousands of conversations may ask */
let months;

/** @param {Date} day */
export function month(day) {
  months ??= new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric" });
  return months.format(day);
}

/** For `sort`. @param {string} one @param {string} other */
export const byLetters = (one, other) => one.localeCompare(other, locale());

/** @param {readonly string[]} names */
export const allOf = (names) =>
  new Intl.ListFormat(locale(), { type: "conjunction" }).format(names);

/**
 * The form that a count asks for, with the count in the place of "#".
 *
 * @param {number} count
 * @param {Forms} forms
 */
export function plural(count, forms) {
  const form = forms[new Intl.PluralRules(locale()).select(count)] ?? forms.other;
  return form.replaceAll("#", number(count));
}
