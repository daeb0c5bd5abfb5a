/**
 * The conversation in the page's log: one view for each message of the way that is shown. Of a long
 * one the newest part comes first, and the older ones as the reader goes up to them.
 */

import { button } from "./dom.js";
import { allDone } from "./slices.js";
import { MESSAGE } from "./strings_message.js";

/**
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 * @typedef {import("./prompt_view.js").PromptView | import("./answer_view.js").AnswerView} View
 * @typedef {(message: MessageRecord) => View} MakeView
 * @typedef {(message: MessageRecord, view: View) => void} Refresh what of a view the other messages decide
 */

const SLICE = 40;

export class ConversationView {
  #log;
  #makeView;
  #refresh;
  /** @type {readonly MessageRecord[]} */
  #path = [];
  #first = 0; // the place of the oldest message that has a view
  /** @type {Map<string, {message: MessageRecord, view: View}>} */
  #views = new Map();
  #earlier = button(MESSAGE.earlier, () => this.#showEarlier(), "quiet earlier-messages");

  /**
   * @param {HTMLElement} log
   * @param {MakeView} makeView
   * @param {Refresh} refresh
   */
  constructor(log, makeView, refresh) {
    this.#log = log;
    this.#makeView = makeView;
    this.#refresh = refresh;
    const nearTheTop = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) this.#showEarlier();
      },
      { root: log, rootMargin: "400px 0px 0px 0px" },
    );
    nearTheTop.observe(this.#earlier);
  }

  /** Another conversation: nothing that stands here stays. */
  clear() {
    this.#views.clear();
    this.#path = [];
    this.#first = 0;
    this.#log.replaceChildren();
  }

  /**
   * Views of messages that are unchanged stay as they are, and with them what the reader has opened
   * or selected.
   *
   * @param {readonly MessageRecord[]} path
   */
  show(path) {
    const oldest = this.#path[this.#first]?.id;
    const place = path.findIndex(({ id }) => id === oldest);
    this.#first = place >= 0 ? place : Math.max(0, path.length - SLICE);
    this.#path = path;
    this.#draw();
  }

  /**
   * The message has changed, and its view knows that already.
   *
   * @param {MessageRecord} message
   */
  known(message) {
    const shown = this.#views.get(message.id);
    if (!shown) return;
    shown.message = message;
    this.#refresh(message, shown.view);
  }

  /** @param {string} id of a message on the way that is shown */
  reveal(id) {
    const place = this.#path.findIndex((message) => message.id === id);
    if (place < this.#first) {
      this.#first = Math.max(0, place);
      this.#draw();
    }
    const show = () => this.#views.get(id)?.view.element.scrollIntoView({ block: "start" });
    show();
    // What stands above it may still be on its way.
    allDone().then(show);
  }

  #draw() {
    const shown = this.#path.slice(this.#first);
    const ids = new Set(shown.map(({ id }) => id));
    for (const id of this.#views.keys()) if (!ids.has(id)) this.#views.delete(id);
    const elements = shown.map((message) => {
      const view = this.#view(message);
      this.#refresh(message, view);
      return view.element;
    });
    if (this.#first > 0) elements.unshift(this.#earlier);
    keepOnly(this.#log, elements);
  }

  /** @param {MessageRecord} message */
  #view(message) {
    const known = this.#views.get(message.id);
    if (known && sameMessage(known.message, message)) return known.view;
    const view = this.#makeView(message);
    this.#views.set(message.id, { message, view });
    return view;
  }

  /** What the reader looks at stays where it is. */
  #showEarlier() {
    if (this.#first === 0) return;
    const fromEnd = this.#log.scrollHeight - this.#log.scrollTop;
    this.#first = Math.max(0, this.#first - SLICE);
    this.#draw();
    const stay = () => {
      this.#log.scrollTop = this.#log.scrollHeight - fromEnd;
    };
    stay();
    allDone().then(stay);
  }
}

/**
 * @param {MessageRecord} one
 * @param {MessageRecord} other
 */
function sameMessage(one, other) {
  return one === other || (one.content === other.content && one.state === other.state);
}

/**
 * Elements that stay are not moved: moving one would lose its focus and its scrolling.
 *
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} elements
 */
function keepOnly(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children])
    if (!wanted.has(/** @type {HTMLElement} */ (child))) child.remove();
  elements.forEach((element, place) => {
    if (parent.children[place] !== element)
      parent.insertBefore(element, parent.children[place] ?? null);
  });
}
