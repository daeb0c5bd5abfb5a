/**
 * What of a model's HTML may reach the page: text and its structure. Nothing that runs, loads,
 * styles, submits, or that carries an id (which could shadow the page's own names).
 */

import DOMPurify from "../libraries/purify.es.mjs";

const TAGS =
  "a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i ins " +
  "kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead " +
  "tr u ul var";
const ATTRIBUTES = "align class colspan dir href open reversed rowspan start title";

const POLICY = {
  ALLOWED_TAGS: TAGS.split(" "),
  ALLOWED_ATTR: ATTRIBUTES.split(" "),
  // These hold no address; without this line their values would have to look like one.
  ADD_URI_SAFE_ATTR: ["align", "colspan", "dir", "open", "reversed", "rowspan", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:)/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // The text inside these is no text for a reader.
  FORBID_CONTENTS: ["script", "style", "svg", "math", "template", "iframe", "object", "noscript"],
  // A fragment, not a string: what was sanitized is never parsed a second time.
  RETURN_DOM_FRAGMENT: /** @type {const} */ (true),
};

const ALLOWED_CLASS = /^(?:language-[\w+#.-]+|tick|image|math)$/;

const CODE_POLICY = {
  ALLOWED_TAGS: ["span"],
  ALLOWED_ATTR: ["class"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: /** @type {const} */ (true),
};

// What KaTeX makes: spans and lines that it places with styles of its own, and the same for a screen
// reader in MathML. It set the styles through the DOM, and they are not parsed again.
const MATH_TAGS =
  "annotation line math menclose merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace " +
  "msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover path semantics span svg";
const MATH_ATTRIBUTES =
  "accent accentunder aria-hidden class columnalign columnlines columnspacing d depth display " +
  "displaystyle encoding fence height linebreak linethickness lspace mathbackground mathcolor " +
  "mathsize mathvariant maxsize minsize movablelimits notation preserveaspectratio " +
  "rowlines rowspacing rspace scriptlevel separator side stretchy stroke-width style viewbox voffset " +
  "width x1 x2 xmlns y1 y2";
const MATH_POLICY = {
  ALLOWED_TAGS: MATH_TAGS.split(" "),
  ALLOWED_ATTR: MATH_ATTRIBUTES.split(" "),
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  IN_PLACE: /** @type {const} */ (true),
};

DOMPurify.addHook("uponSanitizeAttribute", (_node, data, { ALLOWED_ATTR }) => {
  // The libraries that colour code and typeset formulas have classes of their own.
  if (!ALLOWED_ATTR?.includes("href")) return;
  if (data.attrName === "class" && !ALLOWED_CLASS.test(data.attrValue)) data.keepAttr = false;
});
DOMPurify.addHook("afterSanitizeAttributes", (node) => {
  if (node.nodeName !== "A" || !node.hasAttribute("href")) return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer");
});

/**
 * @param {string} html
 * @returns {DocumentFragment}
 */
export const sanitize = (html) => DOMPurify.sanitize(html, POLICY);

/**
 * @param {string} html what highlight.js made of code
 * @returns {DocumentFragment}
 */
export const sanitizeCode = (html) => DOMPurify.sanitize(html, CODE_POLICY);

/**
 * @param {HTMLElement} holder of what KaTeX made
 * @returns {HTMLElement} the same
 */
export function sanitizeMath(holder) {
  DOMPurify.sanitize(holder, MATH_POLICY);
  return holder;
}
