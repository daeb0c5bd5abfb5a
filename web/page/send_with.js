/** Which key sends a message: Enter alone, or Ctrl and Enter. Kept in this browser. */

import { el } from "./dom.js";
import { keep, kept } from "./kept.js";
import { SETTINGS } from "./strings_settings.js";
import { SHORTCUTS } from "./strings_shortcuts.js";

/** @typedef {"enter" | "ctrl-enter"} SendWith */

const KEY = "send-with";

/** @type {SendWith[]} */
const WAYS = ["enter", "ctrl-enter"];

const IS_MAC = /mac|iphone|ipad/i.test(navigator.platform);

/** @returns {SendWith} */
export const sendWith = () => (kept(KEY) === "ctrl-enter" ? "ctrl-enter" : "enter");

/**
 * Whether a key that was pressed while writing is meant to send.
 *
 * @param {KeyboardEvent} event
 */
export function isSendKey(event) {
  // Enter also ends the choice of an input method; keyCode 229 is how some browsers say so.
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || event.altKey || composing) return false;
  return sendWith() === "enter" || event.ctrlKey || event.metaKey;
}

/** What a keyboard on the screen writes on its Enter key. */
export const enterKeyHint = () => (sendWith() === "enter" ? "send" : "enter");

/** The two lines of the list of shortcuts. @returns {import("./shortcuts.js").Shortcut[]} */
export const sendShortcuts = () =>
  sendWith() === "enter"
    ? [
        { name: SHORTCUTS.send, key: "enter" },
        { name: SHORTCUTS.line, key: "enter", shift: true },
      ]
    : [
        { name: SHORTCUTS.send, key: "enter", ctrl: true },
        { name: SHORTCUTS.line, key: "enter" },
      ];

export function sendWithChoice() {
  const radios = WAYS.map((value) => {
    const radio = el("input", { type: "radio", name: "send-with", value });
    radio.addEventListener("change", () => keep(KEY, value === "enter" ? "" : value));
    return { value, radio };
  });
  const labels = {
    enter: SHORTCUTS.keys.enter ?? "",
    "ctrl-enter": `${IS_MAC ? "⌘" : SHORTCUTS.ctrl} + ${SHORTCUTS.keys.enter}`,
  };
  const choices = radios.map(({ value, radio }) =>
    el("label", { class: "choice" }, radio, labels[value]),
  );
  const line = el("div", { class: "choices" }, ...choices);
  const element = el("fieldset", {}, el("legend", {}, SETTINGS.sendWith), line);
  const refresh = () => {
    for (const { value, radio } of radios) radio.checked = sendWith() === value;
  };
  refresh();
  return { element, refresh };
}
