/**
 * The database that serves at the moment: writes in the order in which they were asked for, what there
 * was no room for, and what happens when the database is refused, or taken away.
 */

import { deleteDB } from "../libraries/idb.js";
import { Database, NAME } from "./database.js";
import { historyError } from "./history_error.js";
import { MemoryDatabase } from "./memory_database.js";
import { Unsaved } from "./unsaved.js";

/**
 * @typedef {import("./change.js").Change} Change
 * @typedef {import("./change.js").StoredConversation} StoredConversation
 * @typedef {import("./change.js").StoredMessage} StoredMessage
 * @typedef {"strict" | "relaxed"} Durability
 */

const SLICE = 200;

export class Store {
  /** @type {Database | MemoryDatabase} */
  #database = new MemoryDatabase();
  #unsaved = new Unsaved();
  #onOther;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** @type {import("./history_error.js").Problem | undefined} why nothing is kept */
  problem;

  /** @param {() => void} onOther another database serves now, without having been asked for */
  constructor(onOther) {
    this.#onOther = onOther;
  }

  /**
   * Where it fails, `problem` says why, and memory serves. What is asked for before it has ended waits.
   *
   * @returns {Promise<StoredConversation[]>}
   */
  open() {
    return this.#inLine(() => this.#open());
  }

  async #open() {
    this.problem = undefined;
    try {
      this.#database = await Database.open({
        lost: () => this.#takenAway("lost", new MemoryDatabase()),
        asked: (version) => this.#giveWay(version),
      });
      return await this.#database.conversations();
    } catch (error) {
      console.warn(`localm: conversations are not kept: ${error}`);
      this.#database.close();
      this.#database = new MemoryDatabase();
      this.problem = historyError(error).problem;
      return [];
    }
  }

  /** Delete all, also what cannot be read. */
  reset() {
    return this.#inLine(async () => {
      this.#database.close();
      this.#unsaved.clear();
      await deleteDB(NAME);
      return this.#open();
    });
  }

  /** As they are after all that was asked for before. */
  async conversations() {
    await this.#last;
    return this.#database.conversations();
  }

  /** @param {string} id */
  async conversation(id) {
    await this.#last;
    return this.#database.conversation(id);
  }

  /** @param {string} conversation */
  async messages(conversation) {
    await this.#last;
    return this.#unsaved.with(conversation, await this.#database.messages(conversation));
  }

  /** @param {readonly string[]} ids those of them that are here */
  async messagesOf(ids) {
    await this.#last;
    const found = await Promise.all(ids.map((id) => this.#database.message(id)));
    return found.flatMap((message) => message ?? []);
  }

  /** @param {readonly string[]} ids */
  async holdsAny(ids) {
    await this.#last;
    return this.#database.holdsAny(ids);
  }

  /** All messages, some at a time, so that nothing has to wait for all. */
  async *slices() {
    await this.#last;
    yield* slicesOf(this.#database);
    yield this.#unsaved.all();
  }

  /**
   * @param {Change} change
   * @param {Durability} durability
   */
  write(change, durability) {
    return this.#inLine(async () => {
      try {
        return await this.#database.write(change, durability);
      } catch (error) {
        throw historyError(error);
      }
    });
  }

  /**
   * A change in one conversation takes along what waits there for room; what finds none waits.
   *
   * @param {StoredConversation} record taken where none is kept
   * @param {Change} change
   * @param {Durability} durability
   * @param {() => Promise<unknown>} [before] is to have happened when it is written
   */
  writeIn(record, change, durability, before) {
    const { id } = record;
    return this.#inLine(async () => {
      await before?.();
      const taken = this.#unsaved.take(id, change.goneMessages ?? []);
      this.#unsaved.grow(id, change.grown ?? []);
      try {
        const result = await this.#database.write(this.#withWaiting(record, change), durability);
        this.#unsaved.done(id);
        return { ...result, taken: [...result.taken, ...taken] };
      } catch (error) {
        const cause = historyError(error);
        const changes = change.amendments?.[0]?.changes;
        const messages = [...taken, ...(change.messages ?? [])];
        if (!cause.isHopeless) this.#unsaved.add(id, messages, changes);
        throw cause;
      }
    });
  }

  /**
   * @param {StoredConversation} record
   * @param {Change} change
   * @returns {Change}
   */
  #withWaiting(record, change) {
    const { grown = [] } = change;
    // Where the storage was cleared nothing is there that could have grown, and nobody has deleted it.
    const anew = this.problem === "lost" ? grown : [];
    const waiting = [...this.#unsaved.of(record.id), ...anew];
    if (waiting.length === 0) return change;
    const changes = { ...this.#unsaved.changesOf(record.id), ...change.amendments?.[0]?.changes };
    const isNew = change.conversations !== undefined;
    return {
      ...change,
      amendments: isNew ? [] : [{ id: record.id, changes, known: record }],
      messages: [...waiting, ...(change.messages ?? [])],
    };
  }

  /**
   * @template Result
   * @param {() => Promise<Result>} work
   * @returns {Promise<Result>}
   */
  #inLine(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {}); // whoever asked for it hears of it
    return done;
  }

  /**
   * Another tab waits: to delete the database, or for a newer version of it.
   *
   * @param {number | null} version
   */
  #giveWay(version) {
    const given = this.#database;
    if (version === null) {
      given.close();
      this.#unsaved.clear();
      this.open().then(this.#onOther);
    } else this.#inLine(async () => this.#takenAway("newer", await copyOf(given)));
  }

  /**
   * @param {import("./history_error.js").Problem} problem
   * @param {MemoryDatabase} memory
   */
  #takenAway(problem, memory) {
    this.#database.close();
    this.#database = memory;
    this.problem = problem;
    this.#onOther();
  }
}

/** @param {Database | MemoryDatabase} database */
async function* slicesOf(database) {
  for (let after = ""; ; ) {
    const messages = await database.messagesAfter(after, SLICE);
    yield messages;
    if (messages.length < SLICE) return;
    after = String(messages.at(-1)?.id);
  }
}

/**
 * All of it, in memory: what is on screen can then be read on, and written on.
 *
 * @param {Database | MemoryDatabase} database
 */
async function copyOf(database) {
  try {
    const conversations = await database.conversations();
    const messages = [];
    for await (const slice of slicesOf(database)) messages.push(...slice);
    return new MemoryDatabase(conversations, messages);
  } catch (error) {
    console.warn(`localm: what was kept could not be read before it was let go: ${error}`);
    return new MemoryDatabase();
  }
}
