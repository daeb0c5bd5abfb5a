/** Files of this computer as attachments: text alone, told by what is in them and not by their names. */

import {
  fileEmpty,
  fileNotRead,
  fileTooLarge,
  notText,
  unknownEncoding,
} from "./strings_attaching.js";

/**
 * @typedef {import("../protocol").Attachment} Attachment
 * @typedef {{attachment: Attachment} | {attachment?: undefined, problem: string}} Taken
 */

const MOST_BYTES = 1_000_000;
// No text has these, in whichever encoding its letters are.
const isControl = (/** @type {number} */ byte) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte);

/**
 * @param {File} file
 * @returns {Promise<Taken>}
 */
export async function attachmentOf(file) {
  const { name } = file;
  if (file.size > MOST_BYTES) return { problem: fileTooLarge(name) };
  try {
    return taken(name, new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    // A folder, or a file that is gone or locked.
    console.info(`localm: ${name} was not read: ${error}`);
    return { problem: fileNotRead(name) };
  }
}

/**
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Taken}
 */
function taken(name, bytes) {
  const text = decoded(bytes);
  if (text === undefined)
    return { problem: bytes.some(isControl) ? notText(name) : unknownEncoding(name) };
  if (text.includes("\0")) return { problem: notText(name) };
  return text.trim() ? { attachment: { name, text } } : { problem: fileEmpty(name) };
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {string | undefined} undefined when it is no Unicode */
function decoded(bytes) {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** By the mark at its beginning. @param {Uint8Array} bytes */
function encodingOf([first, second]) {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
