/** Any model by its id on the hub: what the hub has under it, and which of that can run here. */

import { keepingFocus } from "./dialog.js";
import { button, el, outsideLink } from "./dom.js";
import { ModelWork } from "./model_work.js";
import { size } from "./sizes.js";
import { foundBuildName, foundBuilds, MODELS } from "./strings_models.js";
import { reasonText } from "./strings_reasons.js";
import { TaskView } from "./task_view.js";

/**
 * @typedef {import("../protocol").FindResult} FindResult
 * @typedef {import("../protocol").FoundBuild} FoundBuild
 * @typedef {import("./model_work.js").Surroundings} Surroundings
 */

let rows = 0;

export class FindView {
  #around;
  #field = el("input", {
    id: "model-id",
    type: "text",
    dir: "ltr",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "go",
    "aria-describedby": "model-id-hint model-id-error",
  });
  #isLooking = false;
  #task;
  #found = el("div", { class: "found" });

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
    const { client, models, use, tell } = around;
    this.#task = new TaskView({ client, use, tell, nameOf: (id) => models.nameOf(id) });
    this.#task.element.id = "model-id-error";
    const get = el("button", { type: "submit", class: "firm" }, MODELS.get);
    const form = el(
      "form",
      { autocomplete: "off" },
      el("label", { for: "model-id" }, MODELS.modelId),
      el("div", { class: "field" }, this.#field, get),
      el("p", { class: "fact", id: "model-id-hint" }, MODELS.idHint),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#find();
    });
    this.#field.addEventListener("input", () => this.#field.removeAttribute("aria-invalid"));
    this.element = el("div", { class: "find" }, form, this.#task.element, this.#found);
  }

  async #find() {
    const text = this.#field.value.trim();
    if (!text) return this.#field.focus();
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#found.replaceChildren();
    this.#field.removeAttribute("aria-invalid");
    const task = {
      name: MODELS.looking,
      phases: { checking: MODELS.looking },
      retry: () => this.#find(),
    };
    const found = await this.#task.run(this.#around.client.find(text), task);
    this.#isLooking = false;
    if (found) this.#show(found);
    else if (this.#task.hasFailed) this.#field.setAttribute("aria-invalid", "true");
  }

  /** @param {FindResult} found */
  #show(found) {
    const { repository, page_url, builds, explanation } = found;
    const title = el("h4", { id: "found-title" }, repository);
    if (page_url) title.append(" ", outsideLink(page_url, MODELS.page));
    const rows = builds.map((build) => new FoundRow(found, build, this.#around).element);
    const parts = [title, el("ul", { "aria-labelledby": "found-title" }, ...rows)];
    if (builds.length === 0) parts.pop();
    if (explanation) parts.push(el("p", { class: "reason" }, reasonText(explanation)));
    this.#found.replaceChildren(...parts);
    this.#found.scrollIntoView({ block: "nearest" });
    this.#around.tell(reasonText(explanation) || foundBuilds(repository, builds.length));
  }
}

class FoundRow {
  #id = `found-${++rows}`;
  #build;
  #around;
  #work;
  #actions = el("div", { class: "actions" });
  #fact = el("span", { class: "fact" });

  /**
   * @param {FindResult} found
   * @param {FoundBuild} build
   * @param {Surroundings} around
   */
  constructor({ repository }, build, around) {
    this.#build = build;
    this.#around = around;
    const name = around.models.get(build.model)?.name ?? repository.replace(/^.*\//, "");
    this.#work = new ModelWork({ id: build.model, name }, around, () => this.#show());
    const title = el("span", { class: "build", id: this.#id }, foundBuildName(build));
    const head = el("div", { class: "build-line" }, title, this.#fact, this.#actions);
    this.element = el("li", { "aria-labelledby": this.#id }, head, this.#work.element);
    if (build.reason) head.append(el("p", { class: "reason" }, reasonText(build.reason)));
    this.#show();
  }

  #show() {
    const { model, download_bytes, reason } = this.#build;
    const known = this.#around.models.get(model);
    if (known) this.#work.model = known;
    const isHere = known?.state === "stored";
    const takes = download_bytes > 0 ? size(download_bytes) : "";
    this.#fact.textContent = isHere ? `${takes} · ${MODELS.isHere}` : takes;
    const buttons = [button(MODELS.use, () => this.#work.use(), "firm")];
    if (!isHere) buttons.push(button(MODELS.download, () => this.#work.download()));
    for (const one of buttons) one.setAttribute("aria-describedby", this.#id);
    keepingFocus(this.element, () => {
      this.#actions.replaceChildren(...(reason || this.#work.isBusy ? [] : buttons));
    });
  }
}
