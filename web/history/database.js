/**
 * Where conversations are kept: IndexedDB. A message is stored with the id of its conversation, each by
 * itself, so that two tabs which write in one conversation lose nothing.
 */

import { openDB } from "../libraries/idb.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {MessageRecord & {conversation: string}} StoredMessage
 * @typedef {ConversationRecord & {removed_ms?: number}} StoredConversation `removed_ms` is there while
 *   a removal can be undone
 *
 * @typedef {object} Change all of it happens, or nothing does
 * @property {readonly StoredConversation[]} [conversations] new or changed
 * @property {readonly StoredMessage[]} [messages] new or changed
 * @property {readonly string[]} [goneConversations] with all of their messages
 * @property {readonly string[]} [goneMessages]
 */

export const NAME = "localm";
const VERSION = 1;

/** Each step leads from the version before it. @type {((db: any) => void)[]} */
const STEPS = [
  (db) => {
    db.createObjectStore("conversations", { keyPath: "id" });
    db.createObjectStore("messages", { keyPath: "id" }).createIndex("conversation", "conversation");
  },
];

export class Database {
  #db;

  /** @param {import("idb").IDBPDatabase} db */
  constructor(db) {
    this.#db = db;
  }

  /**
   * @param {() => void} onLost the browser has closed it: its storage was cleared
   * @returns {Promise<Database>}
   */
  static async open(onLost) {
    const db = await openDB(NAME, VERSION, {
      upgrade: (opened, from) => {
        for (const step of STEPS.slice(from)) step(opened);
      },
      // A newer version of the app, in another tab, waits for this one to let go.
      blocking: (_old, _new, event) => /** @type {IDBDatabase} */ (event.target).close(),
      terminated: onLost,
    });
    return new Database(db);
  }

  close() {
    this.#db.close();
  }

  /** @returns {Promise<StoredConversation[]>} */
  conversations() {
    return this.#db.getAll("conversations");
  }

  /**
   * @param {string} id
   * @returns {Promise<StoredConversation | undefined>}
   */
  conversation(id) {
    return this.#db.get("conversations", id);
  }

  /**
   * @param {string} conversation
   * @returns {Promise<StoredMessage[]>}
   */
  messages(conversation) {
    return this.#db.getAllFromIndex("messages", "conversation", conversation);
  }

  /** Whether one of these messages is here. @param {readonly string[]} ids */
  async holdsAny(ids) {
    const said = this.#db.transaction("messages").store;
    const keys = await Promise.all(ids.map((id) => said.getKey(id)));
    return keys.some((key) => key !== undefined);
  }

  /**
   * @param {Change} change
   * @param {"strict" | "relaxed"} durability strict: it is on the disk when this resolves
   */
  async write(change, durability) {
    const transaction = this.#db.transaction(["conversations", "messages"], "readwrite", {
      durability,
    });
    try {
      await put(transaction, change);
    } catch (error) {
      abort(transaction);
      throw error;
    }
    await transaction.done;
  }
}

/**
 * @param {any} transaction over both stores
 * @param {Change} change
 */
async function put(transaction, change) {
  const { conversations = [], messages = [], goneConversations = [], goneMessages = [] } = change;
  // What a request says is said by the transaction as well.
  const quietly = (/** @type {Promise<unknown>} */ request) => request.catch(() => {});
  const kept = transaction.objectStore("conversations");
  const said = transaction.objectStore("messages");
  for (const id of goneConversations) {
    quietly(kept.delete(id));
    for (const key of await said.index("conversation").getAllKeys(id)) quietly(said.delete(key));
  }
  for (const id of goneMessages) quietly(said.delete(id));
  for (const one of conversations) quietly(kept.put(one));
  for (const one of messages) quietly(said.put(one));
}

/** Nothing of it happens. @param {any} transaction */
function abort(transaction) {
  transaction.done.catch(() => {});
  try {
    transaction.abort();
  } catch (error) {
    console.info(`localm: the transaction had ended already: ${error}`);
  }
}
