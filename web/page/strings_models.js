/** Every word a person reads of models: the dialog, the welcome line, storage. */

import { allOf, number, plural } from "./format.js";
import { EMBEDDED } from "./model_choice.js";
import { memorySize, parameterCount, size, sizeOf } from "./sizes.js";
import { deviceName, engineName } from "./strings.js";
import { translated } from "./translated.js";

/**
 * @typedef {import("../protocol").ModelInfo} ModelInfo
 * @typedef {import("../protocol").BuildInfo} BuildInfo
 * @typedef {import("../protocol").FoundBuild} FoundBuild
 */

export const MODELS = translated("MODELS", {
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
});

export const MODEL_SENTENCES = translated("MODEL_SENTENCES", {
  /** @param {string} model */
  downloadingModel: (model) => `Downloading ${model}`,
  /** @param {string} model */
  verifyingModel: (model) => `Verifying ${model}`,
  /** @param {string} model */
  modelIsHere: (model) => `${model} is on this computer now.`,
  /** @param {string} model */
  modelAnswers: (model) => `${model} answers from now on.`,
  /** @param {string} model @param {string} instead */
  modelIsGone: (model, instead) =>
    `${model} is not known here any more. ${instead} answers instead.`,
  /** @param {string} model */
  removed: (model) => `Removed ${model}.`,
  /** @param {string} model @param {string} instead */
  removedForAnother: (model, instead) => `Removed ${model}. ${instead} answers now.`,
  /** @param {string} bytes */
  freed: (bytes) => `${bytes} are free again.`,

  /** @param {string} model @param {string} bytes */
  nameAndSize: (model, bytes) => `${model}, ${bytes}`,
  /** @param {string} count such as "1.7B" */
  parameters: (count) => `${count} parameters`,
  /** @param {string} tokens */
  reads: (tokens) => `reads ${tokens} tokens`,
  /** @param {string} bytes */
  memory: (bytes) => `about ${bytes} of memory`,
  /** @param {string} bytes */
  inAll: (bytes) => `${bytes} in all`,
  loaded: "loaded now",
  withApp: "comes with the app",
  /** @param {string} bytes */
  onDisk: (bytes) => `${bytes} on disk`,
  /** @param {string} bytes such as "312 of 640 MB" */
  areHere: (bytes) => `${bytes} are here`,
  /** @param {string} bytes */
  toDownload: (bytes) => `${bytes} to download`,
  sizeNotKnown: "size not known yet",
  /** @param {string} bytes */
  about: (bytes) => `about ${bytes}`,

  /** @param {string} repository @param {number} count */
  foundBuilds: (repository, count) =>
    plural(count, {
      one: `${repository}: # build found.`,
      other: `${repository}: # builds found.`,
    }),
  /** @param {number} files */
  whole: (files) =>
    plural(files, { one: "Its one file is whole.", other: "All # files are whole." }),
  /** @param {number} files @param {string} names */
  repaired: (files, names) =>
    plural(files, {
      one: `# file was damaged and fetched again: ${names}.`,
      other: `# files were damaged and fetched again: ${names}.`,
    }),
  /** @param {string} models in bytes */
  modelsTake: (models) => `Models take ${models}.`,
  /** @param {string} used in bytes @param {string} quota in bytes */
  siteUses: (used, quota) => `This site uses ${used} of the ${quota} that the browser allows.`,
});

export const { downloadingModel, verifyingModel, modelIsHere, modelAnswers, foundBuilds } =
  MODEL_SENTENCES;

/** @param {string} model */
export const modelIsGone = (model) => MODEL_SENTENCES.modelIsGone(model, EMBEDDED.name);

/**
 * @param {string} model
 * @param {string} instead who answers now; "" when that has not changed
 */
export const removedModel = (model, instead) =>
  instead ? MODEL_SENTENCES.removedForAnother(model, instead) : MODEL_SENTENCES.removed(model);

/** @param {number} bytes */
export const freed = (bytes) => MODEL_SENTENCES.freed(size(bytes));

/** @param {ModelInfo} model */
export const nameAndSize = (model) => MODEL_SENTENCES.nameAndSize(model.name, downloadSize(model));

/** @param {ModelInfo} model */
export function facts(model) {
  const { parameters, license, context_window: window } = model;
  return [
    parameters > 0 ? MODEL_SENTENCES.parameters(parameterCount(parameters)) : "",
    window > 0 ? MODEL_SENTENCES.reads(number(window)) : "",
    license,
  ].filter(Boolean);
}

/**
 * @param {ModelInfo} model
 * @param {boolean} isBusy when what is here changes every moment, and the bar tells how much
 */
export function needs(model, isBusy) {
  const isComing = isBusy && !model.embedded && model.state !== "stored";
  return [
    isComing ? MODEL_SENTENCES.inAll(downloadSize(model)) : onDisk(model),
    model.memory_mb > 0 ? MODEL_SENTENCES.memory(memorySize(model.memory_mb)) : "",
    model.loaded ? MODEL_SENTENCES.loaded : "",
  ].filter(Boolean);
}

/** @param {ModelInfo} model */
function onDisk(model) {
  if (model.embedded) return MODEL_SENTENCES.withApp;
  if (model.state === "stored") return MODEL_SENTENCES.onDisk(size(model.stored_bytes));
  if (model.state === "partial")
    return MODEL_SENTENCES.areHere(about(model, sizeOf(model.stored_bytes, model.download_bytes)));
  return model.download_bytes > 0
    ? MODEL_SENTENCES.toDownload(downloadSize(model))
    : MODEL_SENTENCES.sizeNotKnown;
}

/**
 * @param {ModelInfo} model
 * @param {string} bytes
 */
const about = (model, bytes) =>
  model.download_is_estimated ? MODEL_SENTENCES.about(bytes) : bytes;

/** @param {ModelInfo} model */
const downloadSize = (model) => about(model, size(model.download_bytes));

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
      const names = allOf(its.map(({ device }) => deviceName(device)));
      return dtype ? `${names} (${dtype})` : names;
    })
    .join(", ");
}

/** @param {FoundBuild} build */
export const foundBuildName = ({ engine, dtype }) => `${engineName(engine)} · ${dtype}`;

/**
 * @param {number} files
 * @param {readonly string[]} repaired
 */
export const verified = (files, repaired) =>
  repaired.length === 0
    ? MODEL_SENTENCES.whole(files)
    : MODEL_SENTENCES.repaired(repaired.length, repaired.join(", "));

/**
 * @param {number} models in bytes
 * @param {number} used in bytes
 * @param {number} quota in bytes
 */
export function storageUse(models, used, quota) {
  const parts = [MODEL_SENTENCES.modelsTake(size(models))];
  if (quota > 0) parts.push(MODEL_SENTENCES.siteUses(size(used), size(quota)));
  return parts.join(" ");
}
