/** What can be done with a model: bring it here, check it, use it. A row and a found build share it. */

import { loadingModel } from "./strings.js";
import {
  downloadingModel,
  modelAnswers,
  modelIsHere,
  verified,
  verifyingModel,
} from "./strings_models.js";
import { TaskView } from "./task_view.js";

/**
 * @typedef {object} Surroundings
 * @property {import("../client.js").Client} client
 * @property {import("./model_store.js").ModelStore} models
 * @property {import("./model_choice.js").ModelChoice} choice
 * @property {import("./removals.js").Removals} removals
 * @property {(model: string) => void} use a model by its id, in its own row
 * @property {(text: string) => void} tell whoever does not look at the row
 */

export class ModelWork {
  #around;
  #task;
  #onBusy;
  isBusy = false;

  /**
   * @param {import("./model_choice.js").Choice} model
   * @param {Surroundings} around
   * @param {() => void} onBusy called when `isBusy` has changed
   */
  constructor(model, around, onBusy) {
    this.model = model;
    this.#around = around;
    this.#onBusy = onBusy;
    const { client, models, use, tell } = around;
    this.#task = new TaskView({ client, use, tell, nameOf: (id) => models.nameOf(id) });
    this.element = this.#task.element;
  }

  /** Whether its error is shown. */
  get hasFailed() {
    return this.#task.hasFailed;
  }

  download() {
    return this.#busy(() => this.#download(() => this.download()));
  }

  verify() {
    return this.#busy(async () => {
      const task = { name: verifyingModel(this.model.name), retry: () => this.verify() };
      const result = await this.#task.run(this.#around.client.verify(this.model.id), task);
      if (!result) return;
      const text = verified(result.files, result.repaired);
      this.#task.say(text);
      this.#around.tell(`${this.model.name}: ${text}`);
    });
  }

  /** Bring it here if it is not, make it the one that answers, and load it. */
  use() {
    return this.#busy(async () => {
      const { client, choice, models, tell } = this.#around;
      const isHere = models.get(this.model.id)?.state === "stored";
      if (!isHere && !(await this.#download(() => this.use()))) return;
      choice.choose(this.model);
      const task = { name: loadingModel(this.model.name), retry: () => this.use() };
      if (await this.#task.run(client.load(this.model.id), task))
        tell(modelAnswers(this.model.name));
    });
  }

  /**
   * @param {import("../protocol").Error} error of work that was done elsewhere
   * @param {() => void} retry
   */
  fail(error, retry) {
    this.#task.fail(error, retry);
  }

  /** @param {string} text */
  say(text) {
    this.#task.say(text);
  }

  settle() {
    this.#task.settle();
  }

  clear() {
    this.#task.clear();
  }

  /** @param {() => void} retry */
  async #download(retry) {
    const { client, tell } = this.#around;
    const { id, name } = this.model;
    const result = await this.#task.run(client.download(id), {
      name: downloadingModel(name),
      retry,
    });
    if (result) tell(modelIsHere(name));
    return result;
  }

  /** @param {() => Promise<unknown>} work */
  async #busy(work) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.#onBusy();
    try {
      await work();
    } finally {
      this.isBusy = false;
      await this.#around.models.refresh();
      this.#onBusy();
    }
  }
}
