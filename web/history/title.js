/** What a conversation is called until somebody names it: the beginning of its first prompt. */

const MOST_CHARACTERS = 60;

/**
 * @param {string} prompt
 * @returns {string} one line, cut at a word
 */
export function titleOf(prompt) {
  const line = prompt
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, " ")
    .trim();
  if (line.length <= MOST_CHARACTERS) return line;
  const cut = line.slice(0, MOST_CHARACTERS);
  const atWord = cut.replace(/\s+\S*$/, "");
  // A cut may fall into the middle of a character that is two code units long.
  return `${(atWord || cut).replace(/\p{Cs}$/u, "")}…`;
}
