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
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // The text inside these is no text for a reader.
  FORBID_CONTENTS: ["script", "style", "svg", "math", "template", "iframe", "object", "noscript"],
  // A fragment, not a string: what was sanitized is never parsed a second time.
  RETURN_DOM_FRAGMENT: /** @type {const} */ (true),
};

const ALLOWED_CLASS = /^(?:language-[\w+#.-]+|task|image-placeholder)$/;

DOMPurify.addHook("uponSanitizeAttribute", (_node, data) => {
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
