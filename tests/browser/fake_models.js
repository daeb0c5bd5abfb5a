/**
 * The models of the scripted worker; fake_worker.js follows it in the same file. What happens to a
 * model is told by its name: see CATALOGUE. A model that was downloaded, removed or imported is so
 * until the worker ends.
 */

const A_MB = 1e6;

/** @param {string} engine @param {string} device @param {string} dtype @param {string} [reason] */
const build = (engine, device, dtype, reason = "") => ({
  engine,
  device,
  dtype,
  memory_mb: 376,
  download_bytes: 0,
  stored_bytes: 0,
  reason,
});

const NO_WEBGPU = "This browser offers no WebGPU. Update it, or turn on hardware acceleration.";
const EVERYWHERE = [
  build("webllm", "webgpu", "q4f16_1"),
  build("transformers.js", "webgpu", "q4f16"),
  build("transformers.js", "wasm", "q8"),
];
const ON_CPU = [
  build("webllm", "webgpu", "q4f16_1", NO_WEBGPU),
  build("transformers.js", "webgpu", "q4", NO_WEBGPU),
  build("transformers.js", "wasm", "q4"),
];

/** @param {string} id @param {string} name @param {object} rest */
const model = (id, name, rest) => ({
  id,
  name,
  parameters: 0,
  license: "Apache-2.0",
  page_url: `https://hub.example/${id}`,
  context_window: 4096,
  reasoning: false,
  origin: "catalogue",
  embedded: false,
  loaded: false,
  state: "available",
  builds: EVERYWHERE,
  memory_mb: 376,
  download_bytes: 210 * A_MB,
  download_is_estimated: false,
  stored_bytes: 0,
  unfit: "",
  recommended: false,
  ...rest,
});

/** @type {any[]} */
let catalogue = [
  model("guide", "Guide", {
    parameters: 4.2e6,
    context_window: 2048,
    page_url: "",
    origin: "site",
    embedded: true,
    loaded: true,
    state: "stored",
    memory_mb: 40,
    download_bytes: 11 * A_MB,
    stored_bytes: 11 * A_MB,
  }),
  model("smollm2-360m", "SmolLM2 360M", {
    parameters: 362e6,
    download_is_estimated: true,
    recommended: true,
  }),
  // Half of it is here; its load falls back, with a download.
  model("qwen3-0.6b", "Qwen3 0.6B", {
    parameters: 596e6,
    reasoning: true,
    builds: ON_CPU,
    memory_mb: 1403,
    download_bytes: 480 * A_MB,
    state: "partial",
    stored_bytes: 120 * A_MB,
  }),
  model("llama-3.2-1b", "Llama 3.2 1B", {
    parameters: 1.24e9,
    license: "Llama 3.2 (“Built with Llama”)",
    memory_mb: 879,
    download_bytes: 712 * A_MB,
    state: "stored",
    stored_bytes: 712 * A_MB,
  }),
  // Its download stalls at a third.
  model("smollm2-1.7b", "SmolLM2 1.7B", {
    parameters: 1.71e9,
    memory_mb: 1774,
    download_bytes: 1010 * A_MB,
    download_is_estimated: true,
  }),
  // Needs access.
  model("llama-3.2-3b", "Llama 3.2 3B", {
    parameters: 3.21e9,
    license: "Llama 3.2 (“Built with Llama”)",
    memory_mb: 2264,
    download_bytes: 1820 * A_MB,
  }),
  // Does not fit into the storage: a smaller one is offered.
  model("qwen3-4b", "Qwen3 4B", {
    parameters: 4.02e9,
    memory_mb: 3432,
    download_bytes: 2280 * A_MB,
    download_is_estimated: true,
  }),
  model("qwen3-8b", "Qwen3 8B", {
    parameters: 8.19e9,
    builds: [build("webllm", "webgpu", "q4f16_1", "The graphics card’s buffers are too small.")],
    memory_mb: 5696,
    download_bytes: 4610 * A_MB,
    download_is_estimated: true,
    unfit: "It needs 5.7 GB of graphics memory, and this computer offers 4 GB.",
  }),
  // Another tab downloads it.
  model("hub/acme/tiny-chat@q4", "tiny-chat (q4)", {
    license: "",
    origin: "hub",
    context_window: 0,
    memory_mb: 0,
    download_bytes: 96 * A_MB,
  }),
];

/** @param {string} id */
const known = (id) => catalogue.find((one) => one.id === id);

/** @param {string} code @param {string} message @param {string} [detail] @param {string} [offer] */
const wrong = (code, message, detail = "", offer = "") => ({ code, message, detail, offer });

/** @type {Record<string, object>} how the downloads end that do not end well */
const DOWNLOAD_ERRORS = {
  "llama-3.2-3b": wrong(
    "needs-access",
    "Llama 3.2 3B may only be fetched by people whom its makers gave access. Ask for it on the model’s page, then try again.",
    "401 from https://hub.example/meta-llama/Llama-3.2-3B",
  ),
  "qwen3-4b": wrong(
    "quota-exceeded",
    "Qwen3 4B takes 2.3 GB, and the browser has 1.4 GB left for this page. Remove a model, or use a smaller one.",
    "QuotaExceededError: 2280000000 > 1400000000",
    "smollm2-360m",
  ),
};

/** @param {any} message @param {Task} task */
async function download({ model: id }, task) {
  const it = known(id) ?? added(id);
  task.progress("checking", 0, 0);
  await pause(120);
  if (DOWNLOAD_ERRORS[id]) return task.error(DOWNLOAD_ERRORS[id]);
  if (id === "hub/acme/tiny-chat@q4") await task.until(() => task.progress("waiting", 0, 0));
  const total = it.download_bytes;
  while (it.stored_bytes < total && !task.stopped) {
    if (id === "smollm2-1.7b" && it.stored_bytes > total / 3)
      await task.until(() => task.progress("downloading", it.stored_bytes, total));
    if (task.stopped) break;
    it.stored_bytes = Math.min(total, it.stored_bytes + total / 12);
    it.state = "partial";
    task.progress("downloading", it.stored_bytes, total);
    await pause(100);
  }
  if (task.stopped) return task.error(wrong("cancelled", "Stopped."));
  task.progress("verifying", total, total);
  it.state = "stored";
  it.download_is_estimated = false;
  task.done({ model: id, stored_bytes: total });
}

/** @param {string} id one that `find` gave */
function added(id) {
  const name = id.replace(/^hub\/.*\//, "").replace("@", " ");
  catalogue.push(model(id, name, { origin: "hub", license: "MIT", parameters: 135e6 }));
  return known(id);
}

/** @param {any} message @param {Task} task */
async function load({ model: id }, task) {
  if (id === "qwen3-0.6b") {
    const reason = "Not enough memory for this model.";
    const failed = { engine: "webllm", device: "webgpu", code: "out-of-memory", reason };
    task.send({ type: "fallback", ...failed, download_bytes: 250 * A_MB });
    for (let at = 0; at <= 10 && !task.stopped; at++) {
      task.progress("downloading", at * 25 * A_MB, 250 * A_MB);
      await pause(150);
    }
  }
  task.progress("loading", 0, 0);
  await pause(200);
  if (task.stopped) return task.error(wrong("cancelled", "Stopped."));
  for (const one of catalogue) one.loaded = one.id === id;
  task.done({ engine: "webllm", device: "webgpu", model: id, load_s: 0.2 });
}

/** @param {any} message @param {Task} task */
async function verify({ model: id }, task) {
  const total = known(id).stored_bytes;
  for (let at = 0; at <= 8 && !task.stopped; at++) {
    task.progress("verifying", (at * total) / 8, total);
    await pause(80);
  }
  if (task.stopped) return task.error(wrong("cancelled", "Stopped."));
  const repaired = id === "llama-3.2-1b" ? ["params_shard_3.bin"] : [];
  task.done({ model: id, files: 14, repaired });
}

/** @param {any} message @param {Task} task */
async function evict({ model: id }, task) {
  const it = known(id);
  const freed = it.stored_bytes;
  if (it.origin === "files") catalogue = catalogue.filter((one) => one !== it);
  Object.assign(it, { state: "available", stored_bytes: 0, loaded: false });
  task.done({ model: id, freed_bytes: freed });
}

/** @param {any} message @param {Task} task */
async function find({ text }, task) {
  task.progress("checking", 0, 0);
  if (text.includes("slow")) {
    await task.until(() => {});
    return task.error(wrong("cancelled", "Stopped."));
  }
  await pause(200);
  if (text.includes("gone"))
    return task.error(
      wrong("not-found", `The hub has no model “${text}”. Look at how its id is written.`, "404"),
    );
  const repository = text.replace(/^https?:\/\/[^/]+\//, "");
  const page_url = `https://hub.example/${repository}`;
  const result = { repository, revision: "0123456789abcdef", page_url };
  if (text.includes("gguf")) {
    const explanation =
      "It holds GGUF files, which neither engine reads. Look for one with ONNX or MLC files.";
    return task.done({ ...result, builds: [], explanation });
  }
  /** @param {string} engine @param {string} dtype @param {number} mb @param {string} [reason] */
  const found = (engine, dtype, mb, reason = "") => ({
    model: `hub/${repository}@${dtype}`,
    engine,
    dtype,
    download_bytes: mb * A_MB,
    reason,
  });
  const builds = [
    found("webllm", "q4f16_1", 78, "No program for WebLLM is known that fits these weights."),
    found("transformers.js", "q4", 210),
    found("transformers.js", "q8", 138),
    found("transformers.js", "fp32", 2540, "One of its files is larger than the 2 GB that a browser takes."),
  ];
  task.done({ ...result, builds, explanation: "" });
}

/** @type {Map<string, File[]>} */
const tickets = new Map();

/** @param {any} message @param {Task} task */
async function importFolder({ name, ticket, files }, task) {
  const total = files.reduce((/** @type {number} */ sum, /** @type {any} */ f) => sum + f.bytes, 0);
  const handles = tickets.get(ticket) ?? [];
  const sizes = handles.map((file) => file.size);
  if (JSON.stringify(sizes) !== JSON.stringify(files.map((/** @type {any} */ f) => f.bytes)))
    return task.error(wrong("import-failed", "The files did not come.", JSON.stringify(sizes)));
  task.progress("loading", total / 2, total);
  await pause(300);
  const paths = files.map((/** @type {any} */ f) => f.path);
  if (!paths.includes("config.json"))
    return task.error(
      wrong(
        "not-a-model",
        `“${name}” is no model’s folder: config.json is missing. Choose the folder that holds it.`,
        paths.join("\n"),
      ),
    );
  const rest = { origin: "files", state: "stored", stored_bytes: total, download_bytes: total };
  catalogue.push(model(`files/${name}`, name, { ...rest, license: "", page_url: "" }));
  task.done({ model: `files/${name}` });
}

/** @param {any} message @param {Task} task */
async function hub({ address }, task) {
  await pause(150);
  if (address.includes("bad"))
    return task.error(
      wrong("bad-hub", "This is no hub’s address. Write it as https://host or https://host/path."),
    );
  const own = address.includes("/hub");
  task.done({ address: address.split(" ")[0] || "https://hub.example", mirror: own });
}

/** @type {Record<string, (message: any, task: Task) => Promise<void>>} */
const REQUESTS = {
  models: async (_message, task) => task.done({ models: catalogue }),
  load,
  download,
  verify,
  evict,
  find,
  import: importFolder,
  hub,
  restore,
  count,
};

/** A token for each four characters, eight around each message; a quarter of the window is the answer's. */
async function count(/** @type {any} */ message, /** @type {Task} */ task) {
  const { model: id, messages, attachments, options } = message;
  if (options.response_format?.schema.includes("not"))
    return task.error(
      wrong("bad-schema", "The JSON schema cannot be used: “/not” is not known here. Change it."),
    );
  const { context_window, loaded } = known(id);
  const cost = (/** @type {string} */ text) => Math.ceil(text.length / 4);
  const costs = messages.map((/** @type {any} */ { content, attachments: files = [] }) =>
    [content, ...files.map((/** @type {any} */ { text }) => text)].reduce((sum, text) => sum + cost(text), 8),
  );
  const files = attachments.map((/** @type {any} */ { text }) => cost(text));
  const max_tokens = Math.min(options.max_tokens ?? 512, context_window / 4);
  const isSystem = messages[0]?.role === "system";
  const fixed = files.reduce((/** @type {number} */ sum, /** @type {number} */ one) => sum + one, 0);
  let room = context_window - max_tokens - fixed - (isSystem ? costs[0] : 0);
  const turns = costs.slice(isSystem ? 1 : 0);
  const fits = (turns.at(-1) ?? 0) <= room;
  while (turns.length > 0 && turns.at(-1) <= room) room -= turns.pop();
  const dropped_messages = fits ? turns.length : Math.max(0, turns.length - 1);
  const result = { model: id, is_estimate: !loaded, context_window, max_tokens, dropped_messages, fits };
  task.done({ ...result, message_tokens: costs, attachment_tokens: files });
}

/** What Python checks is taken as it is; a text that is no JSON gives the error that it names. */
async function restore(/** @type {any} */ { text }, /** @type {Task} */ task) {
  await pause(100);
  if (!text.startsWith("{")) return task.error(wrong(text, `Nothing was imported: ${text}.`));
  const { skipped = [], source = "localm", ...archive } = JSON.parse(text);
  task.done({ archive, source, skipped });
}

class Task {
  /** @param {any} message */
  constructor(message) {
    this.id = message.id;
  }

  get stopped() {
    return cancelled.has(this.id);
  }

  /** @param {object} message */
  send(message) {
    post({ ...message, id: this.id });
  }

  /** @param {string} phase @param {number} loaded @param {number} total */
  progress(phase, loaded, total) {
    this.send({ type: "progress", phase, loaded, total });
  }

  /** @param {object} result */
  done(result) {
    this.send({ type: "done", result });
  }

  /** @param {object} error */
  error(error) {
    this.send({ type: "error", ...error });
  }

  /** @param {() => void} tick until it is cancelled */
  async until(tick) {
    while (!this.stopped) {
      tick();
      await pause(100);
    }
  }
}
