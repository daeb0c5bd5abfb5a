/** Every word a person reads of the conversation; strings_models.js and -settings.js have the rest. */

import { size } from "./sizes.js";

export const YOU = "You";

export const STARTERS = [
  "What is localm?",
  "Does anything I type leave this computer?",
  "Write a haiku about the sea",
  "Show me a Python function that adds two numbers",
];

export const TEXT = {
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
};

const ENGINES = new Map([
  ["webllm", "WebLLM"],
  ["transformers.js", "transformers.js"],
]);

/** @param {string} id */
export const engineName = (id) => ENGINES.get(id) ?? id;

/** @param {import("../protocol").Device} device */
export const deviceName = (device) => (device === "webgpu" ? "GPU" : "CPU");

/** @param {string} model */
export const loadingModel = (model) => `Loading ${model}`;

/** @param {string} model */
export const useModel = (model) => `Use ${model}`;

/** @param {number} count */
export function droppedMessages(count) {
  const [what, were] =
    count === 1 ? ["oldest message", "was"] : [`oldest ${count} messages`, "were"];
  const fit = count === 1 ? "fits" : "fit";
  return `The ${what} no longer ${fit} the model’s window and ${were} left out.`;
}

/**
 * @param {import("../protocol").Fallback} fallback
 * @param {boolean} inTheMiddle whether the answer had begun
 */
export function fellBack({ engine, code, download_bytes }, inTheMiddle) {
  const more = download_bytes > 0 ? ` (${size(download_bytes)} to download first)` : "";
  if (code === "webgpu-unavailable") return `WebGPU was not available, answering on the CPU${more}`;
  return inTheMiddle
    ? `${engineName(engine)} stopped, the answer starts again${more}`
    : `${engineName(engine)} could not run the model, another engine takes over${more}`;
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
  if (fallback.code === "webgpu-unavailable" && device === "wasm")
    return fellBack({ ...fallback, download_bytes: 0 }, inTheMiddle);
  const [failed, next] = [engineName(fallback.engine), engineName(engine)];
  const how = inTheMiddle ? "stopped" : "could not run the model";
  return `${failed} ${how}, ${next} answered on the ${deviceName(device)}`;
}

/**
 * @param {{engine: string, device: import("../protocol").Device, reason: string}[]} alike engines
 *   with one reason in common
 */
export function whoAndWhy(alike) {
  const who = alike.map(({ engine, device }) => `${engineName(engine)} (${deviceName(device)})`);
  return `${who.join(", ")}: ${alike[0]?.reason}`;
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
  message: "The page could not show this answer. Try again; if it stays, reload the page.",
  detail: error instanceof Error ? `${error.stack ?? error}` : String(error),
  offer: "",
});

/** @param {import("../protocol").ChatResult} result */
export function figures({ usage, timings, engine, device }) {
  const tokens = usage.completion_tokens;
  const parts = [`${tokens} ${tokens === 1 ? "token" : "tokens"}`];
  if (timings.decode_tokens_per_s > 0)
    parts.push(`${oneDigit(timings.decode_tokens_per_s)} tokens/s`);
  if (timings.ttft_s > 0) parts.push(`first text after ${timings.ttft_s.toFixed(2)} s`);
  if (device) parts.push(`${engineName(engine)}, ${deviceName(device)}`);
  return parts.join(" · ");
}

/** @param {number} value */
export const oneDigit = (value) => value.toFixed(value < 100 ? 1 : 0);
