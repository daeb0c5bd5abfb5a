/** Markdown as models write it, for marked: GitHub's kind, formulas, and lines that end where they end. */

import { Lexer, Marked } from "../libraries/marked.esm.js";
import { MATH_SYNTAX, maskFormulas } from "./math_syntax.js";

/**
 * @typedef {import("marked").Token} Token
 * @typedef {import("marked").Links} Links
 * @typedef {import("marked").MarkedOptions} Options
 */

const { extensions } = new Marked({ extensions: MATH_SYNTAX }).defaults;
const hooks = Object.assign(Object.create(null), { emStrongMask: maskFormulas });

/**
 * @param {import("marked").Renderer} renderer
 * @param {(formula: string) => string} formula as HTML
 * @returns {Options}
 */
export function syntaxWith(renderer, formula) {
  const renderers = {
    mathInline: (/** @type {import("marked").Tokens.Generic} */ { text }) => formula(text),
    mathBlock: (/** @type {import("marked").Tokens.Generic} */ { text }) =>
      `<p>${formula(text)}</p>\n`,
  };
  const known = { ...extensions, renderers, childTokens: {} };
  // A line that a model ends is meant to end: poems and addresses come that way.
  return { gfm: true, breaks: true, hooks, renderer, extensions: /** @type {any} */ (known) };
}

/**
 * @param {string} source of one block
 * @param {Links} links
 * @param {Options} options
 */
export function lexed(source, links, options) {
  const lexer = new Lexer(options);
  lexer.tokens.links = { ...links };
  return lexer.lex(source);
}
