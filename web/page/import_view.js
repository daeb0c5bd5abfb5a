/** A folder of this computer becomes a model. */

import { button, el } from "./dom.js";
import { MODELS, modelIsHere } from "./strings_models.js";
import { TaskView } from "./task_view.js";

/** @typedef {import("./model_work.js").Surroundings} Surroundings */

export class ImportView {
  #around;
  #task;
  #input = el("input", { type: "file", webkitdirectory: true, multiple: true, hidden: true });
  #choose = button(MODELS.folder, () => this.#input.click(), "firm");

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
    const { client, models, use, tell } = around;
    this.#task = new TaskView({ client, use, tell, nameOf: (id) => models.nameOf(id) });
    this.#choose.setAttribute("aria-describedby", "folder-hint");
    this.#input.addEventListener("change", () => {
      const files = [...(this.#input.files ?? [])];
      // The same folder can be chosen again.
      this.#input.value = "";
      this.#import(files);
    });
    const hint = el("p", { class: "fact", id: "folder-hint" }, MODELS.folderHint);
    const line = el("div", { class: "import-line" }, this.#choose, this.#input, hint);
    this.element = el("div", { class: "import" }, line, this.#task.element);
  }

  /** @param {File[]} files */
  async #import(files) {
    if (files.length === 0) return this.#task.say(MODELS.emptyFolder);
    const { client, models, tell } = this.#around;
    const name = files[0]?.webkitRelativePath.split("/")[0] ?? "";
    const listed = files.map((file) => ({ path: belowFolder(file), bytes: file.size }));
    this.#choose.disabled = true;
    const task = { name: MODELS.importing, retry: () => this.#import(files) };
    const result = await this.#task.run(client.import(name, listed, files), task);
    this.#choose.disabled = false;
    if (!result) return;
    await models.refresh();
    const text = modelIsHere(models.nameOf(result.model));
    this.#task.say(text);
    tell(text);
  }
}

/** @param {File} file */
const belowFolder = ({ webkitRelativePath: path }) => path.slice(path.indexOf("/") + 1);
