/**
 * Typesets formulas with KaTeX, which is fetched when the first one is seen. Until then, and where it
 * understands nothing, a formula is shown as it was written.
 */

import { el } from "./dom.js";
import { sanitizeMath } from "./sanitize.js";
import { soon } from "./slices.js";
import { RENDERING } from "./strings_rendering.js";

/** @typedef {typeof import("katex").default} Katex */

// The limits are against formulas that are made to stop the page.
const OPTIONS = {
  trust: refuse,
  strict: /** @type {const} */ ("ignore"),
  maxSize: 40,
  maxExpand: 500,
};
// These would be written as `style` attributes.
const MACROS = {
  "\\pmb": "\\boldsymbol{#1}",
  "\\fcolorbox": "\\textcolor{#1}{}\\colorbox{#2}{#3}",
};
const MAX_KEPT = 300;
const KATEX = "../libraries/katex/";

/** @type {Katex | undefined} */
let katex;
/** @type {Promise<void> | undefined} */
let loading;
/** @type {Map<string, HTMLElement | undefined>} those of a growing paragraph are met again and again */
const typeset = new Map();

/**
 * `\href`, `\includegraphics` and `\html…` would reach out of the formula: none is trusted, and a formula
 * with one is shown as it was written.
 *
 * @returns {boolean}
 */
function refuse() {
  throw new Error("it would reach out of the formula");
}

/** @param {ParentNode} root in which `.math` elements hold formulas as they were written */
export function showFormulas(root) {
  for (const element of root.querySelectorAll(".math"))
    if (element instanceof HTMLElement) show(element);
}

/** @param {HTMLElement} element */
function show(element) {
  if (katex) return soon(() => typesetIn(element));
  loading ??= load();
  loading.then(() => soon(() => typesetLater(element)), noKatex);
}

/** @param {HTMLElement} element */
function typesetLater(element) {
  typesetIn(element);
  element.dispatchEvent(new Event("grown", { bubbles: true }));
}

/** Until KaTeX is here, if anything asked for it. */
export const formulasReady = () => (loading ?? Promise.resolve()).catch(noKatex);

async function load() {
  const [module] = await Promise.all([import(`${KATEX}katex.mjs`), loadStyle()]);
  katex = module.default;
  setStylesThroughTheDom(/** @type {any} */ (katex).__domTree.SvgNode.prototype);
}

/**
 * The drawings over `\vec` are the only elements whose style KaTeX writes as an attribute, which the
 * page's policy refuses.
 *
 * @param {{toNode: () => SVGElement}} drawing
 */
function setStylesThroughTheDom(drawing) {
  const { toNode } = drawing;
  drawing.toNode = function () {
    const { attributes, children } = /** @type {any} */ (this);
    const { style, ...others } = attributes;
    const node = toNode.call(/** @type {any} */ ({ attributes: others, children }));
    if (style) node.style.cssText = style;
    return node;
  };
}

function loadStyle() {
  const href = new URL(`${KATEX}katex.min.css`, import.meta.url).href;
  const link = el("link", { rel: "stylesheet", href });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => reject(new Error("its style sheet did not come")));
    document.head.append(link);
  });
}

/** @param {unknown} error */
function noKatex(error) {
  if (loading) console.info(`localm: formulas are shown as they were written: ${error}`);
  loading = undefined;
}

/** @param {HTMLElement} element */
function typesetIn(element) {
  const source = element.textContent ?? "";
  if (!typeset.has(source)) keep(source, make(source));
  const made = typeset.get(source);
  if (!made) return element.classList.add("failed");
  if (isDisplay(source)) showDisplay(element);
  element.replaceChildren(...made.cloneNode(true).childNodes);
}

/** @param {HTMLElement} element */
function showDisplay(element) {
  element.classList.add("display");
  // May scroll sideways, so the keyboard must be able to reach it.
  for (const [name, value] of Object.entries({ tabindex: "0", role: "group" }))
    element.setAttribute(name, value);
  element.setAttribute("aria-label", RENDERING.formula);
}

/**
 * @param {string} source
 * @param {HTMLElement | undefined} made
 */
function keep(source, made) {
  typeset.set(source, made);
  if (typeset.size > MAX_KEPT) typeset.delete(typeset.keys().next().value ?? "");
}

/** @param {string} source */
const isDisplay = (source) => source.startsWith("$$") || source.startsWith("\\[");

/** @param {string} source */
function make(source) {
  const holder = el("span");
  const signs = /^\$(?!\$)/.test(source) ? 1 : 2;
  try {
    const formula = source.slice(signs, -signs);
    katex?.render(formula, holder, {
      ...OPTIONS,
      macros: { ...MACROS },
      displayMode: isDisplay(source),
    });
    return sanitizeMath(holder);
  } catch (error) {
    console.info(`localm: a formula is shown as it was written: ${error}`);
    return undefined;
  }
}
