/**
 * WebLLM (@mlc-ai/web-llm 0.2.86) in a shape that Python consumes well: no iterators, no callbacks
 * that outlive a call, errors that are Errors, and no call that never ends.
 *
 * The object that Python keeps is WebLLM's own MLCEngine.
 */

import { closable, seldom } from "./callbacks.js";
import { guarded, namedError, throwIfAborted } from "./errors.js";
import { DeviceWatch } from "./gpu.js";
import { Queue } from "./queue.js";
import { holdJsonToOneLine } from "./webllm_grammar.js";
import { promptLength } from "./webllm_prompt.js";
import { pump } from "./webllm_stream.js";

/**
 * @typedef {import("@mlc-ai/web-llm").MLCEngine} MLCEngine
 * @typedef {import("@mlc-ai/web-llm").InitProgressReport} InitProgressReport
 * @typedef {{
 *   modelId: string,
 *   weightsUrl: string,
 *   libraryUrl: string,
 *   needsF16: boolean,
 *   overrides: Record<string, number>,
 *   bytes: number,
 * }} Build `localm.engines.webllm` makes it; every file is in WebLLM's caches under these URLs
 * @typedef {(phase: string, loaded: number, total: number) => void} Report
 * @typedef {import("./webllm_prompt.js").Pipeline} Pipeline
 * @typedef {{watch: DeviceWatch, queue: Queue, running?: AbortController}} State
 */

/** @type {WeakMap<MLCEngine, State>} */
const states = new WeakMap();
let failedImports = 0;

/**
 * Load and try a model; resolves with the engine.
 */
export const load = guarded(
  async (
    /** @type {string} */ webllmUrl,
    /** @type {string} */ buildJson,
    /** @type {Report} */ onProgress,
    /** @type {AbortSignal} */ signal,
  ) => {
    const report = closable(seldom(onProgress));
    try {
      return await loadBuild(webllmUrl, JSON.parse(buildJson), report.call, signal);
    } finally {
      report.close();
    }
  },
);

/**
 * @param {string} webllmUrl
 * @param {Build} build
 * @param {Report} report
 * @param {AbortSignal} signal
 */
async function loadBuild(webllmUrl, build, report, signal) {
  const { MLCEngine } = await importWebllm(webllmUrl);
  throwIfAborted(signal);
  /** @type {MLCEngine} */
  const engine = new MLCEngine({
    appConfig: { model_list: [modelRecord(build)] },
    initProgressCallback: (/** @type {InitProgressReport} */ progress) =>
      reportPhase(progress, build.bytes, report),
    logLevel: "SILENT", // errors arrive as exceptions; everything else is ours to log
  });
  const watch = new DeviceWatch();
  states.set(engine, { watch, queue: new Queue() });
  try {
    await watch.collectDuring(() => reload(engine, build.modelId, watch, signal));
    report("warming-up", 0, 0);
    await watch.race(() => tryOut(engine), signal);
  } catch (thrown) {
    const lost = watch.lost; // before `free`, which makes it so
    await free(engine, watch);
    throw lost ?? thrown;
  }
  return engine;
}

/**
 * A module that could not be fetched once is refused for ever under the same URL.
 *
 * @param {string} url
 */
async function importWebllm(url) {
  try {
    return await import(failedImports ? `${url}#${failedImports}` : url);
  } catch (error) {
    failedImports += 1;
    throw error;
  }
}

/** @param {Build} build */
function modelRecord({ weightsUrl, modelId, libraryUrl, needsF16, overrides }) {
  return {
    model: weightsUrl,
    model_id: modelId,
    model_lib: libraryUrl,
    required_features: needsF16 ? ["shader-f16"] : [],
    overrides,
  };
}

/**
 * @param {MLCEngine} engine
 * @param {string} modelId
 * @param {DeviceWatch} watch
 * @param {AbortSignal} signal
 */
async function reload(engine, modelId, watch, signal) {
  const reloading = engine.reload(modelId);
  const settled = reloading.catch(() => {});
  try {
    await watch.race(() => reloading, signal);
  } catch (thrown) {
    // WebLLM forgets an abort that comes before it has a device, and then loads to the end. So wait
    // for the device (the files are all here: well under a second), for `free` to destroy it.
    await Promise.race([watch.first, settled]);
    throw thrown;
  }
  // WebLLM also resolves when it was aborted.
  const pipeline = pipelineOf(engine);
  if (!pipeline) throw namedError("AbortError", "the load was aborted");
  holdJsonToOneLine(pipeline);
}

/**
 * WebLLM reports in English sentences alone.
 *
 * @param {InitProgressReport} progress
 * @param {number} bytes of all files
 * @param {Report} report
 */
function reportPhase({ text, progress }, bytes, report) {
  if (text.startsWith("Loading GPU shader modules")) {
    const [, done, all] = /\[(\d+)\/(\d+)\]/.exec(text) ?? [];
    report("compiling", Number(done), Number(all));
  } else if (text.startsWith("Loading model from cache")) {
    report("loading", progress * bytes, bytes);
    // The shaders follow the last shard, and the first word about them comes a second later.
    if (progress === 1) report("compiling", 0, 0);
  }
}

/**
 * One token shows that the library, the weights and the GPU fit together.
 *
 * @param {MLCEngine} engine
 */
async function tryOut(engine) {
  const messages = [{ role: /** @type {const} */ ("user"), content: "Hello" }];
  await engine.chat.completions.create({ messages, max_tokens: 1, temperature: 0 });
  // Else the first real conversation would be compared with this one.
  await engine.resetChat();
}

/**
 * Stream an answer. Resolves with {finish_reason, prompt_tokens, completion_tokens} as JSON.
 */
export const generate = guarded(
  (
    /** @type {MLCEngine} */ engine,
    /** @type {string} */ requestJson,
    /** @type {(text: string) => void} */ emit,
    /** @type {AbortController} */ stop,
  ) => {
    const state = stateOf(engine);
    return state.queue.run(async () => {
      state.running = stop;
      const text = closable(emit);
      try {
        return await state.watch.race(() =>
          pump(engine, loadedPipeline(engine), JSON.parse(requestJson), text.call, stop.signal),
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
 * @param {MLCEngine} engine
 */
export function interrupt(engine) {
  states.get(engine)?.running?.abort();
}

/** The number of tokens of a text. */
export const countTokens = guarded(
  (/** @type {MLCEngine} */ engine, /** @type {string} */ text) =>
    livePipeline(engine).tokenizer.encode(text).length,
);

/** The number of tokens of a whole prompt, in its template. */
export const countPrompt = guarded(
  (/** @type {MLCEngine} */ engine, /** @type {string} */ promptJson) =>
    promptLength(livePipeline(engine), JSON.parse(promptJson)),
);

/** Free the model's memory; a lost device is no reason to fail. */
export const unload = guarded((/** @type {MLCEngine} */ engine) =>
  free(engine, stateOf(engine).watch),
);

/**
 * @param {MLCEngine} engine
 * @param {DeviceWatch} watch
 */
async function free(engine, watch) {
  try {
    // Its device goes with it, and then the watch ends this: it cannot wait for ever.
    await watch.race(() => engine.unload());
  } catch (error) {
    if (!watch.lost) console.warn(`localm: WebLLM did not unload cleanly: ${error}`);
  } finally {
    watch.destroy();
  }
}

/** @param {MLCEngine} engine */
function stateOf(engine) {
  const state = states.get(engine);
  if (!state) throw namedError("ModelNotLoadedError", "this engine was not loaded here");
  return state;
}

/**
 * Not public in WebLLM; read at the pinned version for what its API does not tell.
 *
 * @param {MLCEngine} engine
 * @returns {Pipeline | undefined}
 */
function pipelineOf(engine) {
  return /** @type {any} */ (engine).loadedModelIdToPipeline.values().next().value;
}

/** @param {MLCEngine} engine */
function loadedPipeline(engine) {
  const pipeline = pipelineOf(engine);
  if (!pipeline) throw namedError("ModelNotLoadedError", "the engine has unloaded itself");
  return pipeline;
}

/** @param {MLCEngine} engine */
function livePipeline(engine) {
  const { watch } = stateOf(engine);
  if (watch.lost) throw watch.lost;
  return loadedPipeline(engine);
}
