/** The words of the list of keyboard shortcuts. */

import { translated } from "./translated.js";

export const SHORTCUTS = translated("SHORTCUTS", {
  title: "Keyboard shortcuts",
  list: "Show this list",
  send: "Send the message",
  line: "Begin a new line",
  stop: "Stop the answer",
  newChat: "New chat",
  search: "Search conversations",
  side: "Show or hide the conversations",
  message: "Write a message",
  ctrl: "Ctrl",
  shift: "Shift",
  /** @type {Record<string, string>} */
  keys: { enter: "Enter", escape: "Esc" },
});
