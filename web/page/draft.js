/** What was being written when the person reloads the page from within it. */

const KEY = "localm.draft";

/** @param {string} text */
export function keepDraft(text) {
  try {
    sessionStorage.setItem(KEY, text);
  } catch (error) {
    console.info(`localm: what was being written is not kept: ${error}`);
  }
}

/** @returns {string} "" when there is none */
export function takeDraft() {
  try {
    const text = sessionStorage.getItem(KEY) ?? "";
    sessionStorage.removeItem(KEY);
    return text;
  } catch (error) {
    console.info(`localm: no draft can be read: ${error}`);
    return "";
  }
}
