/**
 * The controls of the options of answers. Each reads what was typed, says at once what is wrong with it,
 * and keeps it as it was typed: a bad value is not lost, and not used.
 */

import { NUMBER_FIELDS, readFormat, readNumber, readStops } from "./answer_values.js";
import { el } from "./dom.js";
import { exact } from "./format.js";
import { ANSWERS, mustBeNumber, stillInUse } from "./strings_answers.js";

/**
 * @typedef {import("../protocol").ChatOptions} ChatOptions
 * @typedef {import("./answer_values.js").Read} Read
 *
 * @typedef {object} Field
 * @property {keyof ChatOptions} key
 * @property {HTMLElement} element
 * @property {() => Read} read
 * @property {(options: ChatOptions) => void} write
 * @property {(options: ChatOptions) => string} inUse in words; "" for the default
 * @property {() => string} draft what stands there, whether it can be used or not
 * @property {(draft: string) => void} redraft
 * @property {(problem: string) => void} show "" when all is well
 *
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 */

let fields = 0;

/**
 * A label, its control, a hint, and the place for what is wrong.
 *
 * @param {string} name
 * @param {Control} control
 * @param {string} [hint]
 */
export function labelled(name, control, hint = "") {
  const id = `answer-field-${++fields}`;
  control.id = id;
  const words = el("p", { class: "hint", id: `${id}-hint` }, hint);
  const problem = el("p", { class: "problem", id: `${id}-problem`, "aria-live": "polite" });
  control.setAttribute("aria-describedby", `${id}-problem ${id}-hint`);
  const label = el("label", { for: id }, name);
  const element = el("div", { class: "setting" }, label, control, problem, words);
  /** @param {string} text */
  const show = (text) => {
    problem.textContent = text;
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  /** @param {string} text */
  const sayHint = (text) => words.replaceChildren(text);
  return { element, show, sayHint };
}

/** @returns {Field[]} */
export const numberFields = () => NUMBER_FIELDS.map(numberField);

/** @param {import("./answer_values.js").NumberField} field @returns {Field} */
function numberField({ key, min, max, step, isWhole }) {
  const control = el("input", {
    type: "number",
    // The keyboards for numbers of some phones have no minus.
    inputmode: min < 0 ? "text" : isWhole ? "numeric" : "decimal",
    step: isWhole ? step : "any",
    min: min < -1e6 ? undefined : min,
    max: max > 1e6 ? undefined : max,
    autocomplete: "off",
    placeholder: ANSWERS.empty[key] ?? ANSWERS.byDefault,
  });
  const { element, show } = labelled(ANSWERS.names[key] ?? key, control, ANSWERS.hints[key]);
  control.addEventListener("keydown", (event) => {
    if (!isWhole) stepBy(control, event, { min, max, step });
  });
  return {
    key,
    element,
    show,
    read: () =>
      control.validity.badInput ? { problem: mustBeNumber } : readNumber(key, control.value),
    write: (options) => {
      control.value = String(options[key] ?? "");
    },
    inUse: (options) => (options[key] === undefined ? "" : exact(Number(options[key]))),
    draft: () => control.value,
    redraft: (draft) => {
      control.value = draft;
    },
  };
}

/**
 * The arrow keys, finer than the browser's whole steps.
 *
 * @param {HTMLInputElement} control
 * @param {KeyboardEvent} event
 * @param {{min: number, max: number, step: number}} range
 */
function stepBy(control, event, { min, max, step }) {
  const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!direction || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const from = control.value === "" ? Math.max(min, Math.min(max, 1)) : Number(control.value);
  const to = Math.min(max, Math.max(min, from + direction * step));
  control.value = String(Number(to.toFixed(4)));
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @returns {Field} */
export function stopField() {
  const control = el("textarea", {
    rows: 2,
    dir: "auto",
    spellcheck: "false",
    autocomplete: "off",
  });
  const { element, show } = labelled(ANSWERS.stop, control, ANSWERS.stopHint);
  return {
    key: "stop",
    element,
    show,
    read: () => readStops(control.value),
    write: ({ stop = [] }) => {
      control.value = stop.join("\n");
    },
    inUse: ({ stop = [] }) => stop.join(", "),
    draft: () => control.value,
    redraft: (draft) => {
      control.value = draft;
    },
  };
}

/** @returns {Field & {offer: (isOffered: boolean, hint: string) => void}} */
export function reasoningField() {
  const control = choice(ANSWERS.reasoningChoices);
  const { element, show, sayHint } = labelled(ANSWERS.reasoning, control, ANSWERS.reasoningHint);
  /** @type {Record<string, ChatOptions>} */
  const options = { default: {}, on: { reasoning: true }, off: { reasoning: false } };
  return {
    key: "reasoning",
    element,
    show,
    read: () => ({ options: options[control.value] ?? {} }),
    write: ({ reasoning }) => {
      control.value = reasoning === undefined ? "default" : reasoning ? "on" : "off";
    },
    inUse: () => "",
    draft: () => control.value,
    redraft: (draft) => {
      control.value = draft;
    },
    offer: (isOffered, hint) => {
      control.disabled = !isOffered;
      sayHint(isOffered ? ANSWERS.reasoningHint : hint);
    },
  };
}

/** @returns {Field} */
export function formatField() {
  const type = choice(ANSWERS.formats);
  const schema = el("textarea", {
    rows: 5,
    class: "schema",
    dir: "ltr",
    spellcheck: "false",
    autocomplete: "off",
  });
  const kind = labelled(ANSWERS.format, type);
  const text = labelled(ANSWERS.schema, schema, ANSWERS.schemaHint);
  const refresh = () => {
    text.element.hidden = type.value !== "json_schema";
  };
  type.addEventListener("change", refresh);
  const redraft = (/** @type {string} */ draft) => {
    [type.value = "text", schema.value = ""] = JSON.parse(draft);
    refresh();
  };
  return {
    key: "response_format",
    element: el("div", { class: "fields" }, kind.element, text.element),
    show: text.show,
    read: () => readFormat(type.value, schema.value),
    write: ({ response_format: format }) =>
      redraft(JSON.stringify([format?.type ?? "text", format?.schema || schema.value])),
    inUse: ({ response_format: format }) => ANSWERS.formats[format?.type ?? "text"],
    draft: () => JSON.stringify([type.value, schema.value]),
    redraft,
  };
}

/** @param {Record<string, string>} choices */
function choice(choices) {
  const options = Object.entries(choices).map(([value, words]) => el("option", { value }, words));
  return el("select", {}, ...options);
}

/**
 * What is wrong, and what counts until it is mended.
 *
 * @param {Field} field
 * @param {string} problem
 * @param {ChatOptions} options in force
 */
export const problemOf = (field, problem, options) =>
  `${problem} ${stillInUse(field.inUse(options))}`;
