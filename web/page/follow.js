/** Keeps the end of the conversation in sight, until the reader scrolls up. */

import { byId } from "./dom.js";

const NEAR_END_PX = 32;

export class Follow {
  #scroller = byId("conversation", HTMLElement);
  #button = byId("to-end", HTMLButtonElement);
  #following = true;
  #lastTop = 0;

  constructor() {
    this.#scroller.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    this.#button.addEventListener("click", () => {
      this.toEnd();
      this.#scroller.focus();
    });
    // A formula or an image that came later has taken its room.
    this.#scroller.addEventListener("grown", () => this.changed());
    new ResizeObserver(() => this.changed()).observe(this.#scroller);
  }

  /** The conversation has grown. */
  changed() {
    if (this.#following) this.toEnd();
    else this.#showButton();
  }

  toEnd() {
    this.#following = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
    this.#showButton();
  }

  /** Something else is to be looked at. */
  leave() {
    this.#following = false;
    this.#showButton();
  }

  #onScroll() {
    const top = this.#scroller.scrollTop;
    if (this.#toGo < NEAR_END_PX) this.#following = true;
    else if (top < this.#lastTop) this.#following = false;
    this.#lastTop = top;
    this.#showButton();
  }

  get #toGo() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  #showButton() {
    this.#button.hidden = this.#following || this.#toGo < NEAR_END_PX;
  }
}
