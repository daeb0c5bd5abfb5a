/**
 * Streams of bytes, read into one buffer over and over: nothing piles up for the garbage collector,
 * however large the file is.
 */

const BUFFER_BYTES = 1024 * 1024;

/**
 * The chunks of a stream; each is valid until the next one is asked for. Leaving the loop early
 * cancels the stream.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* chunksOf(stream) {
  const read = readerOf(stream);
  try {
    for (;;) {
      const chunk = await read.next();
      if (!chunk) return;
      yield chunk;
    }
  } finally {
    read.cancel();
  }
}

/** @param {ReadableStream<Uint8Array>} stream */
function readerOf(stream) {
  try {
    return intoOneBuffer(stream.getReader({ mode: "byob" }));
  } catch {
    return asItComes(stream.getReader()); // a browser whose files and bodies are no byte streams
  }
}

/** @param {ReadableStreamBYOBReader} reader */
function intoOneBuffer(reader) {
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  return {
    async next() {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (value) buffer = /** @type {ArrayBuffer} */ (value.buffer); // it went away, and came back
      return done ? undefined : value;
    },
    cancel: () => reader.cancel().catch(() => {}),
  };
}

/** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
function asItComes(reader) {
  return {
    next: async () => (await reader.read()).value,
    cancel: () => reader.cancel().catch(() => {}),
  };
}
