/** Everything about kept conversations on the page: the list, the address, what is undone, what fails. */

import { markdownName, markdownOf } from "../history/export_markdown.js";
import { ConversationList } from "./conversation_list.js";
import { addressOf } from "./conversation_row.js";
import { byId } from "./dom.js";
import { EMBEDDED } from "./model_choice.js";
import { saveFile } from "./save_file.js";
import { Sidebar } from "./sidebar.js";
import { TEXT, YOU } from "./strings.js";
import { HISTORY, otherVersions } from "./strings_history.js";

/**
 * @typedef {object} Around
 * @property {import("../history/history.js").History} history
 * @property {import("./chat.js").Chat} chat
 * @property {import("./notice.js").Notice} notice
 */

const UNDO_MS = 10_000;

export class ConversationsPart {
  #history;
  #chat;
  #notice;
  #list;
  #sidebar = new Sidebar();
  #isReady = false;
  /** @type {import("../history/history_error.js").Problem | undefined} */
  #told;

  /** @param {Around} around */
  constructor({ history, chat, notice }) {
    this.#history = history;
    this.#chat = chat;
    this.#notice = notice;
    this.#list = new ConversationList(history, {
      open: (id, message) => this.#open(id, message),
      change: (id, changes) => history.update(id, changes).catch((error) => this.notKept(error)),
      save: (id) => this.#save(id).catch((error) => this.notKept(error)),
      remove: (id) => this.#remove(id),
    });
    byId("side", HTMLElement).append(this.#list.element);
    history.onChange(({ isOwn }) => {
      if (isOwn && this.#isReady) this.#tellOnce(history.problem);
    });
    addEventListener("hashchange", () => this.#followAddress());
    this.#begin();
  }

  async #begin() {
    await this.#history.open();
    this.#isReady = true;
    this.#tellOnce(this.#history.problem);
    await this.#followAddress();
    this.#list.show(this.#chat.id);
  }

  /** Another conversation is on screen, or it has its first message. */
  shown() {
    if (!this.#isReady) return;
    const address = this.#chat.isEmpty ? "#" : addressOf(this.#chat.id);
    if ((location.hash || "#") !== address) history.pushState(null, "", address);
    this.#list.show(this.#chat.id);
    const title = this.#history.get(this.#chat.id)?.title;
    document.title = title ? `${title} · localm` : "localm";
  }

  toggle() {
    this.#sidebar.toggle();
  }

  search() {
    if (!this.#sidebar.isOpen) this.#sidebar.toggle();
    this.#list.focusSearch();
  }

  /** @param {unknown} error */
  notKept(error) {
    console.warn(`localm: a change was not kept: ${error}`);
    const isFull = /** @type {{code?: string}} */ (error).code === "no-room";
    this.#notice.show({ text: isFull ? HISTORY.noRoom : HISTORY.notKept });
  }

  async #followAddress() {
    const id = location.hash.slice(1);
    if (id === this.#chat.id) return;
    if (!id && !this.#chat.isEmpty) this.#chat.startAnew();
    else if (id && !(await this.#chat.open(id))) this.#gone();
  }

  #gone() {
    this.#chat.startAnew();
    this.#notice.show({ text: HISTORY.isGone, forMs: UNDO_MS });
  }

  /**
   * @param {string} id
   * @param {string} [message] where what was searched for stands
   */
  async #open(id, message) {
    this.#sidebar.chosen();
    if (!(await this.#chat.open(id, message))) this.#gone();
  }

  /** @param {string} id */
  async #remove(id) {
    const wasShown = id === this.#chat.id;
    await this.#chat.leave(id);
    const undo = await this.#history.remove(id);
    const bringBack = async () => {
      await undo();
      if (wasShown) await this.#chat.open(id);
    };
    this.#notice.show({
      text: HISTORY.removed,
      action: {
        label: TEXT.undo,
        act: () => bringBack().catch((error) => this.notKept(error)),
      },
      forMs: UNDO_MS,
    });
  }

  /** @param {string} id */
  async #save(id) {
    const conversation = this.#history.get(id);
    if (!conversation) return;
    const messages = await this.#history.messages(id);
    const words = { you: YOU, model: EMBEDDED.name, untitled: HISTORY.untitled, otherVersions };
    const text = markdownOf({ conversation, messages }, words);
    saveFile(markdownName(conversation.title), text, "text/markdown");
  }

  /** @param {import("../history/history_error.js").Problem} [problem] */
  #tellOnce(problem) {
    if (problem && problem !== this.#told) this.#tell(problem);
    this.#told = problem;
  }

  /** @param {import("../history/history_error.js").Problem} problem */
  #tell(problem) {
    const start = { label: HISTORY.reset, act: () => this.#history.reset() };
    const reload = { label: TEXT.reload, act: () => location.reload() };
    const action = { refused: undefined, lost: reload, newer: reload, broken: start }[problem];
    this.#notice.show({ text: HISTORY[problem], ...(action && { action }) });
  }
}
