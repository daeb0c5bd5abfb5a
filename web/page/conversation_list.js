/** The list of conversations: in groups by day, or what a search has found. */

import { conversationRow } from "./conversation_row.js";
import { inGroups } from "./day_groups.js";
import { el } from "./dom.js";
import { found, HISTORY } from "./strings_history.js";

/** @typedef {import("../history/search.js").Found} Found */

const DRAW_AFTER_MS = 50;

export class ConversationList {
  #history;
  #actions;
  #shown = "";
  #query = "";
  #waits = false;
  #lists = el("div", { class: "conversation-lists" });
  #count = el("p", { class: "unseen", "aria-live": "polite" });
  #search = el("input", { type: "search", "aria-label": HISTORY.search });
  element = el("div", { class: "history" }, this.#search, this.#count, this.#lists);

  /**
   * @param {import("../history/history.js").History} history
   * @param {import("./conversation_row.js").RowActions} actions
   */
  constructor(history, actions) {
    this.#history = history;
    this.#actions = actions;
    this.#search.placeholder = HISTORY.search;
    this.#search.addEventListener("input", () => {
      this.#query = this.#search.value.trim();
      this.#draw();
    });
    history.onChange(({ isRecord }) => {
      if (isRecord) this.#drawSoon();
    });
  }

  focusSearch() {
    this.#search.focus();
  }

  /** @param {string} conversation the id of the one on screen */
  show(conversation) {
    this.#shown = conversation;
    this.#draw();
  }

  /** Many changes at once are drawn once; a name that is being typed is not taken away. */
  #drawSoon() {
    if (this.#waits) return;
    this.#waits = true;
    setTimeout(() => {
      this.#waits = false;
      const isInUse = this.#lists.querySelector("input, :popover-open");
      if (isInUse) this.#drawSoon();
      else this.#draw();
    }, DRAW_AFTER_MS);
  }

  async #draw() {
    const query = this.#query;
    const results = query ? await this.#history.search(query) : undefined;
    if (query !== this.#query) return; // more has been typed meanwhile
    const focused = this.#focusedLink();
    this.#lists.replaceChildren(...(results ? this.#found(results) : this.#groups()));
    /** @type {HTMLElement | null} */
    const link = focused ? this.#lists.querySelector(`a[href="${focused}"]`) : null;
    link?.focus();
    const words = results ? found(results.length) : "";
    if (this.#count.textContent !== words) this.#count.textContent = words;
  }

  #focusedLink() {
    const link = document.activeElement;
    return link && this.#lists.contains(link) ? link.getAttribute("href") : null;
  }

  #groups() {
    const conversations = this.#history.list();
    if (conversations.length === 0) return [el("p", { class: "note" }, HISTORY.none)];
    return inGroups(conversations, new Date()).map(({ name, conversations: members }) => {
      const rows = members.map((one) =>
        conversationRow(one, one.id === this.#shown, this.#actions),
      );
      return group(name, rows);
    });
  }

  /** @param {readonly Found[]} results */
  #found(results) {
    if (results.length === 0) return [el("p", { class: "note" }, HISTORY.nothingFound)];
    const rows = results.map(({ conversation, snippet, message }) => {
      const isShown = conversation.id === this.#shown;
      return conversationRow(conversation, isShown, this.#actions, excerpt(snippet), message);
    });
    return [group(HISTORY.results, rows)];
  }
}

/**
 * @param {string} name
 * @param {HTMLElement[]} rows
 */
function group(name, rows) {
  const heading = el("h2", {}, name);
  return el("section", {}, heading, el("ul", { "aria-label": name }, ...rows));
}

/** @param {import("../history/search.js").Snippet[]} parts */
function excerpt(parts) {
  const marked = parts.map(({ text, hit }) => (hit ? el("mark", {}, text) : unmarked(text)));
  return el("span", { class: "snippet", dir: "auto" }, ...marked);
}

/** Without the signs of Markdown that are nothing but signs. @param {string} text */
const unmarked = (text) => text.replace(/\*\*|`+|(?<=^|\s)(#{1,6}|>|[-*])(?=\s)/g, "");
