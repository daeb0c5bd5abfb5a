/**
 * Half-done files. They lie in the origin private file system, each beside a note that says how far it
 * is safe, so that a killed tab goes on from there. Where there is no such file system (private
 * windows, WebKitGTK) they lie in memory as blobs, which the browser may move to its disk.
 */

import { namedError } from "../bridge/errors.js";

/**
 * @typedef {import("./hashing.js").Saved} Saved
 * @typedef {{bytes: number, etag: string, total: number, hashes: Saved}} Note
 *   `total` is 0 where no host has said it yet
 *
 * @typedef {object} Incoming
 * @property {Note | undefined} note as it was found
 * @property {(block: Uint8Array<ArrayBuffer>, at: number) => void} write
 * @property {(note: Note) => void} mark makes what is written so far safe
 * @property {() => void} restart
 * @property {() => Promise<Blob>} blob closes it
 * @property {() => Promise<boolean>} isLost whether somebody has cleared the storage meanwhile
 * @property {() => Promise<void>} close
 */

const FOLDER = "localm-incoming";
const NOTE_BYTES = 1024; // always the same, so that a new note covers the old one in one write
const LOCKED_TRIES = 50;
const LOCKED_PAUSE_MS = 100;

/** @type {Map<string, MemoryIncoming>} */
const inMemory = new Map();

/**
 * @param {string} key
 * @returns {Promise<Incoming>}
 */
export async function openIncoming(key) {
  try {
    return await StoredIncoming.open(key);
  } catch (error) {
    if (/** @type {Error} */ (error).name === "QuotaExceededError") throw error;
    console.info(`localm: half-done files are kept in memory: ${error}`);
  }
  const kept = inMemory.get(key) ?? new MemoryIncoming();
  inMemory.set(key, kept);
  return kept;
}

/**
 * How much of each file is here already, of those that are half done.
 *
 * @param {string[]} keys
 * @returns {Promise<number[]>}
 */
export async function incomingBytes(keys) {
  try {
    const folder = await (await root()).getDirectoryHandle(FOLDER);
    return await Promise.all(keys.map((key) => notedBytes(folder, key)));
  } catch {
    return keys.map(() => 0); // nothing was ever half done, or there is no such file system
  }
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} key
 */
async function notedBytes(folder, key) {
  try {
    const handle = await folder.getFileHandle(`${await fileName(key)}.json`);
    return parsed(await (await handle.getFile()).text())?.bytes ?? 0;
  } catch {
    return 0;
  }
}

/**
 * @param {string[]} keys
 * @returns {Promise<number>} the bytes freed
 */
export async function discardIncoming(keys) {
  let freed = 0;
  for (const key of keys) {
    freed += inMemory.get(key)?.bytes ?? 0;
    inMemory.delete(key);
    for (const ending of [".part", ".json"]) freed += await deleted(key, ending);
  }
  return freed;
}

/**
 * @param {string} key
 * @param {string} ending
 */
async function deleted(key, ending) {
  try {
    const folder = await (await root()).getDirectoryHandle(FOLDER);
    const name = (await fileName(key)) + ending;
    const { size } = await (await folder.getFileHandle(name)).getFile();
    await unlessLocked(() => folder.removeEntry(name));
    return ending === ".part" ? size : 0;
  } catch {
    return 0; // it was not there, or another tab is writing it
  }
}

/** Keys are long and full of slashes. @param {string} key */
async function fileName(key) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return new Uint8Array(digest).reduce(
    (text, byte) => text + byte.toString(16).padStart(2, "0"),
    "",
  );
}

async function root() {
  return navigator.storage.getDirectory();
}

/**
 * A file is locked for a moment after the worker that wrote it has ended.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function unlessLocked(work) {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const isLocked = /** @type {Error} */ (error).name === "NoModificationAllowedError";
      if (!isLocked || tries === LOCKED_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCKED_PAUSE_MS));
    }
  }
}

/**
 * @param {string} text
 * @returns {Note | undefined}
 */
function parsed(text) {
  try {
    const note = JSON.parse(text);
    return Number.isInteger(note.bytes) ? note : undefined;
  } catch {
    return undefined; // no note yet, or one that a power cut has torn
  }
}

/** @implements {Incoming} */
class StoredIncoming {
  #file;
  #data;
  #notes;
  #isOpen = true;
  /** @type {Note | undefined} */
  note;

  /**
   * @param {FileSystemFileHandle} file
   * @param {FileSystemSyncAccessHandle} data
   * @param {FileSystemSyncAccessHandle} notes
   */
  constructor(file, data, notes) {
    this.#file = file;
    this.#data = data;
    this.#notes = notes;
    this.note = this.#found();
    data.truncate(this.note?.bytes ?? 0);
  }

  /** @param {string} key */
  static async open(key) {
    const folder = await (await root()).getDirectoryHandle(FOLDER, { create: true });
    const name = await fileName(key);
    const file = await folder.getFileHandle(`${name}.part`, { create: true });
    const notes = await folder.getFileHandle(`${name}.json`, { create: true });
    const data = await openSync(file);
    try {
      return new StoredIncoming(file, data, await openSync(notes));
    } catch (error) {
      data.close();
      throw error;
    }
  }

  #found() {
    const bytes = new Uint8Array(this.#notes.getSize());
    this.#notes.read(bytes, { at: 0 });
    const note = parsed(new TextDecoder().decode(bytes));
    return note && note.bytes <= this.#data.getSize() ? note : undefined;
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} block
   * @param {number} at
   */
  write(block, at) {
    writeAll(this.#data, block, at);
  }

  /** @param {Note} note */
  mark(note) {
    this.#data.flush();
    const text = JSON.stringify(note).padEnd(NOTE_BYTES);
    writeAll(this.#notes, new TextEncoder().encode(text), 0);
    this.#notes.flush();
  }

  restart() {
    this.#notes.truncate(0);
    this.#data.truncate(0);
  }

  async blob() {
    await this.close();
    return this.#file.getFile();
  }

  async isLost() {
    try {
      const folder = await (await root()).getDirectoryHandle(FOLDER);
      return !(await (await folder.getFileHandle(this.#file.name)).isSameEntry(this.#file));
    } catch (error) {
      return /** @type {Error} */ (error).name === "NotFoundError";
    }
  }

  /** Chromium's close() never returns when the storage was cleared: such a file stays open. */
  async close() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (await this.isLost()) return;
    this.#data.close();
    this.#notes.close();
  }
}

/** @param {FileSystemFileHandle} file */
async function openSync(file) {
  if (!file.createSyncAccessHandle)
    throw namedError("NotSupportedError", "no file can be opened for writing here");
  return unlessLocked(
    () => /** @type {Promise<FileSystemSyncAccessHandle>} */ (file.createSyncAccessHandle?.()),
  );
}

/**
 * Some browsers throw when the disk is full, others write less and say nothing.
 *
 * @param {FileSystemSyncAccessHandle} handle
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} at
 */
function writeAll(handle, bytes, at) {
  const written = handle.write(bytes, { at });
  if (written !== bytes.length)
    throw namedError("QuotaExceededError", `${written} bytes of ${bytes.length} were written`);
}

/** @implements {Incoming} */
class MemoryIncoming {
  /** @type {Blob[]} */
  #parts = [];
  bytes = 0;
  /** @type {Note | undefined} */
  note;

  /**
   * @param {Uint8Array<ArrayBuffer>} block
   * @param {number} at
   */
  write(block, at) {
    if (at < this.bytes) this.#parts = [new Blob(this.#parts).slice(0, at)];
    this.#parts.push(new Blob([block]));
    this.bytes = at + block.length;
  }

  /** @param {Note} note */
  mark(note) {
    this.note = note;
  }

  restart() {
    this.#parts = [];
    this.bytes = 0;
    this.note = undefined;
  }

  async blob() {
    return new Blob(this.#parts);
  }

  async isLost() {
    return false;
  }

  async close() {}
}
