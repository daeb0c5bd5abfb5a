/**
 * SHA-256, and Git's SHA-1 where the hub knows no other, over bytes as they pass. The state can be
 * saved and loaded, so that a download goes on after the tab was killed (hash-wasm).
 */

import { site } from "../site.js";

/**
 * @typedef {import("hash-wasm").IHasher} Hasher
 * @typedef {import("./messages").WantedFile} WantedFile
 * @typedef {{sha256: string, git_sha1: string}} Digests hexadecimal; "" is not counted
 * @typedef {{sha256: string, git_sha1: string}} Saved base64; "" is not counted
 * @typedef {typeof import("hash-wasm")} HashWasm
 */

const folder = new URL("../", import.meta.url); // app-<hash>/, where site.js is

/**
 * hash-wasm has a small file for each hash, which is no module: it puts itself into a global object.
 *
 * @param {"sha256" | "sha1"} name
 * @returns {Promise<HashWasm>}
 */
async function library(name) {
  await import(new URL(`${site.hashes}${name}.umd.min.js`, folder).href);
  return /** @type {any} */ (globalThis).hashwasm;
}

/** The hashes of one file's bytes so far. */
export class Hashes {
  /** @type {Hasher} */
  #sha256;
  /** @type {Hasher | undefined} */
  #git;
  #size;

  /**
   * @param {Hasher} sha256
   * @param {Hasher | undefined} git
   * @param {number} size of the whole file: Git hashes it first
   */
  constructor(sha256, git, size) {
    this.#sha256 = sha256;
    this.#git = git;
    this.#size = size;
    this.restart();
  }

  /**
   * @param {WantedFile} file
   * @param {number} size in bytes; 0: not known, so Git's hash must wait until it is
   */
  static async of(file, size) {
    const wantsGit = file.git_sha1 && !file.sha256 && size > 0;
    const sha256 = await (await library("sha256")).createSHA256();
    const git = wantsGit ? await (await library("sha1")).createSHA1() : undefined;
    return new Hashes(sha256, git, size);
  }

  restart() {
    this.#sha256.init();
    this.#git?.init();
    this.#git?.update(`blob ${this.#size}\0`);
  }

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.#sha256.update(bytes);
    this.#git?.update(bytes);
  }

  /** Ends the counting. @returns {Digests} */
  digests() {
    return { sha256: this.#sha256.digest(), git_sha1: this.#git?.digest() ?? "" };
  }

  /** @returns {Saved} */
  save() {
    return { sha256: encoded(this.#sha256.save()), git_sha1: encoded(this.#git?.save()) };
  }

  /** @param {Saved} saved throws when another version of hash-wasm saved it */
  load(saved) {
    this.#sha256.load(decoded(saved.sha256));
    this.#git?.load(decoded(saved.git_sha1));
  }
}

/**
 * @param {WantedFile} file
 * @param {Digests} digests
 */
export function isRight(file, digests) {
  if (file.sha256) return file.sha256 === digests.sha256;
  return !digests.git_sha1 || file.git_sha1 === digests.git_sha1;
}

/** @param {Uint8Array} [bytes] */
function encoded(bytes) {
  return bytes ? btoa(String.fromCharCode(...bytes)) : "";
}

/** @param {string} text */
function decoded(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
