/** Small helpers to build elements, so that no markup is ever parsed from a string. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes] `true` sets an empty
 *   attribute, `false` and `undefined` set none
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  element.append(...children);
  return element;
}

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new TypeError(`index.html has no ${type.name} #${id}`);
}

/**
 * A symbol of the sprite in index.html; decoration beside a name that stands elsewhere.
 *
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/**
 * A link that leaves the app: in a tab of its own, and without a word of where it came from.
 *
 * @param {string} href
 * @param {string} text
 */
export function outsideLink(href, text) {
  const attributes = { href, target: "_blank", rel: "noopener noreferrer", class: "outside" };
  return el("a", attributes, text, icon("outside"));
}

/**
 * @param {string} label
 * @param {() => void} onPress
 * @param {string} [style]
 */
export function button(label, onPress, style = "quiet") {
  const element = el("button", { type: "button", class: style }, label);
  element.addEventListener("click", onPress);
  return element;
}
