/** One line of the list of conversations: a link, and a menu of what can be done with it. */

import { el } from "./dom.js";
import { menu } from "./menu.js";
import { HISTORY, optionsFor } from "./strings_history.js";

/**
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 *
 * @typedef {object} RowActions
 * @property {(id: string, message?: string) => void} open
 * @property {(id: string, changes: Partial<ConversationRecord>) => void} change
 * @property {(id: string) => void} save as Markdown
 * @property {(id: string) => void} remove
 */

/** @param {string} id */
export const addressOf = (id) => `#${id}`;

/**
 * @param {ConversationRecord} record
 * @param {boolean} isShown
 * @param {RowActions} actions
 * @param {HTMLElement} [snippet] where the text that was searched for stands
 * @param {string} [message] the one that holds it
 */
export function conversationRow(record, isShown, actions, snippet, message) {
  const { id, pinned } = record;
  const title = record.title || HISTORY.untitled;
  const words = el("span", { class: "title", dir: "auto" }, title);
  const link = el(
    "a",
    { href: addressOf(id), "aria-current": isShown ? "page" : undefined },
    words,
  );
  if (snippet) link.append(snippet);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
    event.preventDefault();
    actions.open(id, message);
  });
  const row = el("li", { class: "conversation" }, link);
  row.append(
    menu(optionsFor(title), () => [
      { label: HISTORY.rename, act: () => rename(row, record, actions) },
      {
        label: pinned ? HISTORY.unpin : HISTORY.pin,
        act: () => actions.change(id, { pinned: !pinned }),
      },
      { label: HISTORY.asMarkdown, act: () => actions.save(id) },
      { label: HISTORY.remove, alarming: true, act: () => actions.remove(id) },
    ]),
  );
  return row;
}

/**
 * @param {HTMLElement} row
 * @param {ConversationRecord} record
 * @param {RowActions} actions
 */
function rename(row, { id, title }, actions) {
  const before = [...row.childNodes];
  const field = el("input", { type: "text", "aria-label": HISTORY.newTitle, value: title });
  let isOver = false;
  /** @param {boolean} take */
  const end = (take) => {
    if (isOver) return;
    isOver = true;
    const wanted = field.value.trim();
    row.replaceChildren(...before);
    row.querySelector("a")?.focus();
    if (take && wanted && wanted !== title)
      actions.change(id, { title: wanted, title_is_edited: true });
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
    if (event.key === "Escape" || (event.key === "Enter" && !event.isComposing))
      end(event.key === "Enter");
  });
  field.addEventListener("blur", () => end(true));
  row.replaceChildren(field);
  field.select();
  field.focus();
}
