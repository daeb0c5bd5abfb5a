/** What was asked, as an article; it can be worded anew. */

import { article } from "./article.js";
import { copyButton } from "./copy.js";
import { directionOf } from "./direction.js";
import { button, el } from "./dom.js";
import { MessageTools } from "./message_tools.js";
import { TEXT, YOU } from "./strings.js";
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
    const bubble = el("div", { class: "bubble" }, el("p", { class: "plain", dir: "auto" }, text));
    if (attachments.length > 0) bubble.append(chips(attachments));
    content.append(bubble, this.tools.element);
    this.tools.show(
      copyButton(MESSAGE.copyPrompt, () => text),
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
      leave();
      if (text !== this.#text) this.#actions.edit(text);
    });
    this.#content.replaceChildren(form.element);
    form.focus();
  }
}

/** @param {readonly import("../protocol").Attachment[]} attachments */
function chips(attachments) {
  const items = attachments.map(({ name }) => el("li", { class: "chip" }, name));
  return el("ul", { class: "chips" }, ...items);
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
  const submit = () => {
    if (field.value.trim()) save(field.value);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
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
    focus: () => {
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    },
  };
}
