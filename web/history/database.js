/**
 * Where conversations are kept: IndexedDB. A message is stored with the id of its conversation, each by
 * itself, so that two tabs which write in one conversation lose nothing.
 */

import { openDB } from "../libraries/idb.js";
import { apply } from "./change.js";

/**
 * @typedef {import("./change.js").StoredMessage} StoredMessage
 * @typedef {import("./change.js").StoredConversation} StoredConversation
 *
 * @typedef {object} Watcher
 * @property {() => void} lost the browser has closed it: its storage was cleared
 * @property {(version: number | null) => void} asked another tab waits for this one to let go of it: for
 *   that version, or, with null, to delete it
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
   * @param {Watcher} watcher
   * @returns {Promise<Database>}
   */
  static async open({ lost, asked }) {
    const db = await openDB(NAME, VERSION, {
      upgrade: (opened, from) => {
        for (const step of STEPS.slice(from)) step(opened);
      },
      blocked: () => console.info("localm: another tab still has the older conversations open"),
      blocking: (_old, version) => asked(version),
      terminated: lost,
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

  /**
   * @param {string} id
   * @returns {Promise<StoredMessage | undefined>}
   */
  message(id) {
    return this.#db.get("messages", id);
  }

  /**
   * Some of all messages, in the order of their ids: reading all at once would stop the page.
   *
   * @param {string} after
   * @param {number} count
   * @returns {Promise<StoredMessage[]>}
   */
  messagesAfter(after, count) {
    return this.#db.getAll("messages", IDBKeyRange.lowerBound(after, true), count);
  }

  /** Whether one of these messages is here. @param {readonly string[]} ids */
  async holdsAny(ids) {
    const said = this.#db.transaction("messages").store;
    const keys = await Promise.all(ids.map((id) => said.getKey(id)));
    return keys.some((key) => key !== undefined);
  }

  /**
   * @param {import("./change.js").Change} change
   * @param {"strict" | "relaxed"} durability strict: it is on the disk when this resolves
   */
  async write(change, durability) {
    const names = ["conversations", "messages"];
    const transaction = this.#db.transaction(names, "readwrite", { durability });
    try {
      const result = await apply(shelvesOf(transaction), change);
      await transaction.done;
      return result;
    } catch (error) {
      throw await abort(transaction, error);
    }
  }
}

/** @param {any} transaction */
function shelvesOf(transaction) {
  const messages = transaction.objectStore("messages");
  const idsOf = (/** @type {string} */ id) => messages.index("conversation").getAllKeys(id);
  return {
    conversations: shelfOf(transaction.objectStore("conversations")),
    messages: { ...shelfOf(messages), idsOf },
  };
}

/** @param {any} store @returns {import("./change.js").Shelf<any>} */
function shelfOf(store) {
  // What a request says is said by the transaction as well.
  const quietly = (/** @type {Promise<unknown>} */ request) => void request.catch(() => {});
  return {
    get: (id) => store.get(id),
    put: (value) => quietly(store.put(value)),
    delete: (id) => quietly(store.delete(id)),
  };
}

/**
 * Nothing of it happens.
 *
 * @param {any} transaction
 * @param {unknown} error
 * @returns {Promise<unknown>} its cause: a request of a transaction that has failed only says that
 */
async function abort(transaction, error) {
  const cause = transaction.done.catch((/** @type {unknown} */ reason) => reason);
  try {
    transaction.abort();
  } catch {
    // It had ended by itself.
  }
  const isEcho = /** @type {{name?: string}} */ (error).name === "AbortError";
  return isEcho ? ((await cause) ?? error) : error;
}
