/**
 * One streamed answer of WebLLM, pumped to its end.
 *
 * WebLLM's generator holds the engine's lock until it ends, so it is never left early: it is told to
 * stop, and drained.
 */

import { namedError } from "./errors.js";

/**
 * @typedef {import("@mlc-ai/web-llm").MLCEngine} MLCEngine
 * @typedef {{role: "system" | "user" | "assistant", content: string}} Message
 * @typedef {{
 *   messages: Message[],
 *   temperature: number,
 *   top_p: number,
 *   max_tokens: number,
 *   seed: number | null,
 * }} Request
 * @typedef {{
 *   filledKVCacheLength: number,
 *   tokenizer: {encode: (text: string) => Int32Array},
 *   conversation: {config: {role_templates?: object}},
 * }} Pipeline
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
  const stream = await engine.chat.completions.create({
    ...request,
    messages: escapeDollars(request.messages, pipeline),
    stream: true,
    stream_options: { include_usage: true },
    ignore_eos: false,
  });
  let sent = "";
  let finishReason = "stop";
  let completionTokens = 0;
  for await (const { choices, usage } of stream) {
    // A signal raised before the first chunk was cleared by the generator's start: raise it again.
    if (signal.aborted) engine.interruptGenerate();
    const text = choices[0]?.delta.content ?? "";
    if (text && !signal.aborted) {
      emit(text);
      sent += text;
    }
    finishReason = choices[0]?.finish_reason ?? finishReason;
    completionTokens = usage?.completion_tokens ?? completionTokens;
  }
  if (finishReason !== "abort") await emitRest(engine, sent, emit);
  return ended(finishReason, promptTokens(pipeline, completionTokens), completionTokens);
}

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
 * WebLLM fills its templates with String.replace, where `$$` and `$&` have a meaning. The system
 * template is always used; the others only where the model has them.
 *
 * @param {Message[]} messages
 * @param {Pipeline} pipeline
 */
function escapeDollars(messages, pipeline) {
  const templates = pipeline.conversation.config.role_templates ?? {};
  return messages.map((message) =>
    message.role === "system" || message.role in templates
      ? { ...message, content: message.content.replaceAll("$", "$$$$") }
      : message,
  );
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
