/**
 * One streamed answer of transformers.js.
 */

import { namedError } from "./errors.js";
import { macrotask } from "./macrotask.js";
import { penalties } from "./penalties.js";
import { sampling } from "./sampler.js";
import { IncrementalStreamer } from "./text_streamer.js";

/**
 * @typedef {import("./transformers_instance.js").Instance} Instance
 * @typedef {import("./transformers_instance.js").Loaded} Loaded
 * @typedef {import("./request.js").Prompt} Prompt
 * @typedef {import("./request.js").Request} Request
 * @typedef {{finish_reason: string, prompt_tokens: number, completion_tokens: number}} Ended
 */

const STOPPED_BEFORE_THE_FIRST_STEP = "StoppedBeforeTheFirstStep";

/**
 * @param {Instance} instance
 * @param {Loaded} loaded
 * @param {number} contextWindow
 * @param {Request} request
 * @param {(text: string) => void} emit
 * @param {AbortSignal} signal
 * @returns {Promise<Ended>}
 */
export async function stream(instance, loaded, contextWindow, request, emit, signal) {
  const { tokenizer, model } = loaded;
  const inputs = templated(tokenizer, request);
  const promptTokens = inputs.input_ids.dims[1];
  checkFits(promptTokens, contextWindow);
  const streamer = new IncrementalStreamer(tokenizer, (text) => {
    if (!signal.aborted) emit(text);
  });
  const stopping = new instance.library.InterruptableStoppingCriteria();
  const interrupt = () => stopping.interrupt();
  signal.addEventListener("abort", interrupt);
  const forward = model.forward;
  model.forward = stoppable(instance, forward.bind(model), streamer, signal);
  try {
    const room = contextWindow - promptTokens;
    await model.generate(
      /** @type {any} */ ({
        ...inputs,
        do_sample: false, // a logits processor chooses
        logits_processor: processors(request, promptTokens, instance),
        max_new_tokens: Math.min(request.max_tokens, room),
        streamer,
        stopping_criteria: stopping,
      }),
    );
  } catch (thrown) {
    if (/** @type {Error} */ (thrown)?.name !== STOPPED_BEFORE_THE_FIRST_STEP) throw thrown;
  } finally {
    model.forward = forward;
    signal.removeEventListener("abort", interrupt);
  }
  return {
    finish_reason: reasonOf(loaded, streamer.ids, signal),
    prompt_tokens: promptTokens,
    completion_tokens: streamer.ids.length,
  };
}

/**
 * The prompt in the model's template. A model that knows no `enable_thinking` is not told.
 *
 * @param {import("@huggingface/transformers").PreTrainedTokenizer} tokenizer
 * @param {Prompt} prompt
 * @returns {any}
 */
export function templated(tokenizer, { messages, reasoning }) {
  const thinking = reasoning === null ? {} : { enable_thinking: reasoning };
  const options = { add_generation_prompt: true, return_dict: true, ...thinking };
  return tokenizer.apply_chat_template(messages, options);
}

/**
 * The name and the words of WebLLM's error, so that both read the same in Python.
 *
 * @param {number} promptTokens
 * @param {number} contextWindow
 */
function checkFits(promptTokens, contextWindow) {
  if (promptTokens < contextWindow) return;
  throw namedError(
    "ContextWindowSizeExceededError",
    `Prompt tokens exceed context window size: number of prompt tokens: ${promptTokens}; ` +
      `context window size: ${contextWindow}`,
  );
}

/**
 * A step of the model that lets waiting messages in first: on the CPU generate() never yields to the
 * event loop by itself, and a Stop would wait for the last token.
 *
 * @param {Instance} instance
 * @param {(inputs: any) => Promise<any>} forward
 * @param {IncrementalStreamer} streamer
 * @param {AbortSignal} signal
 */
function stoppable(instance, forward, streamer, signal) {
  return async (/** @type {any} */ inputs) => {
    await macrotask();
    // Later steps end through the stopping criteria, which also frees what the steps before hold.
    if (signal.aborted && streamer.ids.length === 0)
      throw namedError(STOPPED_BEFORE_THE_FIRST_STEP, "stopped on request");
    try {
      return await forward(inputs);
    } catch (error) {
      instance.spoiled = true;
      throw error;
    }
  };
}

/**
 * @param {Request} request
 * @param {number} promptTokens
 * @param {Instance} instance
 */
function processors(request, promptTokens, { library }) {
  const { temperature, presence_penalty, frequency_penalty, seed } = request;
  const made = [];
  if (presence_penalty || frequency_penalty) made.push(penalties(request, promptTokens));
  if (temperature > 0) made.push(sampling(request, new library.random.Random(seed ?? undefined)));
  return made;
}

/**
 * @param {Loaded} loaded
 * @param {bigint[]} ids
 * @param {AbortSignal} signal
 */
function reasonOf({ model }, ids, signal) {
  const { generation_config, config } = /** @type {any} */ (model);
  const ends = [generation_config?.eos_token_id ?? config.eos_token_id].flat();
  if (ids.length > 0 && ends.includes(Number(ids[ids.length - 1]))) return "stop";
  return signal.aborted ? "abort" : "length";
}
