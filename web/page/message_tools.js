/** The row under a message: its versions, what can be done with it, and its figures. */

import { button, el, icon } from "./dom.js";
import { MESSAGE, versionOf } from "./strings_message.js";

/**
 * @typedef {object} Versions
 * @property {number} place of the one that is shown, from 0
 * @property {number} count
 * @property {(place: number) => void} show
 *
 * @typedef {object} Tool
 * @property {string} label
 * @property {string} icon
 * @property {() => void} act
 */

export class MessageTools {
  #versions = el("div", { class: "versions", role: "group", "aria-label": MESSAGE.versions });
  #tools = el("div", { class: "tools" });
  #figures = el("span", { class: "figures-text" });
  element = el("footer", { class: "message-tools" }, this.#versions, this.#tools, this.#figures);

  /** @param {Versions} versions */
  showVersions({ place, count, show }) {
    if (count < 2) return this.#versions.replaceChildren();
    const older = tool({ label: MESSAGE.older, icon: "before", act: () => show(place - 1) });
    const newer = tool({ label: MESSAGE.newer, icon: "after", act: () => show(place + 1) });
    older.disabled = place === 0;
    newer.disabled = place === count - 1;
    const words = el("span", { class: "version" }, versionOf(place + 1, count));
    this.#versions.replaceChildren(older, words, newer);
  }

  /** @param {(HTMLElement | Tool)[]} tools */
  show(...tools) {
    this.#tools.replaceChildren(...tools.map((one) => ("act" in one ? tool(one) : one)));
  }

  /** @param {string} words */
  showFigures(words) {
    this.#figures.textContent = words;
  }
}

/** @param {Tool} tool */
function tool({ label, icon: name, act }) {
  const element = button("", act, "quiet tool");
  element.setAttribute("aria-label", label);
  element.title = label;
  element.append(icon(name));
  return element;
}
