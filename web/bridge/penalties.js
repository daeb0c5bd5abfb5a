/**
 * Presence and frequency penalties as WebLLM applies them: over the tokens of this answer alone, before
 * the temperature. transformers.js 4.3.1 has neither.
 */

/**
 * @typedef {import("./sampler.js").Logits} Logits
 */

/**
 * @param {{presence_penalty: number, frequency_penalty: number}} options
 * @param {number} promptTokens
 * @returns {(ids: bigint[][], logits: Logits) => Logits}
 */
export function penalties({ presence_penalty, frequency_penalty }, promptTokens) {
  return ([ids = []], logits) => {
    for (const [id, count] of counts(ids.slice(promptTokens)))
      logits.data[id] = (logits.data[id] ?? 0) - presence_penalty - count * frequency_penalty;
    return logits;
  };
}

/**
 * @param {bigint[]} ids
 * @returns {Map<number, number>} token id -> how often it occurs
 */
function counts(ids) {
  const found = new Map();
  for (const id of ids) found.set(Number(id), (found.get(Number(id)) ?? 0) + 1);
  return found;
}
