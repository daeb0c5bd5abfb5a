/**
 * Conversations as the file that Export writes: docs/export-format.md. What is written here, Python
 * reads back (archive_localm.py), and it is strict: so only the fields of the format go out, and each
 * message stands behind the one that it follows.
 */

/**
 * @typedef {import("../protocol").Archive} Archive
 * @typedef {import("../protocol").ArchivedConversation} ArchivedConversation
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../protocol").Preset} Preset
 */

const VERSION = 1;

/**
 * @param {readonly ArchivedConversation[]} conversations
 * @param {readonly Preset[]} presets
 * @param {number} exported_ms
 * @returns {Archive}
 */
export function archiveOf(conversations, presets, exported_ms) {
  return {
    format: "localm",
    version: VERSION,
    exported_ms,
    conversations: conversations.map(archived),
    presets: presets.map(({ name, text }) => ({ name, text })),
  };
}

/** JSON escapes half of a surrogate pair, which no file could hold. @param {Archive} archive */
export const archiveText = (archive) => `${JSON.stringify(archive, null, 1)}\n`;

/** @param {ArchivedConversation} kept @returns {ArchivedConversation} */
function archived({ conversation, messages }) {
  const said = inOrder(messages).map(message);
  const isThere = said.some(({ id }) => id === conversation.leaf);
  const leaf = isThere ? conversation.leaf : (said.at(-1)?.id ?? "");
  return { conversation: { ...record(conversation), leaf }, messages: said };
}

/** Without what the database notes beside it. @param {ConversationRecord} kept @returns {ConversationRecord} */
function record(kept) {
  return {
    id: kept.id,
    title: kept.title,
    title_is_edited: kept.title_is_edited,
    created_ms: kept.created_ms,
    updated_ms: kept.updated_ms,
    pinned: kept.pinned,
    leaf: kept.leaf,
    model: kept.model,
    system: kept.system,
    options: kept.options,
  };
}

/** @param {MessageRecord} kept @returns {MessageRecord} */
function message(kept) {
  return {
    id: kept.id,
    parent: kept.parent,
    role: kept.role,
    content: kept.content,
    attachments: kept.attachments.map(({ name, text }) => ({ name, text })),
    created_ms: kept.created_ms,
    // In a file nobody goes on writing.
    state: kept.state === "streaming" ? "interrupted" : kept.state,
    author: kept.author,
    result: kept.result,
    ...(kept.thinking_s === undefined ? {} : { thinking_s: kept.thinking_s }),
  };
}

/**
 * Each behind its parent, versions by their age. One whose parent is missing begins anew, and a circle
 * is cut: what the database holds of damaged data can still be imported.
 *
 * @param {readonly MessageRecord[]} messages
 * @returns {MessageRecord[]}
 */
function inOrder(messages) {
  const byAge = messages.toSorted((one, other) => one.created_ms - other.created_ms);
  const known = new Set(messages.map(({ id }) => id));
  const children = Map.groupBy(byAge, ({ parent }) => (known.has(parent) ? parent : ""));
  /** @type {Map<string, MessageRecord>} */
  const placed = new Map();
  for (const start of [...(children.get("") ?? []), ...byAge]) {
    if (placed.has(start.id)) continue;
    const waiting = [{ ...start, parent: "" }];
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      placed.set(at.id, at);
      const next = (children.get(at.id) ?? []).filter(({ id }) => !placed.has(id));
      waiting.push(...next.reverse());
    }
  }
  return [...placed.values()];
}
