/** On which side a text that is being written begins. */

// By the first letter, as dir="auto" does, which takes minutes for a pasted book.
const RIGHT_TO_LEFT =
  /^\P{L}*[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;

/**
 * @param {string} text
 * @returns {string} "rtl", "ltr", or "" for an empty text, which is as the page is
 */
export function directionOf(text) {
  const beginning = text.slice(0, 200);
  if (!beginning.trim()) return "";
  return RIGHT_TO_LEFT.test(beginning) ? "rtl" : "ltr";
}
