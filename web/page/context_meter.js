/**
 * How full the model's window is with what is said and with what is being written. It is asked when the
 * typing rests, one question at a time, and shown only when that matters.
 */

import { byId, el } from "./dom.js";
import {
  ATTACHING,
  keptForAnswer,
  messageTooLong,
  willBeDropped,
  windowUsed,
} from "./strings_attaching.js";

/**
 * @typedef {import("../protocol").CountResult} CountResult
 * @typedef {import("../protocol").Attachment} Attachment
 *
 * @typedef {object} Around
 * @property {import("../client.js").Client} client
 * @property {import("./model_choice.js").ModelChoice} choice
 * @property {() => import("./open_conversation.js").OpenConversation} conversation on screen
 * @property {() => {text: string, files: readonly Attachment[]}} draft
 * @property {(counts: readonly number[], isEstimate: boolean) => void} counted tokens of the draft's files
 */

const REST_MS = 400;
const CHARACTERS_PER_MS = 5_000;
const SHOWN_FROM = 0.5;

export class ContextMeter {
  #around;
  #timer = 0;
  #isAsking = false;
  #isStale = false;
  #shown = ""; // the conversation that it is about
  #bar = el("span", { class: "window-used" });
  #meter = el(
    "span",
    { class: "window", role: "meter", "aria-label": ATTACHING.window, "aria-valuemin": 0 },
    this.#bar,
  );
  #words = el("span", { class: "window-words", "aria-hidden": "true" });
  #warning = el("span", { class: "window-warning", "aria-live": "polite" });
  #element = byId("context", HTMLElement);

  /** @param {Around} around */
  constructor(around) {
    this.#around = around;
    this.#element.append(this.#meter, this.#words, this.#warning);
    around.choice.onChange(() => this.changed());
  }

  /** Something is written, said, attached or set. */
  changed() {
    const { id } = this.#around.conversation();
    if (id !== this.#shown) this.#hide();
    this.#shown = id;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#ask(), this.#rest_ms);
  }

  /** A long text takes its time to be sent and counted, so it is asked about less often. */
  get #rest_ms() {
    const { text, files } = this.#around.draft();
    const characters = files.reduce((sum, file) => sum + file.text.length, text.length);
    return REST_MS + characters / CHARACTERS_PER_MS;
  }

  async #ask() {
    const { client, choice } = this.#around;
    this.#isStale = this.#isAsking;
    if (this.#isAsking || client.state.phase !== "ready") return;
    const { messages, files, options } = this.#question();
    if (messages.length === 0) return this.#hide();
    const kept = messages[0]?.role === "system" ? 1 : 0;
    this.#isAsking = true;
    const end = await client.count(choice.current.id, messages, files, options).end();
    this.#isAsking = false;
    if (this.#isStale) return this.changed();
    if (end.type === "done") this.#show(end.result, kept);
    else this.#hide();
  }

  /** What the worker would be told if the draft were sent now. */
  #question() {
    const { text, files } = this.#around.draft();
    const conversation = this.#around.conversation();
    const messages = conversation.messagesBeforeNext();
    if (text.trim() || files.length > 0) messages.push({ role: "user", content: text });
    return { messages, files: [...files], options: conversation.record.options };
  }

  /**
   * @param {CountResult} result
   * @param {number} kept how many of the first messages are never left out
   */
  #show(result, kept) {
    const { attachment_tokens, is_estimate, context_window, fits } = result;
    this.#around.counted(attachment_tokens, is_estimate);
    const used = usedBy(result, kept);
    const warning = warningOf(result);
    const isWorthIt =
      used >= context_window * SHOWN_FROM || attachment_tokens.length > 0 || warning;
    if (!isWorthIt || context_window <= 0) return this.#hide();
    this.#draw(used, result);
    this.#element.classList.toggle("too-long", !fits);
    this.#element.hidden = false;
    // A sentence that stays the same is not announced again.
    if (this.#warning.textContent !== warning) this.#warning.textContent = warning;
  }

  /**
   * @param {number} used
   * @param {CountResult} result
   */
  #draw(used, { context_window, is_estimate, max_tokens }) {
    const words = windowUsed(used, context_window, is_estimate);
    const shown = Math.min(used, context_window);
    this.#meter.setAttribute("aria-valuemax", String(context_window));
    this.#meter.setAttribute("aria-valuenow", String(shown));
    this.#meter.setAttribute("aria-valuetext", words);
    this.#bar.style.inlineSize = `${(100 * shown) / context_window}%`;
    this.#words.textContent = words;
    this.#element.title = keptForAnswer(max_tokens);
  }

  #hide() {
    this.#element.hidden = true;
    this.#warning.textContent = "";
  }
}

/** @param {CountResult} result @returns {string} "" when all of it is read */
function warningOf({ fits, dropped_messages, context_window, max_tokens }) {
  if (!fits) return messageTooLong(context_window - max_tokens);
  return dropped_messages > 0 ? willBeDropped(dropped_messages) : "";
}

/**
 * What is read of all that is there.
 *
 * @param {CountResult} result
 * @param {number} kept how many of the first messages are never left out
 */
function usedBy({ message_tokens, attachment_tokens, dropped_messages }, kept) {
  const read = message_tokens.toSpliced(kept, dropped_messages);
  return [...read, ...attachment_tokens].reduce((sum, tokens) => sum + tokens, 0);
}
