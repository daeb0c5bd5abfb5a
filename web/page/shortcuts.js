/** What the keyboard alone can do, and the list of it under "?". */

import { Dialog, dialogIsOpen } from "./dialog.js";
import { el } from "./dom.js";
import { SHORTCUTS } from "./strings_shortcuts.js";

/**
 * @typedef {object} Shortcut
 * @property {string} name what it does
 * @property {string} key as `KeyboardEvent.key` says it, in lower case
 * @property {boolean} [ctrl] or ⌘ on a Mac
 * @property {boolean} [shift]
 * @property {() => void} [act] none: somebody else listens, and here it is only listed
 */

const IS_MAC = /mac|iphone|ipad/i.test(navigator.platform);

/** @param {() => Shortcut[]} shortcuts as the settings have them now */
export function listenForShortcuts(shortcuts) {
  const dialog = new Dialog(SHORTCUTS.title, "small");
  const open = { name: SHORTCUTS.list, key: "?", act: () => dialog.open() };
  const all = () => [...shortcuts(), open];
  dialog.onOpen = () => dialog.body.replaceChildren(list(all()));
  document.addEventListener("keydown", (event) => {
    const shortcut = all().find((one) => isMeant(one, event));
    if (!shortcut?.act || dialogIsOpen()) return;
    event.preventDefault();
    shortcut.act();
  });
}

/**
 * @param {Shortcut} shortcut
 * @param {KeyboardEvent} event
 */
function isMeant({ key, ctrl = false, shift = false }, event) {
  if (event.isComposing || event.altKey || event.key.toLowerCase() !== key) return false;
  const holdsCtrl = IS_MAC ? event.metaKey : event.ctrlKey;
  if (ctrl) return holdsCtrl && event.shiftKey === shift;
  return !holdsCtrl && !isWriting(event.target);
}

/** @param {EventTarget | null} target */
const isWriting = (target) =>
  target instanceof Element && target.matches("input, textarea, select, [contenteditable]");

/** @param {Shortcut[]} shortcuts */
function list(shortcuts) {
  const lines = shortcuts.flatMap((shortcut) => [
    el("dt", {}, ...keys(shortcut).map((key) => el("kbd", {}, key))),
    el("dd", {}, shortcut.name),
  ]);
  return el("dl", { class: "shortcuts" }, ...lines);
}

/** @param {Shortcut} shortcut */
function keys({ key, ctrl, shift }) {
  const modifiers = [
    ...(ctrl ? [IS_MAC ? "⌘" : SHORTCUTS.ctrl] : []),
    ...(shift ? [SHORTCUTS.shift] : []),
  ];
  return [...modifiers, key.length === 1 ? key.toUpperCase() : (SHORTCUTS.keys[key] ?? key)];
}
