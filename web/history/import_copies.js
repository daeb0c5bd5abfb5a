/** An imported conversation never takes the place of one that is here: it becomes a copy. */

/** @typedef {import("../protocol").ArchivedConversation} ArchivedConversation */

/**
 * @param {readonly ArchivedConversation[]} archived
 * @param {(one: ArchivedConversation) => Promise<boolean>} isHere whether an id of it is taken
 * @returns {Promise<ArchivedConversation[]>} with ids that are new, each occurring once
 */
export async function withNewIds(archived, isHere) {
  const taken = await Promise.all(archived.map(isHere));
  const seen = new Set();
  return archived.map((one, place) => {
    const ids = [one.conversation.id, ...one.messages.map(({ id }) => id)];
    const isNew = !taken[place] && !ids.some((id) => seen.has(id));
    for (const id of ids) seen.add(id);
    return isNew ? one : copyOf(one);
  });
}

/**
 * The same with ids of its own.
 *
 * @param {ArchivedConversation} archived
 * @returns {ArchivedConversation}
 */
function copyOf({ conversation, messages }) {
  const ids = new Map(messages.map(({ id }) => [id, crypto.randomUUID()]));
  const idOf = (/** @type {string} */ id) => ids.get(id) ?? "";
  return {
    conversation: { ...conversation, id: crypto.randomUUID(), leaf: idOf(conversation.leaf) },
    messages: messages.map((message) => ({
      ...message,
      id: idOf(message.id),
      parent: idOf(message.parent),
    })),
  };
}
