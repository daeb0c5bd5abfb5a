/**
 * A text that grows, shown as Markdown. A block that is finished is not rendered again; when the
 * text has ended, one pass over the whole of it makes the result that of a single rendering.
 */

import { growCode, settleCode } from "./code_block.js";
import { highlightIn } from "./highlight.js";
import { ListBlock } from "./list_block.js";
import { blockFrame, isVisible, renderBlock, splitBlocks, withPlainLineEnds } from "./markdown.js";
import { soon } from "./slices.js";

/**
 * @typedef {import("marked").Token} Token
 * @typedef {import("marked").Links} Links
 * @typedef {{token: Token, node: HTMLElement, list?: ListBlock, done?: number}} Block `done`: how
 *   much of its code is finished
 */

// What follows can still change a block (a list that goes on after an empty line), so the last
// ones stay open.
const OPEN_BLOCKS = 2;
// Of the time between two renderings at most this share is spent rendering.
const BUSY_SHARE = 0.25;
const FENCE = /^ {0,3}(?:`{3,}|~{3,}).*\n/;
const MAY_CLOSE = /^\s*(?:$|[`~])/;

export class StreamingMarkdown {
  #text = "";
  #root;
  #onRender;
  /** @type {Block[]} */
  #blocks = [];
  #finished = 0; // how many of #blocks will not be looked at again
  #tail = ""; // what follows them, and follows the finished items of a list, with plain line ends
  #endsInReturn = false;
  /** @type {Links} */
  #links = {};
  #linksCameLate = false; // after a block that may use them
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
    if (!delta) return;
    this.#text += delta;
    const isRest = this.#endsInReturn && delta.startsWith("\n");
    this.#tail += withPlainLineEnds(isRest ? delta.slice(1) : delta);
    this.#endsInReturn = delta.endsWith("\r");
    if (!this.#frame) this.#frame = requestAnimationFrame((now) => this.#onFrame(now));
  }

  /** Show at once what there is, without waiting for a frame. */
  flush() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#grow();
  }

  /** The text has ended: show all of it, as one rendering of the whole would. */
  finish() {
    cancelAnimationFrame(this.#frame);
    const had = JSON.stringify(this.#links);
    this.#links = {};
    const tokens = splitBlocks(withPlainLineEnds(this.#text), this.#links);
    const sameLinks = had === JSON.stringify(this.#links) && !this.#linksCameLate;
    this.#showWhole(tokens.filter(isVisible), sameLinks);
    soon(() => {
      highlightIn(this.#root);
      this.#onRender();
    });
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
    const known = Object.keys(this.#links).length;
    const tokens = splitBlocks(this.#tail, this.#links);
    if (Object.keys(this.#links).length > known) this.#linksCameLate ||= this.#blocks.length > 0;
    const visible = tokens.filter(isVisible);
    visible.forEach((token, offset) => {
      this.#growBlock(this.#finished + offset, token);
    });
    this.#cut(this.#finished + visible.length);
    this.#close(tokens, visible.length);
  }

  /**
   * All but the last few are finished now.
   *
   * @param {Token[]} tokens the open ones
   * @param {number} visible how many of them are seen
   */
  #close(tokens, visible) {
    const open = tokens.filter(isVisible).at(Math.max(0, visible - OPEN_BLOCKS));
    let length = 0;
    // Without an open block nothing is finished: a definition may still grow.
    for (const token of open ? tokens : []) {
      if (token === open) break;
      length += token.raw.length;
      if (isVisible(token)) this.#closeBlock();
    }
    this.#tail = this.#tail.slice(length);
    this.#closeCode();
    this.#tail = this.#tail.slice(this.#blocks[this.#finished]?.list?.close() ?? 0);
    this.#closeLines();
  }

  /** Lines of code that have ended are finished, if the fence is all that is open. */
  #closeLines() {
    const block = this.#blocks[this.#finished];
    if (block?.token.type !== "code" || this.#blocks.length > this.#finished + 1) return;
    const [fence] = FENCE.exec(this.#tail) ?? [];
    const end = this.#tail.lastIndexOf("\n") + 1;
    const line = this.#tail.slice(end);
    // A line that may be, or become, the closing fence is open.
    if (!fence || end <= fence.length || MAY_CLOSE.test(line)) return;
    block.done = (block.done ?? 0) + block.token.text.lastIndexOf("\n") + 1;
    this.#tail = fence + line;
  }

  #closeBlock() {
    const block = this.#blocks[this.#finished++];
    if (block) highlightIn(block.node);
  }

  /** Code that something follows has ended, although its block is still open. */
  #closeCode() {
    for (const { token, node } of this.#blocks.slice(this.#finished, -1))
      if (token.type === "code") highlightIn(node);
  }

  /**
   * @param {Token[]} tokens
   * @param {boolean} keepEqual whether a block whose source is unchanged may stay
   */
  #showWhole(tokens, keepEqual) {
    tokens.forEach((token, index) => {
      const block = this.#blocks[index];
      if (block && keepEqual && sameSource(block.token, token)) return;
      if (block?.list?.fits(token, true)) block.list.showWhole(token, this.#links, keepEqual);
      else if (!block || !settledAsCode(block, token)) this.#put(index, token);
    });
    this.#cut(tokens.length);
  }

  /**
   * @param {number} index
   * @param {Token} token
   */
  #growBlock(index, token) {
    const block = this.#blocks[index];
    if (block && sameSource(block.token, token)) return;
    if (block?.list?.fits(token, false)) block.list.grow(token, this.#links);
    else if (!block || !grewAsCode(block, token)) return this.#put(index, token);
    block.token = token;
  }

  /**
   * @param {number} index
   * @param {Token} token
   */
  #put(index, token) {
    const made = this.#made(token);
    const old = this.#blocks[index];
    if (old) old.node.replaceWith(made.node);
    else this.#root.append(made.node);
    this.#blocks[index] = made;
  }

  /**
   * @param {Token} token
   * @returns {Block}
   */
  #made(token) {
    if (token.type !== "list") return { token, node: renderBlock(token, this.#links) };
    const node = blockFrame(token);
    const found = /** @type {import("marked").Tokens.List} */ (token);
    const list = new ListBlock(found, node);
    list.showWhole(found, this.#links, false);
    return { token, node, list };
  }

  /** @param {number} count of the blocks that stay */
  #cut(count) {
    for (const { node } of this.#blocks.splice(count)) node.remove();
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
 * @param {Block} block
 * @param {Token} token what follows the finished lines
 */
const grewAsCode = (block, token) =>
  isSameCode(block.token, token) && growCode(block.node, token.text, block.done ?? 0);

/**
 * @param {Block} block
 * @param {Token} token the whole
 */
const settledAsCode = (block, token) =>
  isSameCode(block.token, token) && settleCode(block.node, token.text);

/**
 * @param {Token} old
 * @param {Token} token
 * @returns {token is import("marked").Tokens.Code}
 */
function isSameCode(old, token) {
  return old.type === "code" && token.type === "code" && old.lang === token.lang;
}
