/** The words around what an answer holds: code, formulas, thoughts, images. */

export const RENDERING = {
  code: "Code",
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
};

/** @param {number} seconds */
export function thoughtFor(seconds) {
  if (seconds < 1) return "Thought for a moment";
  const whole = Math.round(seconds);
  if (whole < 60) return `Thought for ${whole} s`;
  return `Thought for ${Math.floor(whole / 60)} min ${whole % 60} s`;
}
