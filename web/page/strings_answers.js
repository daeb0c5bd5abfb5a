/** Every word a person reads in the settings of answers: system prompt, presets, options. */

import { number } from "./format.js";
import { translated } from "./translated.js";

export const ANSWERS = translated("ANSWERS", {
  title: "Answers",
  forNew: "For the new conversation.",
  forLater: "New ones begin with what was set last.",
  system: "System prompt",
  systemHint: "What the model is told before the conversation. Left empty, it is told nothing.",

  presets: "Presets",
  savePreset: "Save as preset",
  presetName: "Name of the preset",
  save: "Save",
  cancel: "Cancel",
  undo: "Undo",
  rename: "Rename",
  remove: "Delete",
  replaced: "Your own text was replaced.",
  nameTaken: "Another preset has this name.",
  noName: "Write a name first.",
  noPresets: "There are no presets.",

  /** @type {Record<string, string>} by option */
  names: {
    temperature: "Temperature",
    top_p: "Top p",
    top_k: "Top k",
    max_tokens: "Max tokens",
    seed: "Seed",
    presence_penalty: "Presence penalty",
    frequency_penalty: "Frequency penalty",
  },
  /** @type {Record<string, string>} */
  hints: {
    temperature: "From 0, the likeliest, to 2, the wildest.",
    top_p: "Above 0, up to 1. Lower is safer.",
    top_k: "Of the likeliest words. Not on WebLLM.",
    max_tokens: "The longest that an answer may be.",
    seed: "Empty: a new one each time.",
    presence_penalty: "From -2 to 2. Higher: more variety.",
    frequency_penalty: "From -2 to 2. Higher: less repeated.",
  },
  byDefault: "default",
  /** @type {Record<string, string>} where nothing is no default of the model's */
  empty: { seed: "random", top_k: "off" },

  stop: "Stop strings",
  stopHint: "One per line, at most 8. The answer ends before the first of them.",
  reasoning: "Reasoning",
  reasoningChoices: { default: "Model’s default", on: "On", off: "Off" },
  reasoningHint: "Whether the model thinks before it answers.",
  format: "Answer format",
  formats: { text: "Text", json_object: "JSON", json_schema: "JSON schema" },
  schema: "JSON schema",
  schemaHint: "The answer follows this schema.",

  reset: "Reset to the model’s defaults",
  wasReset: "All of these are the model’s defaults again. The system prompt stays.",
  isDefault: "All of these are the model’s defaults already.",
  resetUndone: "The settings are as they were.",
});

export const ANSWER_SENTENCES = translated("ANSWER_SENTENCES", {
  tooManyStops: "At most 8 stop strings.",
  noSchema: 'Write a schema, for example {"type": "object"}.',
  noObject: "A schema is an object: it begins with { and ends with }.",
  noJson: "This is not JSON.",
  /** @param {string} line @param {string} column */
  noJsonAt: (line, column) => `This is not JSON. Look at line ${line}, column ${column}.`,
  mustBeNumber: "This must be a number.",
  mustBeWhole: "This must be a whole number.",
  /** @param {string} min @param {string} max */
  above: (min, max) => `This must be above ${min}, and ${max} at most.`,
  /** @param {string} min */
  orMore: (min) => `This must be ${min} or more.`,
  /** @param {string} min @param {string} max */
  between: (min, max) => `This must be from ${min} to ${max}.`,
  stillInUseDefault: "Still in use: the model’s default.",
  /** @param {string} value */
  stillInUse: (value) => `Still in use: ${value}.`,
  /** @param {string} title */
  forConversation: (title) => `For the conversation “${title}”.`,
  /** @param {string} model */
  cannotReason: (model) => `${model} does not reason.`,
  /** @param {string} name */
  optionsOfPreset: (name) => `Options for the preset ${name}`,
  /** @param {string} name */
  presetSaved: (name) => `The preset “${name}” was saved.`,
  /** @param {string} name */
  presetReplaced: (name) => `The preset “${name}” was replaced.`,
  /** @param {string} name */
  presetRemoved: (name) => `The preset “${name}” was deleted.`,
  /** @param {string} name @param {number} number */
  numbered: (name, number) => `${name} (${number})`,
});

export const {
  mustBeNumber,
  mustBeWhole,
  forConversation,
  cannotReason,
  optionsOfPreset,
  presetSaved,
  presetReplaced,
  presetRemoved,
  numbered,
} = ANSWER_SENTENCES;

/** Why a value cannot be used. */
export const VALUES = ANSWER_SENTENCES;

const ENDLESS = 1e6;

/** @param {{min: number, max: number, isAboveMin?: boolean}} field */
export function outOfRange({ min, max, isAboveMin }) {
  const [least, most] = [number(min), number(max)];
  if (isAboveMin) return ANSWER_SENTENCES.above(least, most);
  return max > ENDLESS ? ANSWER_SENTENCES.orMore(least) : ANSWER_SENTENCES.between(least, most);
}

/** @param {string} said by the browser, in English; not every browser names the place */
export function notJson(said) {
  const [, line, column] = /line (\d+) column (\d+)/.exec(said) ?? [];
  if (!line || !column) return ANSWER_SENTENCES.noJson;
  return ANSWER_SENTENCES.noJsonAt(number(Number(line)), number(Number(column)));
}

/** @param {string} value "" is the default */
export const stillInUse = (value) =>
  value ? ANSWER_SENTENCES.stillInUse(value) : ANSWER_SENTENCES.stillInUseDefault;

/** Presets that come with the app; their ids stay, whatever they are called. */
export const BUILT_IN_PRESETS = translated("BUILT_IN_PRESETS", [
  {
    id: "short",
    name: "Short answers",
    text: "Answer in one or two sentences. Leave out greetings and closing words.",
  },
  {
    id: "simple",
    name: "Simple words",
    text: "Explain things in plain words and short sentences, with an everyday example.",
  },
  {
    id: "proofreader",
    name: "Proofreader",
    text: "Correct the spelling and grammar of the text that you are given. Change nothing else, and answer with the corrected text alone.",
  },
  {
    id: "programmer",
    name: "Programmer",
    text: "You help an experienced programmer. Answer with code first and a short reason after it. Say so when you are not sure.",
  },
]);
