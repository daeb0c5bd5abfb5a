/** From where models are fetched: the site's own hub, or another one. */

import { button, el } from "./dom.js";
import { keep, kept } from "./kept.js";
import { errorDetails, quietLine } from "./notes.js";
import { defaultHub, hubInUse, hubStays, SETTINGS } from "./strings_settings.js";

const KEY = "hub";

/** What `hello` carries; "" is the site's default. */
export const hubAddress = () => kept(KEY);

export class HubSetting {
  #client;
  #field = el("input", {
    id: "hub-address",
    type: "text",
    dir: "ltr",
    inputmode: "url",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": "hub-hint hub-outcome",
  });
  #default = el("span");
  #outcome = el("div", { id: "hub-outcome", class: "outcome", "aria-live": "polite" });
  #isSaving = false;

  /** @param {import("../client.js").Client} client */
  constructor(client) {
    this.#client = client;
    const save = el("button", { type: "submit", class: "firm" }, SETTINGS.save);
    this.element = el(
      "form",
      { autocomplete: "off" },
      el("label", { for: "hub-address" }, SETTINGS.hubAddress),
      this.#field,
      el("p", { class: "fact", id: "hub-hint" }, SETTINGS.hubHint, " ", this.#default),
      this.#outcome,
      el(
        "div",
        { class: "actions" },
        save,
        button(SETTINGS.useDefault, () => this.#set("")),
      ),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#set(this.#field.value.trim());
    });
    this.#field.addEventListener("input", () => this.#field.removeAttribute("aria-invalid"));
  }

  /** Begin with what is in use. */
  async refresh() {
    this.#field.value = hubAddress();
    this.#field.removeAttribute("aria-invalid");
    this.#outcome.replaceChildren();
    const address = await siteDefault();
    this.#default.textContent = address ? defaultHub(address) : "";
  }

  /** @param {string} address */
  async #set(address) {
    if (this.#isSaving) return;
    this.#isSaving = true;
    this.#outcome.replaceChildren(quietLine(SETTINGS.saving));
    const end = await this.#client.hub(address).end();
    this.#isSaving = false;
    this.#field.removeAttribute("aria-invalid");
    if (end.type === "error") return this.#fail(end);
    keep(KEY, address);
    this.#field.value = address;
    const lines = [quietLine(hubInUse(end.result.address))];
    if (end.result.mirror) lines.push(quietLine(SETTINGS.mirror));
    this.#outcome.replaceChildren(...lines);
  }

  /** @param {import("../protocol").Error} error */
  #fail(error) {
    this.#field.setAttribute("aria-invalid", "true");
    const words = el("p", {}, error.message);
    const stays = el("p", {}, hubStays(hubAddress()));
    this.#outcome.replaceChildren(el("div", { class: "error" }, words, stays, errorDetails(error)));
    this.#field.focus();
  }
}

/** What hub.json beside the page names; "" where there is none. */
async function siteDefault() {
  try {
    const { address } = await (await fetch(new URL("hub.json", document.baseURI))).json();
    return typeof address === "string" ? address : "";
  } catch (error) {
    console.info(`localm: the default hub is not known: ${error}`);
    return "";
  }
}
