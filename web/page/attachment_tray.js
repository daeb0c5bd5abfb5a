/**
 * The files that go with the message that is being written: chosen, dropped anywhere on the page or
 * pasted; shown as chips over the text, each with its size in tokens.
 */

import { attachmentOf } from "./attachments.js";
import { dialogIsOpen } from "./dialog.js";
import { byId, el, icon } from "./dom.js";
import {
  ATTACHING,
  fileAttached,
  fileRemoved,
  fileTokens,
  othersRefused,
  removeFile,
} from "./strings_attaching.js";

/**
 * @typedef {import("../protocol").Attachment} Attachment
 *
 * @typedef {object} TrayActions
 * @property {() => void} changed other files are attached now
 * @property {(sentence: string) => void} refuse
 * @property {() => void} leave nothing here has the focus any more
 */

const MOST_REFUSALS = 3;

export class AttachmentTray {
  #form = byId("composer", HTMLFormElement);
  #button = byId("attach", HTMLButtonElement);
  #chips = el("ul", { class: "chips", "aria-label": ATTACHING.files, hidden: true });
  #news = el("p", { class: "unseen", "aria-live": "polite" });
  #drop = el("p", { class: "drop-hint", "aria-hidden": "true" }, ATTACHING.drop);
  #input = el("input", {
    type: "file",
    multiple: true,
    hidden: true,
    "aria-label": ATTACHING.choose,
  });
  #actions;
  /** @type {Attachment[]} */
  #files = [];
  #reading = Promise.resolve();
  /** @type {number[]} by file, as far as they were counted */
  #counts = [];
  #isEstimate = false;

  /** @param {TrayActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.#form.prepend(this.#chips, this.#drop, this.#news, this.#input);
    this.#button.addEventListener("click", () => this.#input.click());
    this.#input.addEventListener("change", () => {
      const files = [...(this.#input.files ?? [])];
      // The same file can be chosen again.
      this.#input.value = "";
      this.#take(files);
      this.#actions.leave();
    });
    this.#listenForDrops();
    byId("message", HTMLTextAreaElement).addEventListener("paste", (event) => this.#paste(event));
  }

  /** @returns {readonly Attachment[]} */
  get files() {
    return this.#files;
  }

  /** Resolves when what was chosen has been read. */
  get ready() {
    return this.#reading;
  }

  takeAll() {
    this.#set([]);
  }

  /** Put back what could not be sent. @param {readonly Attachment[]} files */
  giveBack(files) {
    this.#set([...files, ...this.#files]);
  }

  /**
   * @param {readonly number[]} counts tokens of each file
   * @param {boolean} isEstimate
   */
  showCounts(counts, isEstimate) {
    if (counts.length !== this.#files.length) return;
    this.#counts = [...counts];
    this.#isEstimate = isEstimate;
    this.#chips.querySelectorAll(".tokens").forEach((place, number) => {
      place.textContent = this.#tokens(number);
    });
  }

  /** @param {number} number */
  #tokens(number) {
    const count = this.#counts[number];
    return count === undefined ? "" : fileTokens(count, this.#isEstimate);
  }

  /** @param {File[]} files */
  #take(files) {
    if (files.length === 0) return;
    this.#reading = Promise.all([this.#reading, ...files.map(attachmentOf)]).then(
      ([, ...taken]) => {
        const read = taken.flatMap(({ attachment }) => attachment ?? []);
        const fresh = read.filter((one) => !this.#files.some((other) => isSame(one, other)));
        if (fresh.length > 0) this.#set([...this.#files, ...fresh], this.#counts);
        this.#say(read.map(({ name }) => fileAttached(name)).join(" "));
        this.#refuse(taken.flatMap((one) => (one.attachment ? [] : one.problem)));
      },
    );
  }

  /** @param {string[]} problems */
  #refuse(problems) {
    const named = problems.slice(0, MOST_REFUSALS);
    const others = problems.length - named.length;
    if (others > 0) named.push(othersRefused(others));
    if (named.length > 0) this.#actions.refuse(named.join(" "));
  }

  /**
   * @param {Attachment[]} files
   * @param {number[]} [counts]
   */
  #set(files, counts = []) {
    this.#files = files;
    this.#counts = counts;
    this.#chips.replaceChildren(...files.map((file, number) => this.#chip(file, number)));
    this.#chips.hidden = files.length === 0;
    this.#form.classList.toggle("has-files", files.length > 0);
    this.#actions.changed();
  }

  /**
   * @param {Attachment} file
   * @param {number} number
   */
  #chip({ name }, number) {
    const remove = el("button", { type: "button", class: "quiet chip-remove" }, icon("close"));
    remove.setAttribute("aria-label", removeFile(name));
    remove.title = removeFile(name);
    remove.addEventListener("click", () => this.#remove(number));
    remove.addEventListener("keydown", (event) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      this.#remove(number);
    });
    const words = el("span", { class: "chip-name", dir: "auto", title: name }, name);
    const tokens = el("span", { class: "tokens" }, this.#tokens(number));
    return el("li", { class: "chip" }, words, tokens, remove);
  }

  /** @param {number} number */
  #remove(number) {
    const gone = this.#files[number];
    if (!gone) return;
    const isNot = (/** @type {unknown} */ _, /** @type {number} */ place) => place !== number;
    const had = this.#chips.contains(document.activeElement);
    this.#set(this.#files.filter(isNot), this.#counts.filter(isNot));
    this.#say(fileRemoved(gone.name));
    if (!had) return;
    const buttons = this.#chips.querySelectorAll("button");
    const next = buttons[number] ?? buttons[number - 1];
    if (next) next.focus();
    else this.#actions.leave();
  }

  /** @param {string} text */
  #say(text) {
    this.#news.textContent = text;
  }

  #listenForDrops() {
    /** @param {boolean} isOver */
    const show = (isOver) => this.#form.classList.toggle("takes", isOver && !dialogIsOpen());
    document.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      // Else the browser would leave the page for the file.
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = dialogIsOpen() ? "none" : "copy";
      show(true);
    });
    document.addEventListener("dragleave", ({ relatedTarget }) => {
      if (!relatedTarget) show(false); // out of the window
    });
    document.addEventListener("drop", () => show(false), { capture: true });
    document.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (!dialogIsOpen()) this.#take([...(event.dataTransfer?.files ?? [])]);
    });
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const { files, types } = event.clipboardData ?? {};
    // A text processor offers a picture of the text beside it: the text is meant.
    const isText = types?.includes("text/html") && types.includes("text/plain");
    if (!files?.length || isText) return;
    event.preventDefault();
    this.#take([...files]);
  }
}

/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;

/**
 * @param {Attachment} one
 * @param {Attachment} other
 */
const isSame = (one, other) => one.name === other.name && one.text === other.text;
