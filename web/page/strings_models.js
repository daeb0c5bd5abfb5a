/** Every word a person reads of models: the dialog, the welcome line, storage. */

import { EMBEDDED } from "./model_choice.js";
import { memorySize, parameterCount, size, sizeOf } from "./sizes.js";
import { deviceName, engineName } from "./strings.js";

/**
 * @typedef {import("../protocol").ModelInfo} ModelInfo
 * @typedef {import("../protocol").BuildInfo} BuildInfo
 * @typedef {import("../protocol").FoundBuild} FoundBuild
 */

export const MODELS = {
  title: "Models",
  bigger: "Bigger models answer better:",
  here: "On this computer",
  recommended: "Recommended for this computer",
  catalogue: "More models",
  added: "Added by you",
  asking: "Asking which models there are…",
  startingPython: "Starting Python, this waits in line",
  beginning: "Beginning",
  stopping: "Stopping",

  inUse: "In use",
  use: "Use",
  download: "Download",
  resume: "Resume",
  verify: "Verify",
  remove: "Remove",
  page: "Model page",
  whyNot: "why only this?",

  another: "Another model",
  modelId: "Model id",
  get: "Get",
  idHint: "An id on the hub such as onnx-community/Qwen3-0.6B-ONNX, or the address of its page.",
  looking: "Looking at what the hub has",
  isHere: "here already",

  folder: "Choose folder",
  folderHint: "An ONNX model’s folder from this computer. It is copied into the browser’s storage.",
  importing: "Copying into the browser’s storage",
  emptyFolder: "There is no file in this folder. Choose the one that holds config.json.",

  storage: "Storage",
  notKept:
    "This browser keeps nothing for this page, as private windows do: models stay only until the page closes.",
  keep: "Keep the data",
  kept: "The browser keeps this data until you remove it.",
  agreed: "The browser agreed: it keeps this data until you remove it.",
  declined:
    "The browser declined for now: it may remove models when the disk runs full. It tends to agree once a site is installed or used often.",
};

/** @param {string} model */
export const downloadingModel = (model) => `Downloading ${model}`;

/** @param {string} model */
export const verifyingModel = (model) => `Verifying ${model}`;

/** @param {string} model */
export const modelIsHere = (model) => `${model} is on this computer now.`;

/** @param {string} model */
export const modelAnswers = (model) => `${model} answers from now on.`;

/** @param {string} model */
export const modelIsGone = (model) =>
  `${model} is not known here any more. ${EMBEDDED.name} answers instead.`;

/**
 * @param {string} model
 * @param {string} instead who answers now; "" when that has not changed
 */
export const removedModel = (model, instead) =>
  instead ? `Removed ${model}. ${instead} answers now.` : `Removed ${model}.`;

/** @param {number} bytes */
export const freed = (bytes) => `${size(bytes)} are free again.`;

/** @param {ModelInfo} model */
export const nameAndSize = (model) => `${model.name}, ${downloadSize(model)}`;

/** @param {ModelInfo} model */
export function facts(model) {
  const { parameters, license, context_window: window } = model;
  return [
    parameters > 0 ? `${parameterCount(parameters)} parameters` : "",
    window > 0 ? `reads ${window.toLocaleString("en")} tokens` : "",
    license,
  ].filter(Boolean);
}

/**
 * @param {ModelInfo} model
 * @param {boolean} isBusy when what is here changes every moment, and the bar tells how much
 */
export function needs(model, isBusy) {
  const memory = model.memory_mb > 0 ? `about ${memorySize(model.memory_mb)} of memory` : "";
  const isComing = isBusy && !model.embedded && model.state !== "stored";
  return [
    isComing ? `${downloadSize(model)} in all` : onDisk(model),
    memory,
    model.loaded ? "loaded now" : "",
  ].filter(Boolean);
}

/** @param {ModelInfo} model */
function onDisk(model) {
  if (model.embedded) return "comes with the app";
  if (model.state === "stored") return `${size(model.stored_bytes)} on disk`;
  if (model.state === "partial")
    return `${about(model)}${sizeOf(model.stored_bytes, model.download_bytes)} are here`;
  return model.download_bytes > 0 ? `${downloadSize(model)} to download` : "size not known yet";
}

/** @param {ModelInfo} model */
const about = (model) => (model.download_is_estimated ? "about " : "");

/** @param {ModelInfo} model */
const downloadSize = (model) => about(model) + size(model.download_bytes);

/**
 * "WebLLM · GPU (q4f16_1)", "transformers.js · GPU and CPU (q4)".
 *
 * @param {readonly BuildInfo[]} builds
 */
export function buildsText(builds) {
  const engines = Map.groupBy(builds, ({ engine }) => engine);
  return [...engines].map(([engine, its]) => `${engineName(engine)} · ${devices(its)}`).join(", ");
}

/** @param {readonly BuildInfo[]} builds of one engine */
function devices(builds) {
  const types = Map.groupBy(builds, ({ dtype }) => dtype);
  return [...types]
    .map(([dtype, its]) => {
      const names = its.map(({ device }) => deviceName(device)).join(" and ");
      return dtype ? `${names} (${dtype})` : names;
    })
    .join(", ");
}

/** @param {FoundBuild} build */
export const foundBuildName = ({ engine, dtype }) => `${engineName(engine)} · ${dtype}`;

/**
 * @param {string} repository
 * @param {number} count
 */
export const foundBuilds = (repository, count) =>
  `${repository}: ${count === 1 ? "1 build" : `${count} builds`} found.`;

/**
 * @param {number} files
 * @param {readonly string[]} repaired
 */
export function verified(files, repaired) {
  if (repaired.length === 0)
    return files === 1 ? "Its one file is whole." : `All ${files} files are whole.`;
  const were = repaired.length === 1 ? "1 file was" : `${repaired.length} files were`;
  return `${were} damaged and fetched again: ${repaired.join(", ")}.`;
}

/**
 * @param {number} models in bytes
 * @param {number} used in bytes
 * @param {number} quota in bytes
 */
export function storageUse(models, used, quota) {
  const parts = [`Models take ${size(models)}.`];
  if (quota > 0)
    parts.push(`This site uses ${size(used)} of the ${size(quota)} that the browser allows.`);
  return parts.join(" ");
}
