/** What stands around an answer: fall-back, what was left out, what went wrong. */

import { copyButton } from "./copy.js";
import { button, el, outsideLink } from "./dom.js";
import { droppedMessages, fellBack, fellBackTo, TEXT, whoAndWhy } from "./strings.js";

/**
 * @typedef {import("../protocol").Fallback} Fallback
 * @typedef {import("../protocol").Error} WorkerError
 */

/** @param {string} text */
export const quietLine = (text) => el("p", { class: "note" }, text);

/** @param {number} count */
export const droppedLine = (count) => quietLine(droppedMessages(count));

/** One line, however many engines were tried; each has its reason behind "why?". */
export class FallbackNote {
  #line = el("span");
  #reasons = el("ul");
  /** @type {Fallback[]} */
  #fallbacks = [];
  #inTheMiddle = false;

  constructor() {
    const why = el("span", { class: "why" }, TEXT.why);
    const summary = el("summary", {}, this.#line, " ", why);
    this.element = el("details", { class: "note fallback" }, summary, this.#reasons);
  }

  /** The one that failed last. */
  get engine() {
    return this.#fallbacks.at(-1)?.engine ?? "";
  }

  /**
   * @param {Fallback} fallback
   * @param {boolean} inTheMiddle
   */
  add(fallback, inTheMiddle) {
    this.#fallbacks.push(fallback);
    this.#inTheMiddle ||= inTheMiddle;
    this.#line.textContent = fellBack(fallback, inTheMiddle);
    this.#reasons.replaceChildren(...this.#distinctReasons().map((text) => el("li", {}, text)));
  }

  /** Two engines that were passed over for the same lack are one reason. */
  #distinctReasons() {
    const reasons = Map.groupBy(this.#fallbacks, ({ reason }) => reason);
    return [...reasons.values()].map(whoAndWhy);
  }

  /**
   * @param {string} engine who answered in the end
   * @param {import("../protocol").Device} device
   */
  settle(engine, device) {
    const first = this.#fallbacks[0];
    if (first) this.#line.textContent = fellBackTo(first, this.#inTheMiddle, engine, device);
  }
}

/**
 * @typedef {object} Action
 * @property {string} label
 * @property {() => void} act
 */

/**
 * @param {WorkerError} error
 * @param {...Action} actions what can be done next
 */
export function errorNote(error, ...actions) {
  const note = el("div", { class: "error" }, el("p", {}, error.message));
  const buttons = actions.map(({ label, act }) => button(label, act, "firm retry"));
  const link = error.code === "needs-access" ? webAddress(error.detail) : "";
  const links = link ? [outsideLink(link, TEXT.askForAccess)] : [];
  note.append(el("div", { class: "actions" }, ...links, ...buttons));
  note.append(errorDetails(error));
  return note;
}

/** @param {string} text */
const webAddress = (text) => /https?:\/\/[^\s"'<>]+/.exec(text)?.[0] ?? "";

/** @param {WorkerError} error */
export function errorDetails({ code, message, detail }) {
  const text = detail ? `${code}\n${detail}` : code;
  return el(
    "details",
    { class: "error-details" },
    el("summary", {}, TEXT.details),
    el("pre", { tabindex: 0, dir: "ltr" }, text),
    copyButton(TEXT.copyDetails, () => `${message}\n${text}`),
  );
}

/**
 * @param {string} text
 * @param {string} action
 * @param {() => void} onAction
 */
export function actionLine(text, action, onAction) {
  return el(
    "div",
    { class: "note actions" },
    el("span", {}, text),
    button(action, onAction, "firm retry"),
  );
}
