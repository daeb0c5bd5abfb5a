/**
 * Colours finished code with highlight.js. Its core and the grammar of a language are fetched when the
 * first block of that language is finished; a block that grows is never coloured.
 */

import { languageOf } from "./code_languages.js";
import { sanitizeCode } from "./sanitize.js";
import { soon } from "./slices.js";

/** @typedef {typeof import("../libraries/highlight/core.min.js").default} Highlighter */

// A grammar's expressions may take long on what no person would read anyway.
const MAX_LENGTH = 30_000;
const ENDLESS_LINE = /.{2000}/;
const FOLDER = "../libraries/highlight/";

/** @type {Map<string, Promise<Highlighter | undefined>>} by grammar */
const loading = new Map();
/** @type {WeakSet<Element>} */
const done = new WeakSet();

/** @param {ParentNode} root whose code is finished */
export function highlightIn(root) {
  for (const code of root.querySelectorAll("code[class^=language-]")) {
    if (done.has(code)) continue;
    done.add(code);
    highlight(code, languageOf(code.className.slice("language-".length)).grammar);
  }
}

/** Until the grammars that were asked for are here. */
export const grammarsReady = () => Promise.all(loading.values());

/**
 * @param {Element} code
 * @param {string} grammar
 */
async function highlight(code, grammar) {
  const text = code.textContent ?? "";
  if (!grammar || text.length > MAX_LENGTH || ENDLESS_LINE.test(text)) return;
  const highlighter = await grammarFor(grammar);
  if (!highlighter) return;
  soon(() => {
    const { value } = highlighter.highlight(text, { language: grammar, ignoreIllegals: true });
    code.replaceChildren(sanitizeCode(value));
  });
}

/** @param {string} grammar */
function grammarFor(grammar) {
  const found = loading.get(grammar) ?? load(grammar).catch((error) => notLoaded(grammar, error));
  loading.set(grammar, found);
  return found;
}

/**
 * @param {string} grammar
 * @returns {Promise<Highlighter | undefined>}
 */
async function load(grammar) {
  const [core, language] = await Promise.all([
    import("../libraries/highlight/core.min.js"),
    import(`${FOLDER}languages/${grammar}.min.js`),
  ]);
  core.default.registerLanguage(grammar, language.default);
  return core.default;
}

/**
 * The next block asks again.
 *
 * @param {string} grammar
 * @param {unknown} error
 */
function notLoaded(grammar, error) {
  loading.delete(grammar);
  console.info(`localm: code in ${grammar} stays uncoloured: ${error}`);
  return undefined;
}
