/**
 * What one transaction does, the same upon IndexedDB and in memory. Whatever depends on what is kept at
 * that moment is decided in here: what a tab has read before may be old by then.
 */

import { HistoryError } from "./history_error.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {MessageRecord & {conversation: string}} StoredMessage
 * @typedef {ConversationRecord & {removed_ms?: number}} StoredConversation `removed_ms` is there while
 *   a removal can be undone
 *
 * @typedef {object} Amendment of what another tab may have changed meanwhile
 * @property {string} id
 * @property {Partial<StoredConversation>} changes
 * @property {StoredConversation} [known] taken where none is kept
 *
 * @typedef {object} Change all of it happens, or nothing does
 * @property {readonly StoredConversation[]} [conversations] new ones
 * @property {readonly Amendment[]} [amendments]
 * @property {readonly StoredMessage[]} [messages] new or changed
 * @property {readonly StoredMessage[]} [grown] as far as they are still there: else they were deleted
 * @property {readonly string[]} [left] messages that nobody writes any more
 * @property {readonly string[]} [goneMessages]
 * @property {{ids: readonly string[], before_ms: number}} [expired] conversations that were removed
 *   before then, and were not brought back
 *
 * @typedef {object} Result
 * @property {StoredMessage[]} taken those of `goneMessages`, as they were
 * @property {StoredConversation[]} amended as they are now
 * @property {StoredMessage[]} grown those that were still there
 * @property {StoredMessage[]} settled those of `left`, as they are now
 * @property {string[]} purged those of `expired` that are gone
 */

/**
 * @template Value
 * @typedef {object} Shelf what one transaction sees of one kind
 * @property {(id: string) => Promise<Value | undefined>} get
 * @property {(value: Value) => void} put
 * @property {(id: string) => void} delete
 */

/** @typedef {Shelf<StoredMessage> & {idsOf(conversation: string): Promise<string[]>}} MessageShelf */

/**
 * @param {{conversations: Shelf<StoredConversation>, messages: MessageShelf}} shelves
 * @param {Change} change
 * @returns {Promise<Result>}
 */
export async function apply({ conversations, messages }, change) {
  const taken = await take(messages, change.goneMessages ?? []);
  for (const record of change.conversations ?? []) conversations.put(record);
  for (const message of change.messages ?? []) messages.put(message);
  return {
    taken,
    amended: await amend(conversations, change.amendments ?? []),
    grown: await grow(messages, change.grown ?? []),
    settled: await settle(messages, change.left ?? []),
    purged: await purge(conversations, messages, change.expired),
  };
}

/**
 * @param {MessageShelf} messages
 * @param {readonly string[]} ids
 */
async function take(messages, ids) {
  const kept = await Promise.all(ids.map((id) => messages.get(id)));
  for (const id of ids) messages.delete(id);
  return kept.flatMap((message) => message ?? []);
}

/**
 * @param {Shelf<StoredConversation>} conversations
 * @param {readonly Amendment[]} amendments
 */
async function amend(conversations, amendments) {
  const kept = await Promise.all(amendments.map(({ id }) => conversations.get(id)));
  const amended = amendments.flatMap(({ changes, known }, place) => {
    const base = kept[place] ?? known;
    return base ? [merged(base, changes)] : [];
  });
  if (amendments.length > 0 && amended.length === 0)
    throw new HistoryError("gone", "what was to be changed is gone", { isHopeless: true });
  for (const record of amended) conversations.put(record);
  return amended;
}

/**
 * @param {MessageShelf} messages
 * @param {readonly StoredMessage[]} grown
 */
async function grow(messages, grown) {
  const kept = await Promise.all(grown.map(({ id }) => messages.get(id)));
  const there = grown.filter((_, place) => kept[place]);
  for (const message of there) messages.put(message);
  return there;
}

/**
 * @param {StoredConversation} base
 * @param {Partial<StoredConversation>} changes
 * @returns {StoredConversation}
 */
export function merged(base, changes) {
  const updated_ms = Math.max(base.updated_ms, changes.updated_ms ?? 0);
  const { removed_ms, ...record } = { ...base, ...changes, updated_ms };
  return removed_ms ? { ...record, removed_ms } : record;
}

/**
 * @param {MessageShelf} messages
 * @param {readonly string[]} left
 */
async function settle(messages, left) {
  const settled = [];
  for (const id of left) {
    const kept = await messages.get(id);
    if (!kept) continue;
    const isLeft = kept.state === "streaming";
    const message = isLeft ? { ...kept, state: /** @type {const} */ ("interrupted") } : kept;
    if (isLeft) messages.put(message);
    settled.push(message);
  }
  return settled;
}

/**
 * @param {Shelf<StoredConversation>} conversations
 * @param {MessageShelf} messages
 * @param {Change["expired"]} [expired]
 */
async function purge(conversations, messages, { ids, before_ms } = { ids: [], before_ms: 0 }) {
  const purged = [];
  for (const id of ids) {
    const kept = await conversations.get(id);
    if (kept && !(kept.removed_ms && kept.removed_ms < before_ms)) continue;
    conversations.delete(id);
    for (const message of await messages.idsOf(id)) messages.delete(message);
    purged.push(id);
  }
  return purged;
}
