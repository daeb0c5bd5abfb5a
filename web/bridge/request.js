/**
 * What Python asks of either engine: `localm.engines.contract.CompletionRequest`, as JSON.
 */

/**
 * @typedef {{role: "system" | "user" | "assistant", content: string}} Message
 * @typedef {{messages: Message[], reasoning: boolean | null}} Prompt
 *   `reasoning` is null for a model that cannot be told, and for one that may do as it likes
 * @typedef {Prompt & {
 *   temperature: number,
 *   top_p: number,
 *   top_k: number | null,
 *   max_tokens: number,
 *   seed: number | null,
 *   presence_penalty: number,
 *   frequency_penalty: number,
 *   grammar: string | null,
 * }} Request `grammar` is a JSON schema, for an engine that can hold the answer to it
 */

/**
 * One greedy token, to see that an engine works.
 *
 * @type {Request}
 */
export const TRY_OUT = {
  messages: [{ role: "user", content: "Hello" }],
  reasoning: null,
  temperature: 0,
  top_p: 1,
  top_k: null,
  max_tokens: 1,
  seed: null,
  presence_penalty: 0,
  frequency_penalty: 0,
  grammar: null,
};
