/** The list of conversations at the page's side; on a narrow screen it lies over the conversation. */

import { byId } from "./dom.js";
import { keep, kept } from "./kept.js";
import { HISTORY } from "./strings_history.js";

const KEY = "sidebar";
const NARROW = matchMedia("(max-width: 60rem)");

export class Sidebar {
  #side = byId("side", HTMLElement);
  #toggle = byId("toggle-side", HTMLButtonElement);
  #scrim = byId("scrim", HTMLElement);
  #page = byId("page", HTMLElement);

  constructor() {
    this.#toggle.addEventListener("click", () => this.toggle());
    this.#scrim.addEventListener("click", () => this.#show(false));
    this.#side.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#isOverlay || event.defaultPrevented) return;
      event.stopPropagation();
      this.#show(false);
      this.#toggle.focus();
    });
    NARROW.addEventListener("change", () => this.#begin());
    this.#begin();
  }

  get isOpen() {
    return !this.#side.hidden;
  }

  toggle() {
    this.#show(!this.isOpen);
    if (!NARROW.matches) keep(KEY, this.isOpen ? "" : "hidden");
  }

  /** A conversation was chosen: what lies over it goes. */
  chosen() {
    if (this.#isOverlay) this.#show(false);
  }

  get #isOverlay() {
    return NARROW.matches && this.isOpen;
  }

  #begin() {
    this.#show(!NARROW.matches && kept(KEY) !== "hidden");
  }

  /** @param {boolean} open */
  #show(open) {
    this.#side.hidden = !open;
    this.#scrim.hidden = !this.#isOverlay;
    this.#page.inert = this.#isOverlay;
    this.#toggle.setAttribute("aria-expanded", String(open));
    this.#toggle.setAttribute("aria-label", open ? HISTORY.hide : HISTORY.show);
    if (this.#isOverlay) this.#side.querySelector("input")?.focus();
  }
}
