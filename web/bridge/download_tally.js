/**
 * How far a job of several files has come. It is told at least once a second, also while nothing
 * comes: so a reader sees that it still lives.
 */

import { closable, seldom } from "./callbacks.js";

/**
 * @typedef {import("../download/messages").WantedFile} WantedFile
 * @typedef {(phase: string, loaded: number, total: number) => void} OnProgress
 */

const TELL_EVERY_MS = 500;

export class Tally {
  /** @type {Map<string, {loaded: number, total: number}>} */
  #files;
  #phase = "";
  #report;
  #timer;

  /**
   * @param {WantedFile[]} files
   * @param {OnProgress} onProgress
   */
  constructor(files, onProgress) {
    this.#files = new Map(files.map(({ key, bytes }) => [key, { loaded: 0, total: bytes }]));
    this.#report = closable(seldom(onProgress));
    this.#timer = setInterval(() => this.#tell(), TELL_EVERY_MS);
  }

  /** @param {string} phase */
  enter(phase) {
    this.#phase = phase;
    this.#tell();
  }

  /**
   * @param {WantedFile} file
   * @param {number} loaded
   * @param {number} [total] as it turns out, where it was not known
   */
  set(file, loaded, total = 0) {
    this.#files.set(file.key, { loaded, total: Math.max(file.bytes || total, loaded) });
    this.#tell();
  }

  /** @param {WantedFile} file */
  complete(file) {
    const { loaded, total } = this.#files.get(file.key) ?? { loaded: 0, total: 0 };
    this.set(file, Math.max(loaded, total));
  }

  #tell() {
    if (!this.#phase) return;
    const all = [...this.#files.values()];
    const loaded = all.reduce((sum, file) => sum + file.loaded, 0);
    const total = all.reduce((sum, file) => sum + file.total, 0);
    this.#report.call(this.#phase, loaded, total);
  }

  /** Whoever asked hears nothing more. */
  close() {
    clearInterval(this.#timer);
    this.#report.close();
  }
}
