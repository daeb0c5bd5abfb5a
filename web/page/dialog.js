/** A dialog of the page: the browser's own, so that focus, Escape and what lies behind are its work. */

import { button, byId, el, icon } from "./dom.js";
import { TEXT } from "./strings.js";

const KEEPER = "data-keeps-focus";

let dialogs = 0;

export class Dialog {
  body = el("div", { class: "dialog-body" });
  onOpen = () => {};
  onClose = () => {};

  /**
   * @param {string} title
   * @param {string} [style]
   */
  constructor(title, style = "") {
    const id = `dialog-${++dialogs}`;
    // The focus begins here, so that whoever hears the page hears where they are.
    const heading = el("h2", { id, tabindex: -1, autofocus: true }, title);
    const close = button("", () => this.close(), "quiet square");
    close.setAttribute("aria-label", TEXT.close);
    close.append(icon("close"));
    const top = el("header", { class: "dialog-top" }, heading, close);
    this.element = el(
      "dialog",
      { "aria-labelledby": id, class: style, closedby: "any" },
      top,
      this.body,
    );
    this.element.addEventListener("close", () => {
      this.onClose();
      // What opened it may be gone.
      if (document.activeElement === document.body) byId("message", HTMLElement).focus();
    });
    document.body.append(this.element);
  }

  get isOpen() {
    return this.element.open;
  }

  open() {
    if (this.isOpen) return;
    this.element.showModal();
    this.body.scrollTop = 0;
    this.onOpen();
  }

  close() {
    this.element.close();
  }
}

/** Whether Escape is a dialog's now. */
export const dialogIsOpen = () => document.querySelector("dialog[open]") !== null;

/**
 * Change a part of the page; when that takes away what had the focus, what stands there now has it.
 * Where nothing does yet, the place itself keeps it for whatever comes next.
 *
 * @param {HTMLElement} place
 * @param {() => void} change
 */
export function keepingFocus(place, change) {
  const before = document.activeElement;
  const isKept = before?.hasAttribute(KEEPER) ?? false;
  const had = place.contains(before) || (isKept && before?.contains(place));
  change();
  if (!had || (!isKept && place.contains(document.activeElement))) return;
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = place.querySelectorAll("button:enabled");
  const next = [...buttons].find((one) => one.checkVisibility());
  if (next) next.focus();
  else if (!isKept) keepFocus(place);
}

/** @param {HTMLElement} place */
function keepFocus(place) {
  place.tabIndex = -1;
  place.setAttribute(KEEPER, "");
  place.focus();
}
