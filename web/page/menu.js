/** A button that opens a short list of things to do; the browser closes it, keys move in it. */

import { el, icon } from "./dom.js";

/** @typedef {{label: string, act: () => void, alarming?: boolean}} Item */

const GAP_PX = 4;
let menus = 0;

/**
 * @param {string} label what the button is for
 * @param {() => Item[]} items asked each time it opens
 * @returns {HTMLElement} the button with its menu
 */
export function menu(label, items) {
  const id = `menu-${++menus}`;
  const list = el("div", { id, class: "menu", role: "menu", "aria-label": label, popover: "auto" });
  const attributes = { type: "button", class: "quiet square", "aria-label": label, title: label };
  const opener = el("button", { ...attributes, "aria-haspopup": "menu", "aria-expanded": "false" });
  opener.append(icon("more"));
  opener.popoverTargetElement = list;
  // Not on "toggle": that comes when an empty menu has been seen already, in no place.
  list.addEventListener("beforetoggle", ({ newState }) => {
    const isOpen = newState === "open";
    opener.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    list.replaceChildren(...items().map((item) => entry(item, list)));
    requestAnimationFrame(() => {
      place(list, opener);
      /** @type {HTMLElement | null} */ (list.firstElementChild)?.focus();
    });
  });
  list.addEventListener("keydown", (event) => move(event, list));
  return el("div", { class: "menu-place" }, opener, list);
}

/**
 * @param {Item} item
 * @param {HTMLElement} list
 */
function entry({ label, act, alarming = false }, list) {
  const style = alarming ? "quiet alarming" : "quiet";
  const element = el("button", { type: "button", role: "menuitem", class: style }, label);
  element.addEventListener("click", () => {
    list.hidePopover();
    act();
  });
  return element;
}

/**
 * Under its button, or above it where there is no room.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} opener
 */
function place(list, opener) {
  const from = opener.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const below = from.bottom + GAP_PX + height < innerHeight;
  list.style.top = `${below ? from.bottom + GAP_PX : Math.max(0, from.top - GAP_PX - height)}px`;
  const wanted = getComputedStyle(list).direction === "rtl" ? from.left : from.right - width;
  const left = Math.min(wanted, innerWidth - width - GAP_PX);
  list.style.left = `${Math.max(GAP_PX, left)}px`;
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} list
 */
function move(event, list) {
  const entries = /** @type {HTMLElement[]} */ ([...list.children]);
  const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  entries.at(to % entries.length)?.focus();
}
