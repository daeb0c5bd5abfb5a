/**
 * System prompts with a name, kept in this browser. Some come with the app; one of those that was changed
 * is the person's own from then on. A name stands for one preset.
 */

import { byLetters } from "./format.js";
import { keep, kept } from "./kept.js";
import { ANSWERS, BUILT_IN_PRESETS, numbered } from "./strings_answers.js";

/**
 * @typedef {import("../protocol").Preset} Preset
 * @typedef {{own: Preset[], hidden: string[]}} Kept `hidden` are ids of those that come with the app
 */

const KEY = "presets";

export class Presets {
  /** Those that come with the app, then the others by name. @returns {Preset[]} */
  all() {
    const { own, hidden } = read();
    const builtIn = BUILT_IN_PRESETS.filter(({ id }) => !hidden.includes(id));
    const byName = own.toSorted((one, other) => byLetters(one.name, other.name));
    return [...builtIn.map(({ name, text }) => ({ name, text })), ...byName];
  }

  /** What an export is for: the person's own. @returns {readonly Preset[]} */
  list() {
    return read().own;
  }

  /** @param {string} name */
  get(name) {
    return this.all().find((preset) => preset.name === name);
  }

  /**
   * One of the same name is replaced.
   *
   * @param {string} name
   * @param {string} text
   * @returns {() => void} its undo
   */
  save(name, text) {
    const before = this.get(name);
    const bringBack = this.remove(name);
    put({ name, text });
    return () => {
      this.remove(name);
      if (before) bringBack();
    };
  }

  /**
   * @param {string} name
   * @param {string} wanted one that is free
   */
  rename(name, wanted) {
    const preset = this.get(name);
    if (!preset || name === wanted) return;
    this.remove(name);
    put({ name: wanted, text: preset.text });
  }

  /** @param {string} name @returns {() => void} its undo */
  remove(name) {
    const { own, hidden } = read();
    const mine = own.find((preset) => preset.name === name);
    const builtIn = BUILT_IN_PRESETS.find((preset) => preset.name === name);
    if (mine) {
      write({ own: own.filter((preset) => preset !== mine), hidden });
      return () => this.#add(mine);
    }
    if (!builtIn || hidden.includes(builtIn.id)) return () => {};
    write({ own, hidden: [...hidden, builtIn.id] });
    return () => show(builtIn.id);
  }

  /**
   * What is here already, by name and text, is not doubled; another one of the same name is numbered.
   *
   * @param {readonly Preset[]} presets
   * @returns {{count: number, undo: () => void}} how many were new
   */
  add(presets) {
    const added = presets.flatMap((preset) => this.#add(preset) ?? []);
    const undo = () => {
      for (const name of added) this.remove(name);
    };
    return { count: added.length, undo };
  }

  /** @param {Preset} preset @returns {string | undefined} its name here, if it is new */
  #add({ name: given, text }) {
    const name = given.trim() || ANSWERS.presets;
    const all = this.all();
    if (all.some((one) => one.text === text && isNamed(one.name, name))) return undefined;
    const taken = new Set(all.map((one) => one.name));
    let free = name;
    for (let number = 2; taken.has(free); number++) free = numbered(name, number);
    put({ name: free, text });
    return free;
  }
}

/**
 * Whether it is that name, or it has got a number because that name was taken.
 *
 * @param {string} name
 * @param {string} wanted
 */
function isNamed(name, wanted) {
  const number = Number(/(\d+)\D*$/.exec(name)?.[1]);
  return name === wanted || name === numbered(wanted, number);
}

/** @param {Preset} preset */
function put(preset) {
  const { own, hidden } = read();
  write({ own: [...own, preset], hidden });
}

/** @param {string} id */
function show(id) {
  const { own, hidden } = read();
  write({ own, hidden: hidden.filter((one) => one !== id) });
}

/** @returns {Kept} */
function read() {
  try {
    const { own = [], hidden = [] } = JSON.parse(kept(KEY) || "{}");
    return { own: [...own].filter(isPreset), hidden: [...hidden] };
  } catch (error) {
    console.info(`localm: the presets cannot be read: ${error}`);
    return { own: [], hidden: [] };
  }
}

/** @param {Kept} presets */
function write({ own, hidden }) {
  keep(KEY, own.length + hidden.length > 0 ? JSON.stringify({ own, hidden }) : "");
}

/** @param {unknown} value */
function isPreset(value) {
  const { name, text } = /** @type {Partial<Preset>} */ (value ?? {});
  return typeof name === "string" && name !== "" && typeof text === "string";
}
