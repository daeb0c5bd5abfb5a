/**
 * A text that grows, shown as Markdown. A block that is finished is not rendered again; when the
 * text has ended, one pass over the whole of it makes the result that of a single rendering.
 */

import { growCode } from "./blocks.js";
import { isVisible, renderBlock, splitBlocks, withPlainLineEnds } from "./markdown.js";

/**
 * @typedef {import("marked").Token} Token
 * @typedef {import("marked").Links} Links
 */

// What follows can still change a block (a list that goes on after an empty line), so the last
// ones stay open.
const OPEN_BLOCKS = 2;
// Of the time between two renderings at most this share is spent rendering.
const BUSY_SHARE = 0.25;

export class StreamingMarkdown {
  #text = "";
  #root;
  #onRender;
  /** @type {{token: Token, node: HTMLElement}[]} */
  #blocks = [];
  #finished = 0; // how many of #blocks will not be looked at again
  #finishedLength = 0; // their length, with plain line ends
  /** @type {Links} */
  #links = {};
  #frame = 0;
  #restUntil = 0;

  /**
   * @param {HTMLElement} root
   * @param {() => void} [onRender] after the root has changed
   */
  constructor(root, onRender = () => {}) {
    this.#root = root;
    this.#onRender = onRender;
  }

  get text() {
    return this.#text;
  }

  /** @param {string} delta */
  append(delta) {
    this.#text += delta;
    if (!this.#frame) this.#frame = requestAnimationFrame((now) => this.#onFrame(now));
  }

  /** The text has ended: show all of it, as one rendering of the whole would. */
  finish() {
    cancelAnimationFrame(this.#frame);
    const had = this.#links;
    this.#links = {};
    const tokens = splitBlocks(withPlainLineEnds(this.#text), this.#links);
    // A definition may stand below the link that uses it.
    const sameLinks = JSON.stringify(had) === JSON.stringify(this.#links);
    this.#show(0, tokens.filter(isVisible), sameLinks);
    this.#onRender();
  }

  /** Show nothing more of it. */
  discard() {
    cancelAnimationFrame(this.#frame);
  }

  /** @param {number} now */
  #onFrame(now) {
    if (now < this.#restUntil) {
      this.#frame = requestAnimationFrame((later) => this.#onFrame(later));
      return;
    }
    this.#frame = 0;
    this.#grow();
    this.#onRender();
    const took = performance.now() - now;
    this.#restUntil = now + took / BUSY_SHARE;
  }

  #grow() {
    const tail = withPlainLineEnds(this.#text).slice(this.#finishedLength);
    const tokens = splitBlocks(tail, this.#links);
    this.#show(this.#finished, tokens.filter(isVisible), true);
    this.#close(tokens);
  }

  /** @param {Token[]} tokens the open ones; all but the last few are finished now */
  #close(tokens) {
    let closing = tokens.filter(isVisible).length - OPEN_BLOCKS;
    for (const token of tokens) {
      if (closing <= 0) return;
      this.#finishedLength += token.raw.length;
      if (!isVisible(token)) continue;
      this.#finished += 1;
      closing -= 1;
    }
  }

  /**
   * @param {number} first
   * @param {Token[]} tokens what the blocks from `first` on are now
   * @param {boolean} keepEqual whether a block whose source is unchanged may stay
   */
  #show(first, tokens, keepEqual) {
    tokens.forEach((token, offset) => {
      this.#showBlock(first + offset, token, keepEqual);
    });
    for (const { node } of this.#blocks.splice(first + tokens.length)) node.remove();
  }

  /**
   * @param {number} index
   * @param {Token} token
   * @param {boolean} keepEqual
   */
  #showBlock(index, token, keepEqual) {
    const block = this.#blocks[index];
    if (block && keepEqual && sameSource(block.token, token)) return;
    if (block && isGrowingCode(block.token, token) && growCode(block.node, token.text)) {
      block.token = token;
      return;
    }
    const node = renderBlock(token, this.#links);
    if (block) block.node.replaceWith(node);
    else this.#root.append(node);
    this.#blocks[index] = { token, node };
  }
}

/**
 * @param {Token} old
 * @param {Token} token
 */
function sameSource(old, token) {
  return old.type === token.type && old.raw === token.raw;
}

/**
 * @param {Token} old
 * @param {Token} token
 * @returns {token is import("marked").Tokens.Code}
 */
function isGrowingCode(old, token) {
  return old.type === "code" && token.type === "code" && old.lang === token.lang;
}
