/** A folder of this computer becomes a model. */

import { button, el } from "./dom.js";
import { useModel } from "./strings.js";
import { MODELS, modelIsHere } from "./strings_models.js";
import { TaskView } from "./task_view.js";

/** @typedef {import("./model_work.js").Surroundings} Surroundings */

// Whatever the worker does with the files, for a person it is one thing.
const PHASES = {
  checking: MODELS.importing,
  downloading: MODELS.importing,
  verifying: MODELS.importing,
  loading: MODELS.importing,
};

export class ImportView {
  #around;
  #task;
  #input = el("input", { type: "file", webkitdirectory: true, multiple: true, hidden: true });
  #isImporting = false;

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
    const { client, models, use, tell } = around;
    this.#task = new TaskView({ client, use, tell, nameOf: (id) => models.nameOf(id) });
    const choose = button(MODELS.folder, () => this.#choose(), "firm");
    choose.setAttribute("aria-describedby", "folder-hint");
    this.#input.addEventListener("change", () => {
      const files = [...(this.#input.files ?? [])];
      // The same folder can be chosen again.
      this.#input.value = "";
      this.#import(files);
    });
    const hint = el("p", { class: "fact", id: "folder-hint" }, MODELS.folderHint);
    const line = el("div", { class: "import-line" }, choose, this.#input, hint);
    this.element = el("div", { class: "import" }, line, this.#task.element);
  }

  #choose() {
    if (!this.#isImporting) this.#input.click();
  }

  /** @param {File[]} files */
  async #import(files) {
    if (files.length === 0) return this.#task.say(MODELS.emptyFolder);
    const { client, models, tell, use } = this.#around;
    const name = files[0]?.webkitRelativePath.split("/")[0] ?? "";
    const listed = files.map((file) => ({ path: belowFolder(file), bytes: file.size }));
    this.#isImporting = true;
    const retry = () => this.#import(files);
    const task = { name: MODELS.importing, phases: PHASES, retry };
    const result = await this.#task.run(client.import(name, listed, files), task);
    this.#isImporting = false;
    if (!result) return;
    await models.refresh();
    const imported = models.nameOf(result.model);
    const text = modelIsHere(imported);
    this.#task.say(text, { label: useModel(imported), act: () => use(result.model) });
    tell(text);
  }
}

/** @param {File} file */
const belowFolder = ({ webkitRelativePath: path }) => path.slice(path.indexOf("/") + 1);
