/** Bytes, memory and counts as people read them; decimal units, as the hub and the disk count. */

import { inUnit, number } from "./format.js";
import { PROGRESS } from "./strings_progress.js";

const MB = 1e6;
const GB = 1e9;

/** @param {number} bytes */
export const size = (bytes) => inUnit(...inUnitOf(bytes, bytes, 1));

/** @param {number} bytes */
export function speed(bytes) {
  const [value, unit, digits] = inUnitOf(bytes, bytes, 1);
  return inUnit(value, `${unit}-per-second`, digits);
}

/**
 * "312 of 640 MB", "0.42 of 1.01 GB": both in the unit of the whole, fine enough to see it grow.
 *
 * @param {number} bytes
 * @param {number} total
 */
export function sizeOf(bytes, total) {
  const [value, , digits] = inUnitOf(bytes, total, 2);
  return PROGRESS.of(number(value, digits), inUnit(...inUnitOf(total, total, 2)));
}

/** @param {number} megabytes */
export const memorySize = (megabytes) => size(megabytes * MB);

/**
 * "360M", "1.7B", as the names of models have it.
 *
 * @param {number} count
 */
export function parameterCount(count) {
  const [value, letter] = count < 999.5e6 ? [count / 1e6, "M"] : [count / 1e9, "B"];
  return `${Number(value.toPrecision(value < 10 ? 2 : 3))}${letter}`;
}

/**
 * @param {number} bytes
 * @param {number} whole decides the unit
 * @param {number} digits of gigabytes
 * @returns {[value: number, unit: "megabyte" | "gigabyte", digits: number]}
 */
function inUnitOf(bytes, whole, digits) {
  const isSmall = whole < 999.5 * MB;
  const unit = isSmall ? "megabyte" : "gigabyte";
  if (bytes === 0) return [0, unit, 0];
  if (!isSmall) return [bytes / GB, unit, digits];
  // A little is not nothing.
  const value = Math.max(bytes / MB, 0.1);
  return [value, unit, value >= 9.95 ? 0 : 1];
}
