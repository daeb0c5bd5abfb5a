/** Everything about models that the page holds: the list, the choice, the dialog, the welcome line. */

import { BiggerModel } from "./bigger_model.js";
import { byId } from "./dom.js";
import { ModelChoice } from "./model_choice.js";
import { ModelStore } from "./model_store.js";
import { ModelsDialog } from "./models_dialog.js";
import { Removals } from "./removals.js";
import { modelIsGone } from "./strings_models.js";

const TOLD_MS = 10_000;

export class ModelsPart {
  choice = new ModelChoice();
  store;
  #removals;
  #wasReady = false;

  /**
   * @param {import("../client.js").Client} client
   * @param {import("./status.js").Status} status
   * @param {import("./notice.js").Notice} notice
   */
  constructor(client, status, notice) {
    this.store = new ModelStore(client);
    this.#removals = new Removals(client);
    const { choice, store: models } = this;
    /** @param {string} text */
    const tell = (text) => notice.show({ text, forMs: TOLD_MS });
    const dialog = new ModelsDialog({ client, models, choice, removals: this.#removals }, tell);
    const open = () => dialog.open();
    byId("models", HTMLButtonElement).addEventListener("click", open);
    byId("welcome", HTMLElement).append(new BiggerModel(models, open).element);
    status.chosen(choice.current.name);
    choice.onChange(({ name }) => status.chosen(name));
    models.onChange(() => {
      const gone = choice.check(models.list);
      if (gone) tell(modelIsGone(gone));
    });
  }

  /** What was downloaded; the embedded model comes with the site. */
  get #downloaded() {
    return this.store.list.filter(({ embedded, stored_bytes }) => !embedded && stored_bytes > 0);
  }

  stored() {
    const models = this.#downloaded;
    return {
      count: models.length,
      bytes: models.reduce((sum, { stored_bytes }) => sum + stored_bytes, 0),
    };
  }

  /** Remove all that was downloaded, soon. @returns {() => void} keeps what is not gone yet */
  removeStored() {
    const ids = this.#downloaded.map(({ id }) => id);
    for (const id of ids) this.#removals.add(id, () => this.store.refresh());
    return () => {
      for (const id of ids) this.#removals.undo(id);
    };
  }

  /** The worker takes requests now. */
  async ready() {
    if (this.#wasReady) return;
    this.#wasReady = true;
    await this.#removals.catchUp();
    await this.store.refresh();
  }
}
