/**
 * Sampling with temperature, top_k, top_p and a seed.
 *
 * transformers.js 4.3.1 has no top_p, takes its random numbers from one global source, and runs an ONNX
 * session per token to sort. So the choice is made here, as a logits processor that leaves one
 * token possible; its greedy search then takes that one.
 */

/**
 * @typedef {{data: Float32Array}} Logits
 * @typedef {{random: () => number}} Random a source of numbers in [0, 1)
 */

/**
 * @param {{temperature: number, top_p: number, top_k: number | null}} options temperature above 0
 * @param {Random} source
 * @returns {(ids: bigint[][], logits: Logits) => Logits}
 */
export function sampling({ temperature, top_p, top_k }, source) {
  return (_ids, logits) => {
    const all = probabilities(logits.data, temperature);
    const chosen = draw(top_k === null ? all : theFirst(all, top_k), top_p, source.random());
    logits.data.fill(Number.NEGATIVE_INFINITY);
    logits.data[chosen] = 0;
    return logits;
  };
}

/**
 * @param {Float32Array} logits
 * @param {number} temperature
 * @returns {Float64Array}
 */
function probabilities(logits, temperature) {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = Float64Array.from(logits, (value) => Math.exp((value - highest) / temperature));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * The distribution over the `count` likeliest tokens alone.
 *
 * @param {Float64Array} probs
 * @param {number} count
 * @returns {Float64Array}
 */
export function theFirst(probs, count) {
  const least = probs.slice().sort()[probs.length - count] ?? 0;
  const kept = probs.map((prob) => (prob < least ? 0 : prob));
  const sum = kept.reduce((a, b) => a + b, 0);
  return kept.map((prob) => prob / sum);
}

/**
 * The inverse of the cumulative distribution over the likeliest tokens that together reach `top_p`.
 *
 * @param {Float64Array} probs
 * @param {number} top_p
 * @param {number} uniform in [0, 1)
 * @returns {number} a token id
 */
export function draw(probs, top_p, uniform) {
  const nucleus = likeliest(probs, top_p);
  const mass = nucleus.reduce((sum, id) => sum + (probs[id] ?? 0), 0);
  let left = uniform * mass;
  for (const id of nucleus) {
    left -= probs[id] ?? 0;
    if (left < 0) return id;
  }
  return nucleus[nucleus.length - 1] ?? 0; // rounding took the last crumb
}

/**
 * @param {Float64Array} probs
 * @param {number} top_p
 * @returns {number[]} token ids, likeliest first
 */
function likeliest(probs, top_p) {
  // What is rarer than this cannot be part of the nucleus, so a large vocabulary need not be sorted.
  const cutoff = top_p < 1 ? (1 - top_p) / probs.length : 0;
  const ids = [];
  for (let id = 0; id < probs.length; id++) {
    const prob = probs[id] ?? 0;
    if (prob > 0 && prob >= cutoff) ids.push(id);
  }
  if (top_p >= 1) return ids;
  ids.sort((a, b) => (probs[b] ?? 0) - (probs[a] ?? 0));
  let mass = 0;
  const end = ids.findIndex((id) => {
    mass += probs[id] ?? 0;
    return mass >= top_p;
  });
  return end < 0 ? ids : ids.slice(0, end + 1);
}
