/**
 * A list of an answer, item by item: an item that is finished is not rendered again while the list
 * goes on. Whether its items stand apart is one thing for the whole list (CommonMark's "loose").
 */

import { el } from "./dom.js";
import { highlightIn } from "./highlight.js";
import { listItem } from "./markdown.js";
import { soon } from "./slices.js";

/**
 * @typedef {import("marked").Tokens.List} List
 * @typedef {import("marked").Links} Links
 */

// What follows can still change an item, so the last ones stay open.
const OPEN_ITEMS = 2;

export class ListBlock {
  #kind;
  #start;
  #frame;
  /** @type {{raw: string, node: HTMLElement}[]} */
  #items = [];
  #loose = false;
  #done = 0; // how many of #items will not be looked at again
  #doneLoose = false;

  /**
   * @param {List} list
   * @param {HTMLElement} node the block that holds it
   */
  constructor(list, node) {
    this.#kind = kindOf(list);
    this.#start = list.start;
    const start = list.ordered && list.start !== 1 ? list.start : undefined;
    this.#frame = el(list.ordered ? "ol" : "ul", { start });
    node.append(this.#frame);
  }

  /**
   * Whether it is this list that has grown.
   *
   * @param {import("marked").Token} token
   * @param {boolean} whole or what follows the finished items
   * @returns {token is List}
   */
  fits(token, whole) {
    if (token.type !== "list" || kindOf(/** @type {List} */ (token)) !== this.#kind) return false;
    return token.start === this.#start || (!whole && this.#done > 0);
  }

  /**
   * What follows the finished items is this now.
   *
   * @param {List} list
   * @param {Links} links
   */
  grow(list, links) {
    this.#show(list, this.#done, list.loose || this.#doneLoose, links, true);
  }

  /**
   * All of it is this.
   *
   * @param {List} list
   * @param {Links} links
   * @param {boolean} keepEqual whether an item whose source is unchanged may stay
   */
  showWhole(list, links, keepEqual) {
    this.#show(list, 0, list.loose, links, keepEqual);
  }

  /**
   * All but the last items are finished now.
   *
   * @returns {number} the length of their source
   */
  close() {
    const finished = this.#items.slice(this.#done, -OPEN_ITEMS);
    for (const { node } of finished) highlightIn(node);
    this.#done += finished.length;
    this.#doneLoose = this.#loose;
    return finished.reduce((length, { raw }) => length + raw.length, 0);
  }

  /**
   * @param {List} list
   * @param {number} from the place of its first item
   * @param {boolean} loose
   * @param {Links} links
   * @param {boolean} keepEqual
   */
  #show(list, from, loose, links, keepEqual) {
    const keep = keepEqual && loose === this.#loose;
    if (keepEqual && !keep) this.#loosen(from, loose, links);
    this.#loose = loose;
    list.items.forEach(({ raw }, offset) => {
      const old = this.#items[from + offset];
      if (keep && old && old.raw === raw) return;
      const node = el("li");
      if (old) old.node.replaceWith(node);
      else this.#frame.append(node);
      this.#items[from + offset] = { raw, node };
      soon(() => fill(node, raw, loose, links));
    });
    for (const { node } of this.#items.splice(from + list.items.length)) node.remove();
  }

  /**
   * Items that are finished stand apart from now on: once in the life of a list.
   *
   * @param {number} to
   * @param {boolean} loose
   * @param {Links} links
   */
  #loosen(to, loose, links) {
    for (const { raw, node } of this.#items.slice(0, to)) {
      fill(node, raw, loose, links);
      highlightIn(node);
    }
  }
}

/**
 * @param {HTMLElement} node
 * @param {string} raw
 * @param {boolean} loose
 * @param {Links} links
 */
function fill(node, raw, loose, links) {
  node.replaceChildren(...listItem(raw, loose, links).childNodes);
}

/** @param {List} list */
function kindOf({ ordered, raw }) {
  const mark = /^\s*(?:[-+*]|\d+[.)])/.exec(raw)?.[0] ?? "";
  return `${ordered} ${mark.slice(-1)}`;
}
