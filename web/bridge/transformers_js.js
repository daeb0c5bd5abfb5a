/**
 * transformers.js (@huggingface/transformers 4.3.1) in a shape that Python consumes well.
 *
 * The object that Python keeps is {tokenizer, model, device}.
 */

import { closable, seldom } from "./callbacks.js";
import { guarded, namedError, throwIfAborted } from "./errors.js";
import { Queue } from "./queue.js";
import { TRY_OUT } from "./request.js";
import { instanceFor, keptText, readFrom } from "./transformers_instance.js";
import { stream, templated } from "./transformers_stream.js";

/**
 * @typedef {import("./transformers_instance.js").Instance} Instance
 * @typedef {import("./transformers_instance.js").Loaded} Loaded
 * @typedef {import("./transformers_instance.js").Report} Report
 * @typedef {import("./transformers_instance.js").Where} Where
 * @typedef {{filesUrl: string, dtype: any, contextWindow: number, bytes: number}} Build
 *   `localm.engines.transformers_js` makes it; every file is in the cache under this URL
 * @typedef {{
 *   instance: Instance,
 *   queue: Queue,
 *   contextWindow: number,
 *   running?: AbortController | undefined,
 * }} State
 */

/** @type {WeakMap<Loaded, State>} */
const states = new WeakMap();
const loads = new Queue(); // an instance reads from one folder at a time
let serial = 0;

/**
 * Load and try a model; resolves with what was loaded.
 */
export const load = guarded(
  (
    /** @type {string} */ whereJson,
    /** @type {string} */ buildJson,
    /** @type {Report} */ onProgress,
    /** @type {AbortSignal} */ signal,
  ) =>
    loads.run(async () => {
      const report = closable(seldom(onProgress));
      try {
        return await loadBuild(JSON.parse(whereJson), JSON.parse(buildJson), report.call, signal);
      } finally {
        report.close();
      }
    }),
);

/**
 * @param {Where} where
 * @param {Build} build
 * @param {Report} report
 * @param {AbortSignal} signal
 * @returns {Promise<Loaded>}
 */
async function loadBuild(where, build, report, signal) {
  throwIfAborted(signal);
  report("loading", 0, build.bytes);
  const instance = await instanceFor(where);
  const { watch } = instance;
  readFrom(instance, build, report);
  const loading = createModel(instance, where.device, build);
  try {
    const parts = await watch.collectDuring(() => watch.race(() => loading, signal));
    const loaded = { ...parts, device: where.device };
    const contextWindow = Math.min(build.contextWindow, maxPositions(parts.model));
    states.set(loaded, { instance, queue: new Queue(), contextWindow });
    report("warming-up", 0, 0);
    await watch.race(() => tryOut(loaded, signal), signal);
    return loaded;
  } catch (thrown) {
    // A session that is built too late for anybody is freed as soon as it exists.
    loading.then(({ model }) => model.dispose()).catch(() => {});
    instance.spoiled = true;
    throw thrown;
  }
}

/**
 * @param {Instance} instance
 * @param {"webgpu" | "wasm"} device
 * @param {Build} build
 */
async function createModel({ library }, device, { dtype, filesUrl }) {
  // The library remembers what it once saw of an id, missing files too: so never the same one twice.
  serial += 1;
  const id = `localm-${serial}`;
  const tokenizer = await library.AutoTokenizer.from_pretrained(id);
  // Newer repositories keep the template in a file of its own, which the library does not read.
  tokenizer.chat_template ??= await keptText(`${filesUrl}chat_template.jinja`);
  const model = await library.AutoModelForCausalLM.from_pretrained(id, { device, dtype });
  return { tokenizer, model };
}

/** @param {import("@huggingface/transformers").PreTrainedModel} model */
function maxPositions({ config }) {
  return /** @type {any} */ (config).max_position_embeddings ?? Number.POSITIVE_INFINITY;
}

/**
 * One token shows that the files fit together.
 *
 * @param {Loaded} loaded
 * @param {AbortSignal} signal
 */
function tryOut(loaded, signal) {
  const { instance, contextWindow } = stateOf(loaded);
  return stream(instance, loaded, contextWindow, TRY_OUT, () => {}, signal);
}

/**
 * Stream an answer. Resolves with {finish_reason, prompt_tokens, completion_tokens} as JSON.
 */
export const generate = guarded(
  (
    /** @type {Loaded} */ loaded,
    /** @type {string} */ requestJson,
    /** @type {(text: string) => void} */ emit,
    /** @type {AbortController} */ stop,
  ) => {
    const state = stateOf(loaded);
    const { instance, contextWindow } = state;
    return state.queue.run(async () => {
      state.running = stop;
      const text = closable(emit);
      try {
        if (instance.spoiled) throw namedError("ModelNotLoadedError", "its runtime failed before");
        const request = JSON.parse(requestJson);
        return JSON.stringify(
          await instance.watch.race(() =>
            stream(instance, loaded, contextWindow, request, text.call, stop.signal),
          ),
        );
      } finally {
        text.close();
        state.running = undefined;
      }
    });
  },
);

/**
 * End the answer under way after its current token.
 *
 * @param {Loaded} loaded
 */
export function interrupt(loaded) {
  states.get(loaded)?.running?.abort();
}

/** The number of tokens of a text. */
export const countTokens = guarded(
  (/** @type {Loaded} */ { tokenizer }, /** @type {string} */ text) =>
    tokenizer.encode(text, { add_special_tokens: false }).length,
);

/** The number of tokens of a whole prompt, in its template. */
export const countPrompt = guarded(
  (/** @type {Loaded} */ { tokenizer }, /** @type {string} */ promptJson) =>
    templated(tokenizer, JSON.parse(promptJson)).input_ids.dims[1],
);

/** Free the model's memory; a lost device is no reason to fail. */
export const unload = guarded(async (/** @type {Loaded} */ loaded) => {
  const { watch } = stateOf(loaded).instance;
  try {
    await watch.race(async () => loaded.model.dispose());
  } catch (error) {
    if (!watch.lost) throw error;
  }
});

/** @param {Loaded} loaded */
function stateOf(loaded) {
  const state = states.get(loaded);
  if (!state) throw namedError("ModelNotLoadedError", "this model was not loaded here");
  return state;
}
