/**
 * The messages of a conversation as a tree: each follows its parent, and those with one parent are
 * versions of each other. Damaged data (a parent that is missing, a circle) is read as far as it goes.
 */

/** @typedef {import("../protocol").MessageRecord} MessageRecord */

/**
 * From the first message to `leaf`.
 *
 * @param {readonly MessageRecord[]} messages
 * @param {string} leaf
 * @returns {MessageRecord[]}
 */
export function path(messages, leaf) {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const way = new Set();
  for (let at = byId.get(leaf); at && !way.has(at); at = byId.get(at.parent)) way.add(at);
  return [...way].reverse();
}

/**
 * A message and its siblings, the oldest first.
 *
 * @param {readonly MessageRecord[]} messages
 * @param {string} id
 * @returns {MessageRecord[]} none when it is not there
 */
export function versionsOf(messages, id) {
  const own = messages.find((message) => message.id === id);
  if (!own) return [];
  const isSibling = (/** @type {MessageRecord} */ { parent, role }) =>
    parent === own.parent && role === own.role;
  return messages.filter(isSibling).sort(older);
}

/**
 * The end of the newest way through a message.
 *
 * @param {readonly MessageRecord[]} messages
 * @param {string} id
 */
export function leafBelow(messages, id) {
  const children = childrenOf(messages);
  const seen = new Set([id]);
  for (let leaf = id; ; ) {
    const newest = children.get(leaf)?.toSorted(older).at(-1);
    if (!newest || seen.has(newest.id)) return leaf;
    seen.add(newest.id);
    leaf = newest.id;
  }
}

/**
 * All that was built upon a message.
 *
 * @param {readonly MessageRecord[]} messages
 * @param {string} id
 * @returns {MessageRecord[]}
 */
export function descendants(messages, id) {
  const children = childrenOf(messages);
  const found = new Map();
  const waiting = [id];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const child of children.get(at) ?? [])
      if (child.id !== id && !found.has(child.id)) {
        found.set(child.id, child);
        waiting.push(child.id);
      }
  return [...found.values()];
}

/** @param {readonly MessageRecord[]} messages */
const childrenOf = (messages) => Map.groupBy(messages, ({ parent }) => parent);

/**
 * @param {MessageRecord} one
 * @param {MessageRecord} other
 */
const older = (one, other) => one.created_ms - other.created_ms;

/**
 * What is to be shown last: the leaf that is noted or, where that is gone, the newest message's.
 *
 * @param {readonly MessageRecord[]} messages
 * @param {string} noted
 * @returns {string} "" when there is no message
 */
export function leafOf(messages, noted) {
  if (messages.some(({ id }) => id === noted)) return noted;
  return [...messages].sort(older).at(-1)?.id ?? "";
}
