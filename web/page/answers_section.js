/**
 * "Answers" in the settings: the system prompt and the options of the conversation on screen. What is
 * typed counts at once, as far as it can be used; no model is loaded again.
 */

import {
  formatField,
  labelled,
  numberFields,
  problemOf,
  reasoningField,
  stopField,
} from "./answer_fields.js";
import { keepForNew } from "./answer_settings.js";
import { keepingFocus } from "./dialog.js";
import { button, el } from "./dom.js";
import { PresetsView } from "./presets_view.js";
import { ANSWERS, cannotReason, forConversation } from "./strings_answers.js";

/**
 * @typedef {import("./answer_fields.js").Field} Field
 * @typedef {import("../protocol").ChatOptions} ChatOptions
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 *
 * @typedef {object} Subject the conversation on screen
 * @property {{readonly id: string, readonly record: ConversationRecord}} conversation
 * @property {(changes: Partial<ConversationRecord>) => void} change
 *
 * @typedef {object} Around
 * @property {Subject} chat
 * @property {import("./model_choice.js").ModelChoice} choice
 * @property {import("./model_store.js").ModelStore} models
 * @property {import("./presets.js").Presets} presets
 * @property {import("../client.js").Client} client
 * @property {() => void} changed
 */

// What is typed fast is kept once.
const REST_MS = 200;

export class AnswersSection {
  #around;
  #about = el("p", { class: "fact" });
  #system = el("textarea", { rows: 4, class: "system", dir: "auto" });
  #presets;
  #reasoning = reasoningField();
  #small = [...numberFields(), this.#reasoning];
  #wide = [stopField(), formatField()];
  /** @type {Field[]} */
  #fields = [...this.#small, ...this.#wide];
  /** @type {Set<Field>} those that hold what cannot be used */
  #bad = new Set();
  #outcome = el("div", { class: "outcome", "aria-live": "polite" });
  #shown = "";
  #isOpen = false;
  /** @type {Partial<ConversationRecord>} not kept yet */
  #changes = {};
  #timer = 0;

  /** @param {Around} around */
  constructor(around) {
    this.#around = around;
    this.#presets = new PresetsView(around.presets, {
      text: () => this.#system.value,
      set: (text) => this.#setSystem(text),
    });
    this.#system.addEventListener("input", () => this.#takeSystem());
    for (const field of this.#fields)
      for (const kind of ["input", "change"])
        field.element.addEventListener(kind, () => this.#take(field));
    around.models.onChange(() => this.#offerReasoning());
    addEventListener("pagehide", () => this.flush());
    this.element = this.#layOut();
  }

  #layOut() {
    return el(
      "div",
      { class: "answers" },
      this.#about,
      labelled(ANSWERS.system, this.#system, ANSWERS.systemHint).element,
      this.#presets.element,
      el("div", { class: "pairs" }, ...this.#small.map(({ element }) => element)),
      ...this.#wide.map(({ element }) => element),
      el(
        "div",
        { class: "actions" },
        button(ANSWERS.reset, () => this.#reset(), "firm"),
      ),
      this.#outcome,
    );
  }

  open() {
    this.#isOpen = true;
    this.refresh();
  }

  /** Begin with what counts; what was typed and could not be used stands there still. */
  refresh() {
    const { record, id } = this.#around.chat.conversation;
    if (id !== this.#shown) this.#bad.clear();
    this.#shown = id;
    const whose = record.title ? forConversation(record.title) : ANSWERS.forNew;
    this.#about.textContent = `${whose} ${ANSWERS.forLater}`;
    this.#system.value = record.system;
    for (const field of this.#fields) if (!this.#bad.has(field)) this.#write(field);
    this.#offerReasoning();
    this.#outcome.replaceChildren();
    this.#presets.refresh();
  }

  /** Another conversation may be on screen now. */
  shown() {
    if (this.#shown !== this.#around.chat.conversation.id) this.refresh();
  }

  close() {
    this.#isOpen = false;
    this.flush();
  }

  /** Keep what has just been typed. */
  flush() {
    clearTimeout(this.#timer);
    const { chat, changed } = this.#around;
    const changes = this.#changes;
    this.#changes = {};
    if (Object.keys(changes).length === 0 || this.#shown !== chat.conversation.id) return;
    chat.change(changes);
    keepForNew(chat.conversation.record);
    changed();
  }

  /** What counts, with what is not kept yet. */
  get #record() {
    return { ...this.#around.chat.conversation.record, ...this.#changes };
  }

  /** @param {Partial<ConversationRecord>} changes */
  #change(changes) {
    Object.assign(this.#changes, changes);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.flush(), this.#isOpen ? REST_MS : 0);
  }

  #takeSystem() {
    this.#change({ system: this.#system.value });
    this.#presets.promptChanged();
  }

  /** @param {string} text */
  #setSystem(text) {
    this.#system.value = text;
    this.#takeSystem();
  }

  /** @param {Field} field */
  #write(field) {
    field.write(this.#record.options);
    field.show("");
  }

  /** @param {Field} field */
  #take(field) {
    const read = field.read();
    if (read.options?.response_format?.schema) this.#takeIfUnderstood(field, read.options);
    else this.#judge(field, read);
  }

  /**
   * Which schemas there are is for Python to say; as long as that starts, it is asked with the prompt.
   *
   * @param {Field} field
   * @param {ChatOptions} options
   */
  async #takeIfUnderstood(field, options) {
    const { client, choice } = this.#around;
    const [draft, shown] = [field.draft(), this.#shown];
    const isAsked = client.state.phase === "ready";
    const end = isAsked && (await client.count(choice.current.id, [], [], options).end());
    if (draft !== field.draft() || shown !== this.#shown) return;
    const isRefused = end && end.type === "error" && end.code === "bad-schema";
    this.#judge(field, isRefused ? { problem: end.message } : { options });
  }

  /**
   * @param {Field} field
   * @param {import("./answer_values.js").Read} read
   */
  #judge(field, read) {
    const { options } = this.#record;
    const { [field.key]: before, ...others } = options;
    if (read.options) this.#bad.delete(field);
    else this.#bad.add(field);
    field.show(read.options ? "" : problemOf(field, read.problem, options));
    if (read.options) this.#change({ options: { ...others, ...read.options } });
  }

  #offerReasoning() {
    const { choice, models } = this.#around;
    const model = models.get(choice.current.id);
    this.#reasoning.offer(model?.reasoning === true, cannotReason(choice.current.name));
  }

  #reset() {
    const drafts = this.#fields.map((field) => field.draft());
    const isChanged = Object.keys(this.#record.options).length + this.#bad.size > 0;
    if (!isChanged) return this.#say(ANSWERS.isDefault);
    this.#bad.clear();
    this.#change({ options: {} });
    for (const field of this.#fields) this.#write(field);
    this.#say(ANSWERS.wasReset, () => this.#bringBack(drafts));
  }

  /** @param {string[]} drafts */
  #bringBack(drafts) {
    this.#fields.forEach((field, place) => {
      field.redraft(drafts[place] ?? "");
      this.#take(field);
    });
    this.#say(ANSWERS.resetUndone);
  }

  /**
   * @param {string} text
   * @param {() => void} [undo]
   */
  #say(text, undo) {
    const line = el("div", { class: "note actions" }, el("span", {}, text));
    if (undo) line.append(button(ANSWERS.undo, undo, "firm"));
    keepingFocus(this.#outcome, () => this.#outcome.replaceChildren(line));
    this.#outcome.scrollIntoView({ block: "nearest" });
  }
}
