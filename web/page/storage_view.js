/** How much room models take, and whether the browser will keep them. */

import { keepingFocus } from "./dialog.js";
import { button, el } from "./dom.js";
import { MODELS, storageUse } from "./strings_models.js";

// One of the caches that models are kept in; opening it shows whether this page may keep anything.
const A_CACHE = "localm-models";

export class StorageView {
  warning = el("p", { class: "warning", hidden: true }, MODELS.notKept);
  #models;
  #use = el("p", { class: "fact" });
  #answer = el("p", { class: "fact", "aria-live": "polite" });
  #keep = button(MODELS.keep, () => this.#askToKeep(), "firm");

  /** @param {import("./model_store.js").ModelStore} models */
  constructor(models) {
    this.#models = models;
    const line = el("div", { class: "storage-line" }, this.#use, this.#keep);
    this.element = el("div", { class: "storage" }, line, this.#answer);
    this.#keep.hidden = true;
  }

  async refresh() {
    const [estimate, isOpen] = await Promise.all([estimated(), cachesOpen()]);
    this.warning.hidden = estimate !== "throws" && isOpen;
    const stored = this.#models.list.reduce((sum, { stored_bytes }) => sum + stored_bytes, 0);
    const { usage = 0, quota = 0 } = estimate === "throws" ? {} : estimate;
    this.#use.textContent = storageUse(stored, usage, quota);
    await this.#showPersisted();
  }

  async #showPersisted() {
    if (!this.warning.hidden || typeof navigator.storage?.persist !== "function") {
      this.#keep.hidden = true;
      return;
    }
    const isKept = await navigator.storage.persisted().catch(() => false);
    this.#keep.hidden = isKept;
    if (isKept && !this.#answer.textContent) this.#answer.textContent = MODELS.kept;
  }

  async #askToKeep() {
    const agreed = await navigator.storage.persist().catch(() => false);
    this.#answer.textContent = agreed ? MODELS.agreed : MODELS.declined;
    this.#answer.scrollIntoView({ block: "nearest" });
    keepingFocus(this.element, () => {
      this.#keep.hidden = agreed;
    });
  }
}

/** @returns {Promise<StorageEstimate | "throws">} empty where the browser does not tell */
async function estimated() {
  try {
    return (await navigator.storage?.estimate?.()) ?? {};
  } catch (error) {
    console.info(`localm: the storage does not say how full it is: ${error}`);
    return "throws";
  }
}

async function cachesOpen() {
  try {
    await caches.open(A_CACHE);
    return true;
  } catch (error) {
    console.info(`localm: the storage cannot be opened: ${error}`);
    return false;
  }
}
