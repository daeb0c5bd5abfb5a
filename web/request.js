/**
 * One request as the page sees it: its message to the worker, and the stream of what comes back.
 *
 * @typedef {import("./protocol").WorkerMessage} WorkerMessage
 * @typedef {import("./protocol").Error} ErrorMessage
 * @typedef {Extract<import("./protocol").PageMessage, {id: string}>} RequestMessage
 * @typedef {Exclude<WorkerMessage, import("./protocol").Ready>} Reply
 */

/**
 * What the worker says about one request, ending with `done` or `error`. Leaving the loop early
 * cancels the request.
 *
 * @template [Result=any] what `done` brings
 */
export class Request {
  /** @type {Reply[]} */
  #waiting = [];
  #wake = () => {};
  #ended = false;
  #onLeave;

  /**
   * @param {RequestMessage} message
   * @param {() => void} onLeave
   * @param {File[]} [files] those that an import sends along
   */
  constructor(message, onLeave, files = []) {
    this.message = message;
    this.id = message.id;
    this.files = files;
    this.#onLeave = onLeave;
  }

  /**
   * Follow it to its end.
   *
   * @param {(reply: Reply) => void} [onReply] sees what comes before
   * @returns {Promise<{type: "done", result: Result} | ErrorMessage>}
   */
  async end(onReply = () => {}) {
    for await (const reply of this) {
      if (reply.type === "done") return { type: "done", result: /** @type {any} */ (reply.result) };
      if (reply.type === "error") return reply;
      onReply(reply);
    }
    throw new Error(`request ${this.id} ended without an end`);
  }

  /** @param {Reply} message */
  push(message) {
    if (this.#ended) return;
    this.#ended = message.type === "done" || message.type === "error";
    this.#waiting.push(message);
    this.#wake();
  }

  async *[Symbol.asyncIterator]() {
    try {
      for (;;) {
        const batch = this.#waiting;
        this.#waiting = [];
        yield* batch;
        if (this.#waiting.length > 0) continue;
        if (this.#ended) return;
        await new Promise((resolve) => {
          this.#wake = () => resolve(undefined);
        });
      }
    } finally {
      if (!this.#ended) this.#onLeave();
    }
  }
}

/**
 * @param {string} code
 * @param {string} message
 * @returns {ErrorMessage}
 */
export function failure(code, message, detail = "") {
  return { type: "error", id: "", code, message, detail, offer: "" };
}

/**
 * @param {RequestMessage} message
 * @returns {Reply}
 */
export function cancelledBeforeStart(message) {
  if (message.type !== "chat") return { ...failure("cancelled", "Stopped."), id: message.id };
  return {
    type: "done",
    id: message.id,
    result: {
      finish_reason: "abort",
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
      timings: { ttft_s: 0, decode_tokens_per_s: 0 },
      engine: "",
      device: null,
      model: message.model,
      dropped_messages: 0,
    },
  };
}
