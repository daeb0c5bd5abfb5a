/**
 * Sentences of the worker that no code tells apart: why a model cannot run here, what an import left out,
 * which place of a schema is wrong. Those that people often meet are known by their shape; any other is shown as it came.
 */

import { translated } from "./translated.js";

/** What stands in brackets is handed to the translation. */
const SHAPES = {
  noWebGpu: /^This browser offers no WebGPU\./,
  noAdapter: /^WebGPU found no usable graphics adapter on this computer\.$/,
  needs16Bit: /^It needs a GPU with 16-bit floats \(WebGPU's shader-f16\)\.$/,
  needsBuffers: /^It needs a GPU with larger buffers: this one has at most ([\d.]+) GB in one\.$/,
  needsMemory: /^It needs ([\d.]+) GB of memory, and this computer has ([\d.]+) GB\.$/,
  needsStorage: /^It needs ([\d.]+) GB of storage, and ([\d.]+) GB are left\.$/,
  noRung: /^None of its builds runs on this computer\.$/,
  noBuildForGpu: /^(.+) has no build for transformers\.js on the GPU\.$/,
  noBuildForCpu: /^(.+) has no build for transformers\.js on the CPU\.$/,
  noBuildFor: /^(.+) has no build for (WebLLM)\.$/,
  leftOutTools: /^(\d+) messages? to or from (?:a tool|tools) (?:was|were) left out\.$/,
  leftOutInstructions: /^(\d+) instructions? of the other app (?:was|were) left out\.$/,
  leftOutThinking: /^(\d+) notes? of the model’s thinking (?:was|were) left out\.$/,
  leftOutUnreadable: /^(\d+) messages? could not be read and (?:was|were) left out\.$/,
  onlyNamed:
    /^(\d+) (?:picture, recording or file is|pictures, recordings or files are) only named/,
  schemaAt: /^The JSON schema cannot be used: “(.+)” .+$/,
  jsonCutOff: /^The answer was cut off before its JSON was complete\./,
  leftOutEmpty: /^(\d+) conversations? without a message (?:was|were) left out\.$/,
};

/** @typedef {Record<keyof typeof SHAPES, (first: string, second: string) => string>} Reasons */

/** @type {Partial<Reasons>} */
const AS_THEY_COME = {};
const REASONS = translated("REASONS", AS_THEY_COME);

/** @param {string} sentence */
export function reasonText(sentence) {
  for (const [name, shape] of Object.entries(SHAPES)) {
    const [, first = "", second = ""] = shape.exec(sentence) ?? [];
    const words = REASONS[/** @type {keyof Reasons} */ (name)];
    if (words && shape.test(sentence)) return words(first, second);
  }
  return sentence;
}
