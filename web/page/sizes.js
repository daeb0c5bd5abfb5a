/** Bytes, memory and counts as people read them; decimal units, as the hub and the disk count. */

const MB = 1e6;
const GB = 1e9;

/** @param {number} bytes */
export const size = (bytes) => `${inUnitOf(bytes, bytes, 1)} ${unit(bytes)}`;

/**
 * "312 of 640 MB", "0.42 of 1.01 GB": both in the unit of the whole, fine enough to see it grow.
 *
 * @param {number} bytes
 * @param {number} total
 */
export const sizeOf = (bytes, total) =>
  `${inUnitOf(bytes, total, 2)} of ${inUnitOf(total, total, 2)} ${unit(total)}`;

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

/** @param {number} bytes the one that decides */
const unit = (bytes) => (bytes < 999.5 * MB ? "MB" : "GB");

/**
 * @param {number} bytes
 * @param {number} whole
 * @param {number} digits of gigabytes
 */
function inUnitOf(bytes, whole, digits) {
  const value = unit(whole) === "MB" ? bytes / MB : bytes / GB;
  if (value === 0) return "0";
  // A little is not nothing.
  if (unit(whole) === "GB") return value.toFixed(digits);
  return value < 0.1 ? "0.1" : value.toFixed(value >= 9.95 ? 0 : 1);
}
