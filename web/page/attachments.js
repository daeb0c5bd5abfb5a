/** Text files that go with the next message: picked, dropped or pasted; shown as chips. */

import { button, byId, el, icon } from "./dom.js";
import { ATTACHING, attachedTokens, isTooLarge, notText } from "./strings_attaching.js";

/** @typedef {import("../protocol").Attachment} Attachment */

// More than any model here can read; a file beyond it would only make the page slow.
const MOST_BYTES = 2_000_000;

export class Attachments {
  #count;
  #tell;
  /** @type {Map<Attachment, HTMLElement>} */
  #chips = new Map();
  #list = el("ul", { class: "chips", "aria-label": ATTACHING.list });
  #picker = el("input", { type: "file", multiple: true, hidden: true, tabindex: -1 });
  onChange = () => {};

  /**
   * @param {(text: string) => Promise<{tokens: number, exact: boolean} | undefined>} count
   * @param {(problem: string) => void} tell
   */
  constructor(count, tell) {
    this.#count = count;
    this.#tell = tell;
    const form = byId("composer", HTMLFormElement);
    const attach = byId("attach", HTMLButtonElement);
    attach.addEventListener("click", () => this.#picker.click());
    this.#picker.addEventListener("change", () => {
      this.add([...(this.#picker.files ?? [])]);
      this.#picker.value = "";
    });
    form.before(this.#list);
    form.append(this.#picker);
    this.#listen(form);
  }

  get isEmpty() {
    return this.#chips.size === 0;
  }

  /** @returns {Attachment[]} those that are there, which are gone then */
  take() {
    const taken = [...this.#chips.keys()];
    this.#chips.clear();
    this.#list.replaceChildren();
    return taken;
  }

  /** Put some back that could not be sent. @param {readonly Attachment[]} attachments */
  giveBack(attachments) {
    for (const attachment of attachments) this.#show(attachment);
  }

  /** @param {File[]} files */
  async add(files) {
    for (const file of files) {
      const text = await this.#textOf(file);
      if (text !== undefined) this.#show({ name: file.name || ATTACHING.unnamed, text });
    }
  }

  /** @param {HTMLElement} form */
  #listen(form) {
    const holdsFiles = (/** @type {DataTransfer | null} */ data) => data?.types.includes("Files");
    addEventListener("dragover", (event) => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      form.classList.add("takes");
    });
    addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) form.classList.remove("takes");
    });
    addEventListener("drop", (event) => {
      form.classList.remove("takes");
      if (event.defaultPrevented || !holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      this.add([...(event.dataTransfer?.files ?? [])]);
    });
    form.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      this.add(files);
    });
  }

  /** @param {File} file */
  async #textOf(file) {
    if (file.size > MOST_BYTES) return this.#tell(isTooLarge(file.name));
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      return text.includes("\0") ? this.#tell(notText(file.name)) : text;
    } catch (error) {
      console.info(`localm: ${file.name} is not attached: ${error}`);
      return this.#tell(notText(file.name));
    }
  }

  /** @param {Attachment} attachment */
  async #show(attachment) {
    const words = el("span", { class: "chip-tokens" });
    const remove = button("", () => this.#remove(attachment));
    remove.setAttribute("aria-label", `${ATTACHING.remove} ${attachment.name}`);
    remove.append(icon("close"));
    const chip = el("li", { class: "chip" }, el("span", {}, attachment.name), words, remove);
    this.#chips.set(attachment, chip);
    this.#list.append(chip);
    this.onChange();
    const counted = await this.#count(attachment.text);
    if (counted) words.textContent = attachedTokens(counted.tokens, counted.exact);
  }

  /** @param {Attachment} attachment */
  #remove(attachment) {
    this.#chips.get(attachment)?.remove();
    this.#chips.delete(attachment);
    byId("message", HTMLTextAreaElement).focus();
    this.onChange();
  }
}
