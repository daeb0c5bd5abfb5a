/** New messages as the history keeps them. */

/** @typedef {import("../protocol").MessageRecord} MessageRecord */

/**
 * @param {string} parent
 * @param {string} content
 * @param {readonly import("../protocol").Attachment[]} [attachments]
 * @returns {MessageRecord}
 */
export function promptRecord(parent, content, attachments = []) {
  return { ...record(parent), role: "user", content, attachments, state: "complete" };
}

/**
 * An answer of which nothing has come yet.
 *
 * @param {string} parent the prompt
 * @param {string} author the model's name
 * @returns {MessageRecord}
 */
export function answerRecord(parent, author) {
  return { ...record(parent), role: "assistant", author, state: "streaming" };
}

/**
 * @param {string} parent
 * @returns {Omit<MessageRecord, "role" | "state">}
 */
function record(parent) {
  return {
    id: crypto.randomUUID(),
    parent,
    content: "",
    attachments: [],
    created_ms: Date.now(),
    author: "",
    result: null,
  };
}
