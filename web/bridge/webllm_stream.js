/**
 * One streamed answer of WebLLM, pumped to its end.
 *
 * WebLLM's generator holds the engine's lock until it ends, so it is never left early: it is told to
 * stop, and drained.
 */

import { namedError } from "./errors.js";
import { EMPTY_THOUGHT, escapeDollars } from "./webllm_prompt.js";

/**
 * @typedef {import("@mlc-ai/web-llm").MLCEngine} MLCEngine
 * @typedef {import("./request.js").Request} Request
 * @typedef {import("./webllm_prompt.js").Pipeline} Pipeline
 */

/**
 * @param {MLCEngine} engine
 * @param {Pipeline} pipeline
 * @param {Request} request
 * @param {(text: string) => void} emit
 * @param {AbortSignal} signal
 * @returns {Promise<string>} JSON: {finish_reason, prompt_tokens, completion_tokens}
 */
export async function pump(engine, pipeline, request, emit, signal) {
  const interrupt = () => engine.interruptGenerate();
  signal.addEventListener("abort", interrupt);
  try {
    if (signal.aborted) return JSON.stringify(ended("abort", 0, 0));
    return JSON.stringify(await drain(engine, pipeline, request, emit, signal));
  } catch (thrown) {
    // WebGPU's reads fail with this name when the device goes. Nothing else here can raise it.
    const { name, message } = /** @type {Error} */ (thrown ?? {});
    if (name === "AbortError") throw namedError("DeviceLostError", message);
    throw thrown;
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/**
 * @param {MLCEngine} engine
 * @param {Pipeline} pipeline
 * @param {Request} request
 * @param {(text: string) => void} emit
 * @param {AbortSignal} signal
 */
async function drain(engine, pipeline, request, emit, signal) {
  const stream = await engine.chat.completions.create(asked(request, pipeline));
  // WebLLM counts the empty thought that it is given as part of the answer.
  const given = request.reasoning === false ? EMPTY_THOUGHT : "";
  let sent = "";
  const send = (/** @type {string} */ text) => {
    emit(sent ? text : withoutStart(text, given));
    sent += text;
  };
  let finishReason = "stop";
  let completionTokens = 0;
  for await (const { choices, usage } of stream) {
    // A signal raised before the first chunk was cleared by the generator's start: raise it again.
    if (signal.aborted) engine.interruptGenerate();
    const text = choices[0]?.delta.content ?? "";
    if (text && !signal.aborted) send(text);
    finishReason = choices[0]?.finish_reason ?? finishReason;
    completionTokens = usage?.completion_tokens ?? completionTokens;
  }
  if (finishReason !== "abort") await emitRest(engine, sent, send);
  return ended(finishReason, promptTokens(pipeline, completionTokens), completionTokens);
}

/**
 * The request in WebLLM's words. It has no top_k; its own stop texts stay unused (stop_text.py).
 *
 * @param {Request} request
 * @param {Pipeline} pipeline
 */
function asked(request, pipeline) {
  const { reasoning, grammar, max_tokens } = request;
  const given = reasoning === false ? pipeline.tokenizer.encode(EMPTY_THOUGHT).length : 0;
  /** @type {import("@mlc-ai/web-llm").ChatCompletionRequestStreaming} */
  const words = {
    messages: escapeDollars(request.messages, pipeline),
    temperature: request.temperature,
    top_p: request.top_p,
    max_tokens: max_tokens + given,
    seed: request.seed,
    presence_penalty: request.presence_penalty,
    frequency_penalty: request.frequency_penalty,
    stream: true,
    stream_options: { include_usage: true },
    ignore_eos: false,
  };
  if (reasoning !== null) words.extra_body = { enable_thinking: reasoning };
  if (grammar !== null) words.response_format = { type: "json_object", schema: grammar };
  return words;
}

/** @param {string} text @param {string} start */
const withoutStart = (text, start) => (text.startsWith(start) ? text.slice(start.length) : text);

/**
 * WebLLM holds back a character whose bytes are incomplete, and never sends it when the answer ends
 * there; yet its own history has it, and KV reuse wants our history to equal that.
 *
 * @param {MLCEngine} engine
 * @param {string} sent
 * @param {(text: string) => void} emit
 */
async function emitRest(engine, sent, emit) {
  const whole = await engine.getMessage();
  if (whole.length > sent.length && whole.startsWith(sent)) emit(whole.slice(sent.length));
}

/**
 * All tokens of the prompt. WebLLM's usage has only those that were not in the KV cache yet; the
 * last token of an answer never enters it.
 *
 * @param {Pipeline} pipeline
 * @param {number} completionTokens
 */
function promptTokens(pipeline, completionTokens) {
  return pipeline.filledKVCacheLength - Math.max(completionTokens - 1, 0);
}

/**
 * The fields of `localm.engines.contract.Completion`.
 *
 * @param {string} finish_reason
 * @param {number} prompt_tokens
 * @param {number} completion_tokens
 */
function ended(finish_reason, prompt_tokens, completion_tokens) {
  return { finish_reason, prompt_tokens, completion_tokens };
}
