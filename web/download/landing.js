/**
 * One file while it comes in: its bytes are collected in blocks, and each block is hashed and written.
 * Memory holds one block, whatever the size of the file.
 */

import { Hashes } from "./hashing.js";
import { openIncoming } from "./incoming.js";

/**
 * @typedef {import("./messages").WantedFile} WantedFile
 * @typedef {import("./incoming.js").Incoming} Incoming
 */

const BLOCK_BYTES = 1024 * 1024;
const MARK_EVERY_MS = 1000;

export class Landing {
  #incoming;
  #hashes;
  #block = new Uint8Array(BLOCK_BYTES);
  #filled = 0;
  #written = 0;
  #marked = 0;
  #marked_ms = performance.now();
  #timer;
  #expected;
  /** as the host named this version of the file; "": it did not */
  etag = "";
  /** in bytes; 0: not known */
  total;
  isWhole = false;

  /**
   * @param {WantedFile} file
   * @param {Incoming} incoming
   * @param {Hashes} hashes
   */
  constructor(file, incoming, hashes) {
    this.#incoming = incoming;
    this.#hashes = hashes;
    this.#expected = file.bytes;
    this.total = file.bytes;
    if (incoming.note) this.#resume(incoming.note);
    this.#timer = setInterval(() => this.#markQuietly(), MARK_EVERY_MS);
  }

  /** @param {WantedFile} file */
  static async open(file) {
    const hashes = await Hashes.of(file, file.bytes);
    return new Landing(file, await openIncoming(file.key), hashes);
  }

  /** @param {import("./incoming.js").Note} note */
  #resume(note) {
    try {
      this.#hashes.load(note.hashes);
    } catch {
      return this.restart(); // an earlier version of the app has written it
    }
    this.#written = note.bytes;
    this.#marked = note.bytes;
    this.etag = note.etag;
    this.total ||= note.total;
    this.isWhole = note.bytes === this.total;
  }

  get bytes() {
    return this.#written + this.#filled;
  }

  /** @param {Uint8Array} chunk of any size */
  add(chunk) {
    for (let taken = 0; taken < chunk.length; ) {
      const part = chunk.subarray(taken, taken + BLOCK_BYTES - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === BLOCK_BYTES) this.#flushBlock();
    }
    if (performance.now() - this.#marked_ms > MARK_EVERY_MS) this.mark();
  }

  #flushBlock() {
    const block = this.#block.subarray(0, this.#filled);
    this.#incoming.write(block, this.#written);
    this.#hashes.update(block);
    this.#written += this.#filled;
    this.#filled = 0;
  }

  /**
   * All of it is written. No note says so: for that the disk would have to be waited for, and the file
   * goes into its cache now.
   */
  end() {
    this.#flushBlock();
    this.isWhole = true;
  }

  /** From here a killed tab goes on. */
  mark() {
    this.#flushBlock();
    const { etag, total } = this;
    this.#incoming.mark({ bytes: this.#written, etag, total, hashes: this.#hashes.save() });
    this.#marked = this.#written;
    this.#marked_ms = performance.now();
  }

  /** For the bytes before a stall. What is wrong with the disk, the next block will tell. */
  #markQuietly() {
    try {
      if (!this.isWhole && this.bytes > this.#marked) this.mark();
    } catch (error) {
      console.info(`localm: a half-done file could not be marked: ${error}`);
    }
  }

  restart() {
    this.#incoming.restart();
    this.#hashes.restart();
    this.#filled = 0;
    this.#written = 0;
    this.#marked = 0;
    this.isWhole = false;
    this.etag = "";
    this.total = this.#expected;
  }

  digests() {
    return this.#hashes.digests();
  }

  /** The file as it was written; nothing more can be added. */
  blob() {
    clearInterval(this.#timer);
    return this.#incoming.blob();
  }

  /** Whether its bytes have been deleted under it. */
  isLost() {
    return this.#incoming.isLost();
  }

  close() {
    clearInterval(this.#timer);
    return this.#incoming.close();
  }
}
