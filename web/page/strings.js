/** Every word a person reads of the conversation; strings_models.js and -settings.js have the rest. */

import { number, plural } from "./format.js";
import { size } from "./sizes.js";
import { reasonText } from "./strings_reasons.js";
import { translated } from "./translated.js";

/** The embedded model reads English alone, so these are never translated. */
export const STARTERS = [
  "What is localm?",
  "Does anything I type leave this computer?",
  "Write a haiku about the sea",
  "Show me a Python function that adds two numbers",
];

export const TEXT = translated("TEXT", {
  you: "You",

  starting: "starting",
  ready: "ready",
  notRunning: "not running",
  waitingForPython: "starting Python",
  loading: "loading",
  answering: "answering",
  stopping: "stopping",

  waitsInLine: "Starting Python, your message waits in line",
  reading: "Reading your message…",
  stopped: "You stopped this answer.",
  stoppedBeforeText: "Stopped before the answer began.",
  cutOff: "The answer reached its length limit.",
  noText: "The model answered with no text.",

  send: "Send",
  stop: "Stop",
  cancel: "Cancel",
  retry: "Retry",
  askForAccess: "Ask for access",
  askAgain: "Ask again",
  reload: "Reload",
  undo: "Undo",
  dismiss: "Dismiss",
  details: "Details",
  why: "why?",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Not copied",
  copyAnswer: "Copy answer",
  copyCode: "Copy code",
  copyDetails: "Copy details",

  close: "Close",
  newVersion: "A new version of localm is ready.",
});

const ENGINES = new Map([
  ["webllm", "WebLLM"],
  ["transformers.js", "transformers.js"],
]);

/** @param {string} id */
export const engineName = (id) => ENGINES.get(id) ?? id;

/** @param {import("../protocol").Device} device */
export const deviceName = (device) => (device === "webgpu" ? "GPU" : "CPU");

export const CHAT_SENTENCES = translated("CHAT_SENTENCES", {
  /** @param {string} model */
  loadingModel: (model) => `Loading ${model}`,
  /** @param {string} model */
  useModel: (model) => `Use ${model}`,
  /** @param {number} count */
  droppedMessages: (count) =>
    plural(count, {
      one: "The oldest message no longer fits the model’s window and was left out.",
      other: "The oldest # messages no longer fit the model’s window and were left out.",
    }),

  noWebGpu: "WebGPU was not available, answering on the CPU",
  /** @param {string} engine */
  startsAgain: (engine) => `${engine} stopped, the answer starts again`,
  /** @param {string} engine */
  anotherTakesOver: (engine) => `${engine} could not run the model, another engine takes over`,
  /** @param {string} line @param {string} bytes */
  toDownloadFirst: (line, bytes) => `${line} (${bytes} to download first)`,
  /** @param {string} failed @param {string} next @param {string} device */
  stoppedAndAnswered: (failed, next, device) =>
    `${failed} stopped, ${next} answered on the ${device}`,
  /** @param {string} failed @param {string} next @param {string} device */
  couldNotAndAnswered: (failed, next, device) =>
    `${failed} could not run the model, ${next} answered on the ${device}`,

  pageFailed: "The page could not show this answer. Try again; if it stays, reload the page.",

  /** @param {number} count */
  tokens: (count) => plural(count, { one: "# token", other: "# tokens" }),
  /** @param {string} count */
  tokensPerSecond: (count) => `${count} tokens/s`,
  /** @param {string} seconds */
  firstText: (seconds) => `first text after ${seconds} s`,
});

export const YOU = TEXT.you;
export const { loadingModel, useModel, droppedMessages } = CHAT_SENTENCES;

/**
 * @param {import("../protocol").Fallback} fallback
 * @param {boolean} inTheMiddle whether the answer had begun
 */
export function fellBack({ engine, code, download_bytes }, inTheMiddle) {
  const line = passedOver(engineName(engine), code, inTheMiddle);
  return download_bytes > 0 ? CHAT_SENTENCES.toDownloadFirst(line, size(download_bytes)) : line;
}

/**
 * @param {string} engine
 * @param {string} code
 * @param {boolean} inTheMiddle
 */
function passedOver(engine, code, inTheMiddle) {
  if (code === "webgpu-unavailable") return CHAT_SENTENCES.noWebGpu;
  return inTheMiddle ? CHAT_SENTENCES.startsAgain(engine) : CHAT_SENTENCES.anotherTakesOver(engine);
}

/**
 * The same line once it is known who answered.
 *
 * @param {import("../protocol").Fallback} fallback
 * @param {boolean} inTheMiddle
 * @param {string} engine
 * @param {import("../protocol").Device} device
 */
export function fellBackTo(fallback, inTheMiddle, engine, device) {
  if (fallback.code === "webgpu-unavailable" && device === "wasm") return CHAT_SENTENCES.noWebGpu;
  const sentence = inTheMiddle
    ? CHAT_SENTENCES.stoppedAndAnswered
    : CHAT_SENTENCES.couldNotAndAnswered;
  return sentence(engineName(fallback.engine), engineName(engine), deviceName(device));
}

/**
 * @param {{engine: string, device: import("../protocol").Device, reason: string}[]} alike engines
 *   with one reason in common
 */
export function whoAndWhy(alike) {
  const who = alike.map(({ engine, device }) => `${engineName(engine)} (${deviceName(device)})`);
  return `${who.join(", ")}: ${reasonText(alike[0]?.reason ?? "")}`;
}

/**
 * A defect of the page itself, as an error of a request.
 *
 * @param {unknown} error
 * @returns {import("../protocol").Error}
 */
export const pageFailure = (error) => ({
  type: "error",
  id: "",
  code: "page-failed",
  message: CHAT_SENTENCES.pageFailed,
  detail: error instanceof Error ? `${error.stack ?? error}` : String(error),
  offer: "",
});

/** @param {import("../protocol").ChatResult} result */
export function figures({ usage, timings, engine, device }) {
  const { tokens, tokensPerSecond, firstText } = CHAT_SENTENCES;
  const parts = [tokens(usage.completion_tokens)];
  if (timings.decode_tokens_per_s > 0)
    parts.push(tokensPerSecond(oneDigit(timings.decode_tokens_per_s)));
  if (timings.ttft_s > 0) parts.push(firstText(number(timings.ttft_s, 2)));
  if (device) parts.push(`${engineName(engine)}, ${deviceName(device)}`);
  return parts.join(" · ");
}

/** @param {number} value */
export const oneDigit = (value) => number(value, value < 100 ? 1 : 0);
