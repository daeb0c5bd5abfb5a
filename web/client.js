/**
 * The page's only link to the worker: it owns the worker, maps each request's id to a stream of
 * messages, and makes sure that every stream ends, also when the worker does not live to end it.
 *
 * @typedef {import("./protocol").WorkerMessage} WorkerMessage
 * @typedef {import("./protocol").PageMessage} PageMessage
 * @typedef {import("./protocol").Ready} Ready
 * @typedef {import("./protocol").Error} ErrorMessage
 * @typedef {import("./request.js").RequestMessage} RequestMessage
 *
 * @typedef {{phase: "starting"}
 *   | {phase: "ready", ready: Ready}
 *   | {phase: "stopped", error: ErrorMessage, nobodyWaited: boolean}
 *   | {phase: "outdated", error: ErrorMessage}} ClientState
 */

import { cancelledBeforeStart, failure, Request } from "./request.js";
import { scriptUrl } from "./trusted.js";

/** @type {import("./protocol").PROTOCOL_VERSION} */
export const PROTOCOL_VERSION = 3;

// A worker that dies this soon after its start counts as rapid; after that many it stays down,
// because a loop of boots would only burn the battery.
const RAPID_DEATH_MS = 30_000;
const RAPID_DEATHS_ALLOWED = 3;

const BOOT_ID = "boot"; // of the progress that belongs to no request

const UPDATED = "The app was updated. Reload the page.";
const WORKER_DIED = "The part of the app that runs the model stopped. Try again.";
const WORKER_STOPPED = "The part of the app that runs the model does not start here. Try again.";

const WORKER_URL = new URL("worker/worker.js", import.meta.url).href;

export class Client {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<string, Request>} */
  #requests = new Map();
  /** @type {ClientState} */
  #state = { phase: "starting" };
  /** @type {(state: ClientState) => void} */
  onState = () => {};
  onBootProgress = () => {};
  /** @type {import("./protocol").Progress | undefined} how far the worker's start has come */
  bootProgress;
  #nextId = 1;
  #rapidDeaths = 0;
  #bootedAt = 0;
  #bootPlain = false;
  #hubAddress;
  #worded;

  /**
   * @param {() => string} hubAddress the one from the settings, asked at each start of the worker
   * @param {(error: ErrorMessage) => ErrorMessage} [worded] an error in the words of the page
   */
  constructor(hubAddress, worded = (error) => error) {
    this.#hubAddress = hubAddress;
    this.#worded = worded;
    this.#boot();
  }

  get state() {
    return this.#state;
  }

  /**
   * @param {string} model
   * @param {import("./protocol").ChatMessage[]} messages
   * @param {import("./protocol").ChatOptions} [options]
   * @returns {Request<import("./protocol").ChatResult>}
   */
  chat(model, messages, options = {}) {
    return this.#request({ type: "chat", id: this.#newId(), model, messages, options });
  }

  /**
   * How full the context window would be.
   *
   * @param {string} model
   * @param {import("./protocol").ChatMessage[]} messages
   * @param {import("./protocol").Attachment[]} attachments of the prompt that is being written
   * @param {import("./protocol").ChatOptions} options
   * @returns {Request<import("./protocol").CountResult>}
   */
  count(model, messages, attachments, options) {
    return this.#request({
      type: "count",
      id: this.#newId(),
      model,
      messages,
      attachments,
      options,
    });
  }

  /**
   * @param {string} model
   * @returns {Request<import("./protocol").LoadResult>}
   */
  load(model) {
    return this.#request({ type: "load", id: this.#newId(), model });
  }

  /** @returns {Request<import("./protocol").ModelsResult>} */
  models() {
    return this.#request({ type: "models", id: this.#newId() });
  }

  /**
   * @param {string} text an id on the hub, or the address of its page there
   * @returns {Request<import("./protocol").FindResult>}
   */
  find(text) {
    return this.#request({ type: "find", id: this.#newId(), text });
  }

  /**
   * @param {string} model
   * @returns {Request<import("./protocol").DownloadResult>}
   */
  download(model) {
    return this.#request({ type: "download", id: this.#newId(), model });
  }

  /**
   * @param {string} model
   * @returns {Request<import("./protocol").VerifyResult>}
   */
  verify(model) {
    return this.#request({ type: "verify", id: this.#newId(), model });
  }

  /**
   * @param {string} model
   * @returns {Request<import("./protocol").EvictResult>}
   */
  evict(model) {
    return this.#request({ type: "evict", id: this.#newId(), model });
  }

  /**
   * @param {string} address "" is the site's default
   * @returns {Request<import("./protocol").HubResult>}
   */
  hub(address) {
    return this.#request({ type: "hub", id: this.#newId(), address });
  }

  /**
   * @param {string} name
   * @param {import("./protocol").ImportFile[]} files
   * @param {File[]} handles of the same files, in the same order
   * @returns {Request<import("./protocol").ImportResult>}
   */
  import(name, files, handles) {
    const id = this.#newId();
    return this.#request({ type: "import", id, name, ticket: id, files }, handles);
  }

  /**
   * @param {string} text of a file of conversations
   * @returns {Request<import("./protocol").RestoreResult>}
   */
  restore(text) {
    return this.#request({ type: "restore", id: this.#newId(), text });
  }

  /** @param {string} target the id of a request; it still ends by itself in `done` or `error` */
  cancel(target) {
    const request = this.#requests.get(target);
    if (!request) return;
    this.#post({ type: "cancel", id: this.#newId(), target });
    // Nothing has started yet: whoever pressed Stop need not wait for Python.
    if (this.#state.phase === "starting") this.#deliver(cancelledBeforeStart(request.message));
  }

  /** Boot again after the worker was given up. */
  retry() {
    if (this.#state.phase !== "stopped") return;
    this.#rapidDeaths = 0;
    this.#boot();
  }

  #newId() {
    return `r${this.#nextId++}`;
  }

  /**
   * @param {RequestMessage} message
   * @param {File[]} [files]
   */
  #request(message, files) {
    const request = new Request(message, () => this.cancel(message.id), files);
    this.#requests.set(message.id, request);
    const state = this.#state;
    if (state.phase === "stopped") this.retry();
    else if (state.phase === "outdated") this.#deliver({ ...state.error, id: message.id });
    else this.#postRequest(request);
    return request;
  }

  /** @param {Request} request */
  #postRequest({ message, files }) {
    if (message.type === "import") this.#worker?.postMessage({ ticket: message.ticket, files });
    this.#post(message);
  }

  /** @param {PageMessage} message */
  #post(message) {
    this.#worker?.postMessage(JSON.stringify(message));
  }

  #boot() {
    this.#worker?.terminate();
    const url = this.#bootPlain ? `${WORKER_URL}?boot=plain` : WORKER_URL;
    const worker = new Worker(scriptUrl(url), { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      if (worker === this.#worker) this.#receive(JSON.parse(data));
    });
    for (const death of /** @type {const} */ (["error", "messageerror"]))
      worker.addEventListener(death, (event) => {
        // Handled here and shown on the page; without this the console reports it once more.
        event.preventDefault();
        if (worker === this.#worker)
          this.#died(event instanceof ErrorEvent ? event.message : death);
      });
    this.#worker = worker;
    this.bootProgress = undefined;
    this.#bootedAt = performance.now();
    this.#setState({ phase: "starting" });
    this.#post({ type: "hello", version: PROTOCOL_VERSION, hub: this.#hubAddress() });
    for (const request of this.#requests.values()) this.#postRequest(request);
  }

  /** @param {ClientState} state */
  #setState(state) {
    this.#state = state;
    this.onState(state);
  }

  /** @param {WorkerMessage} message */
  #receive(message) {
    if (message.type === "ready") this.#ready(message);
    else if (message.type === "error") this.#receiveError(this.#worded(message));
    else if (message.type === "progress" && message.id === BOOT_ID) this.#booting(message);
    else this.#deliver(message);
  }

  /** @param {ErrorMessage} error */
  #receiveError(error) {
    if (error.id) this.#deliver(error);
    else this.#failed(error);
  }

  /** @param {import("./protocol").Progress} progress */
  #booting(progress) {
    this.bootProgress = progress;
    this.onBootProgress();
  }

  /** @param {Ready} ready */
  #ready(ready) {
    if (ready.version === PROTOCOL_VERSION) this.#setState({ phase: "ready", ready });
    else this.#failed(this.#failure("version-mismatch", UPDATED));
  }

  /** @param {Exclude<WorkerMessage, Ready>} message */
  #deliver(message) {
    this.#requests.get(message.id)?.push(message);
    if (message.type === "done" || message.type === "error") this.#requests.delete(message.id);
  }

  /** @param {ErrorMessage} error one that is about the worker, not about one request */
  #failed(error) {
    switch (error.code) {
      case "snapshot-bad":
        this.#bootPlain = true;
        return this.#boot();
      case "version-mismatch":
        this.#setState({ phase: "outdated", error });
        this.#failAll(error);
        return this.#worker?.terminate();
      case "boot-failed":
        return this.#stop(error);
      default:
        return this.#failAll(error);
    }
  }

  /** @param {string} detail */
  #died(detail) {
    const rapid = performance.now() - this.#bootedAt < RAPID_DEATH_MS;
    this.#rapidDeaths = rapid ? this.#rapidDeaths + 1 : 1;
    if (this.#rapidDeaths >= RAPID_DEATHS_ALLOWED)
      return this.#stop(this.#failure("worker-died", WORKER_STOPPED, detail));
    this.#failAll(this.#failure("worker-died", WORKER_DIED, detail));
    this.#boot();
  }

  /**
   * @param {string} code
   * @param {string} message
   * @param {string} [detail]
   */
  #failure(code, message, detail) {
    return this.#worded(failure(code, message, detail));
  }

  /** @param {ErrorMessage} error */
  #stop(error) {
    this.#worker?.terminate();
    this.#setState({ phase: "stopped", error, nobodyWaited: this.#requests.size === 0 });
    this.#failAll(error);
  }

  /** @param {ErrorMessage} error */
  #failAll(error) {
    for (const id of [...this.#requests.keys()]) this.#deliver({ ...error, id });
  }
}
