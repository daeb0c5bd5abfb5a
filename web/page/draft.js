/** What was being written when the person reloads the page from within it. */

/** @typedef {{text: string, files: readonly import("../protocol").Attachment[]}} Draft */

const KEY = "localm.draft";
/** @type {Draft} */
const NOTHING = { text: "", files: [] };

/** @param {Draft} draft */
export function keepDraft(draft) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch (error) {
    console.info(`localm: what was being written is not kept: ${error}`);
  }
}

/** @returns {Draft} */
export function takeDraft() {
  try {
    const draft = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return draft ? JSON.parse(draft) : NOTHING;
  } catch (error) {
    console.info(`localm: no draft can be read: ${error}`);
    return NOTHING;
  }
}
