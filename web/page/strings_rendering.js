/** The words around what an answer holds: code, formulas, thoughts, images. */

import { number } from "./format.js";
import { translated } from "./translated.js";

export const RENDERING = translated("RENDERING", {
  code: "Code",
  plainText: "Text",
  table: "Table",
  formula: "Formula",
  wrap: "Wrap",
  wrapLines: "Wrap long lines",
  download: "Download",
  downloadCode: "Download code",
  thinking: "Thinking…",
  thought: "Thoughts",
  loadImage: "Load image",
  loadingImage: "Loading…",
  image: "Image",
  imageFailed:
    "Its host does not hand it to other pages, or did not answer. The address above opens it in a tab of its own.",
  noAddress: "no address",
  thoughtShortly: "Thought for a moment",
});

export const RENDERING_SENTENCES = translated("RENDERING_SENTENCES", {
  /** @param {string} seconds */
  thoughtSeconds: (seconds) => `Thought for ${seconds} s`,
  /** @param {string} minutes @param {string} seconds */
  thoughtMinutes: (minutes, seconds) => `Thought for ${minutes} min ${seconds} s`,
});

/** @param {number} seconds */
export function thoughtFor(seconds) {
  if (seconds < 1) return RENDERING.thoughtShortly;
  const whole = Math.round(seconds);
  if (whole < 60) return RENDERING_SENTENCES.thoughtSeconds(number(whole));
  return RENDERING_SENTENCES.thoughtMinutes(number(Math.floor(whole / 60)), number(whole % 60));
}
