/** What was asked, as an article; it can be worded anew. */

import { article } from "./article.js";
import { attachmentChips } from "./attachment_view.js";
import { copyButton } from "./copy.js";
import { directionOf } from "./direction.js";
import { button, el } from "./dom.js";
import { MessageTools } from "./message_tools.js";
import { isSendKey } from "./send_with.js";
import { TEXT, YOU } from "./strings.js";
import { ATTACHING } from "./strings_attaching.js";
import { MESSAGE } from "./strings_message.js";

/**
 * @typedef {object} PromptActions
 * @property {(text: string) => void} edit
 * @property {() => void} remove
 */

export class PromptView {
  #content;
  #actions;
  #text;
  #needsText;
  tools = new MessageTools();
  element;

  /**
   * @param {import("../protocol").MessageRecord} message
   * @param {PromptActions} actions
   */
  constructor({ content: text, attachments }, actions) {
    const { element, content } = article(YOU, "prompt");
    this.element = element;
    this.#content = content;
    this.#actions = actions;
    this.#text = text;
    this.#needsText = attachments.length === 0;
    const bubble = el("div", { class: "bubble" });
    if (text) bubble.append(el("p", { class: "plain", dir: "auto" }, text));
    if (attachments.length > 0) bubble.append(attachmentChips(attachments));
    content.append(bubble, this.tools.element);
    this.tools.show(
      ...(text ? [copyButton(MESSAGE.copyPrompt, () => text)] : []),
      { label: MESSAGE.edit, icon: "edit", act: () => this.#edit() },
      { label: MESSAGE.remove, icon: "remove", act: actions.remove },
    );
  }

  #edit() {
    const before = [...this.#content.childNodes];
    const leave = () => {
      this.#content.replaceChildren(...before);
      this.element.querySelector("button")?.focus();
    };
    const form = editForm(this.#text, leave, (text) => {
      if (this.#needsText && !text.trim()) return;
      leave();
      if (text !== this.#text) this.#actions.edit(text);
    });
    if (!this.#needsText) form.hint.append(` ${ATTACHING.goAlong}`);
    this.#content.replaceChildren(form.element);
    form.focus();
  }
}

/**
 * @param {string} text
 * @param {() => void} leave
 * @param {(text: string) => void} save
 */
function editForm(text, leave, save) {
  const field = el("textarea", { "aria-label": MESSAGE.editing, rows: 1 });
  field.value = text;
  const turn = () => {
    field.dir = directionOf(field.value);
  };
  turn();
  field.addEventListener("input", turn);
  const submit = () => save(field.value);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    }
    if (!isSendKey(event)) return;
    event.preventDefault();
    submit();
  });
  const buttons = el(
    "div",
    { class: "actions" },
    button(MESSAGE.saveEdit, submit, "firm"),
    button(TEXT.cancel, leave),
  );
  const hint = el("p", { class: "note" }, MESSAGE.edited);
  const element = el("div", { class: "edit" }, field, hint, buttons);
  return {
    element,
    hint,
    focus: () => {
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    },
  };
}
