/**
 * Stands in for worker/worker.js: the same wire, answers scripted by the prompt, no Python and no
 * model. For looking at the page in every state, and for tests of what the page shows. What it knows
 * of models stands in fake_models.js, which is served in front of it in one file.
 *
 * A prompt that begins with one of the names in SCRIPTS plays it; any other is echoed. The query of
 * the page's worker URL cannot be set from outside, so what happens at the boot is decided by
 * BOOT, which whoever serves this file may replace: "ready", "slow", "never", "dies", "fails",
 * "bad-snapshot", "other-version".
 */

/** @type {string} */
const BOOT = "ready";

const boot = new URL(self.location.href).searchParams.get("boot") === "plain" ? "ready" : BOOT;
let isReady = false;
/** @type {any[]} for tests that ask what the page has sent */
const received = [];
Object.assign(self, { received });
/** @type {any[]} */
const early = [];
const cancelled = new Set();

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
const post = (/** @type {object} */ message) => self.postMessage(JSON.stringify(message));

const LONG = `# Tides

The sea rises and falls **twice a day**. The moon pulls the water on the near side more than the earth, and the earth more than the water on the far side; so there are *two* bulges.

## What you need

1. A coast with a pier
2. A stick with marks
   - every 10 cm
   - in waterproof ink
3. Patience

- [x] look up the moon
- [ ] read the stick each hour

| place | range | note |
|:--|--:|:--|
| Saint-Malo | 12 m | one of the largest in Europe |
| Venice | 1 m | \`acqua alta\` comes with the wind |
| Baltic | 0.1 m | hardly any |

> The tide waits for nobody.

\`\`\`python
from math import cos, pi

def height_m(hours: float, range_m: float = 4.0) -> float:
    """A tide with one high water every 12.42 hours; this line is long enough to scroll sideways."""
    return range_m / 2 * cos(2 * pi * hours / 12.42)
\`\`\`

Read on at [a page about tides](https://example.org/tides), or see ![a chart](https://example.org/chart.png?q=secret).

---

That is all.`;

const FORMULAS = String.raw`The two roots of a quadratic equation $ax^2 + bx + c = 0$ are

$$x_{1,2} = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}$$

They are real where $b^2 \ge 4ac$. In Python:

~~~python
from cmath import sqrt

def roots(a, b, c):
    """Both roots; complex ones too."""
    d = sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)
~~~

| equation | roots |
|:--|--:|
| $x^2 - 1$ | −1, 1 |
| $x^2 + 1$ | $-i$, $i$ |`;

const THOUGHTS = `<think>
The tide follows the moon, so I should begin with the *moon*.

- twice a day
- about every 12 hours and 25 minutes
</think>

Twice a day, because there are **two** bulges.`;

const HOSTILE = `<img src=x onerror=alert(1)><script>alert(1)</script><svg onload=alert(1)></svg>
<a href="javascript:alert(1)" onclick="alert(1)" style="color:red" id="message">click</a>

[link](javascript:alert(1)) ![](https://example.org/?q=secret) ![x][r] <b>bold</b> <form action="/x"><input name=a></form>

<style>body{display:none}</style><math><mi xlink:href="data:x"></mi></math>

[r]: https://example.org/reference.png`;

/** The conversation that reached the worker, as JSON, so that a test can see what the model is told. */
const ECHO = (/** @type {any} */ { messages }) => JSON.stringify(messages);

const MB = 1e6;

/** @type {Record<string, (chat: any, run: Run) => Promise<void>>} */
const SCRIPTS = {
  long: async (_chat, run) => run.answer(LONG),
  hostile: async (_chat, run) => run.answer(HOSTILE),
  formulas: async (_chat, run) => run.answer(FORMULAS),
  thoughts: async (_chat, run) => run.answer(THOUGHTS),
  context: async (chat, run) => run.answer(ECHO(chat)),
  load: async (_chat, run) => {
    await run.load();
    await run.answer(LONG);
  },
  compile: async (_chat, run) => {
    run.progress("compiling", 0, 0);
    await run.forEver();
  },
  think: async (_chat, run) => run.forEver(),
  cpu: async (_chat, run) => {
    run.fallback(
      "webllm",
      "webgpu",
      "webgpu-unavailable",
      "This browser offers no WebGPU. Update it, or turn on hardware acceleration.",
    );
    await run.answer("Here is an answer from the CPU.", "transformers.js", "wasm");
  },
  two: async (_chat, run) => {
    run.fallback(
      "webllm",
      "webgpu",
      "library-broken",
      "The program that runs this model is damaged or does not match.",
    );
    run.fallback("transformers.js", "webgpu", "out-of-memory", "Not enough memory for this model.");
    await run.answer("Third time lucky.", "transformers.js", "wasm");
  },
  fetch: async (_chat, run) => {
    run.fallback(
      "webllm",
      "webgpu",
      "library-broken",
      "The program that runs this model is damaged or does not match.",
      640 * MB,
    );
    await pause(300);
    await run.load();
    await run.answer("Fetched first, then answered.", "transformers.js", "wasm");
  },
  toobig: async (chat, run) => {
    if (chat.model === "smollm2-360m") await run.answer("A smaller one fits.");
    else
      run.error(
        "out-of-memory",
        "This model needs more memory than this computer has free. Use a smaller one.",
        "RangeError: Array buffer allocation failed",
        "smollm2-360m",
      );
  },
  restart: async (_chat, run) => {
    await run.words("The sea is **wide** and the ship is small, and the wind");
    run.fallback("webllm", "webgpu", "device-lost", "The graphics device was reset.");
    run.send({ type: "restart", reason: "The graphics device was reset." });
    await pause(400);
    await run.answer("The sea is wide.\n\nThe ship is small.", "transformers.js", "wasm");
  },
  error: async (_chat, run) =>
    run.error(
      "no-engine",
      "No engine could run this model here. Try again; if it stays, close other tabs and reload the page. The details say what each engine reported.",
      "webllm: webgpu-unavailable: Unable to find a compatible GPU\ntransformers.js: out-of-memory: RangeError: Array buffer allocation failed",
    ),
  break: async (_chat, run) => {
    await run.words("This begins well and then");
    run.error(
      "generation-failed",
      "The answer broke off. Send the message again.",
      "Error: Cannot read buffer",
    );
  },
  toolong: async (_chat, run) =>
    run.error(
      "prompt-too-long",
      "The message has 4211 tokens, 2227 more than fit. Shorten it, or split it.",
      "",
    ),
  dropped: async (_chat, run) =>
    run.answer("I have forgotten how this began.", "webllm", "webgpu", { dropped_messages: 6 }),
  length: async (_chat, run) =>
    run.answer("And so on, and so", "webllm", "webgpu", { finish_reason: "length" }),
  // What follows the word, as the answer.
  say: async (chat, run) => run.answer(chat.messages.at(-1).content.slice("say ".length)),
  nothing: async (_chat, run) => run.answer(""),
  burst: async (_chat, run) => {
    for (let line = 0; line < 2000; line++) run.chunk(`Line ${line} of a fast answer.\n\n`);
    run.done("webllm", "webgpu", {});
  },
  big: async (_chat, run) => {
    const row = (/** @type {number} */ n) => `| ${n} | row | of many |\n`;
    run.chunk("| a | b | c |\n|---|---|---|\n");
    for (let n = 0; n < 5000; n += 100) {
      run.chunk(Array.from({ length: 100 }, (_, i) => row(n + i)).join(""));
      await pause(5);
    }
    run.chunk(`\n\n${"x*_[`".repeat(20_000)}\n\n${">".repeat(10_000)} deep`);
    run.done("webllm", "webgpu", {});
  },
  die: async (_chat, run) => {
    await run.words("I will not finish");
    setTimeout(() => {
      throw new Error("the worker died");
    });
    await run.forEver();
  },
};

class Run {
  started = performance.now();
  tokens = 0;
  firstText = 0;

  /** @param {any} chat */
  constructor(chat) {
    this.chat = chat;
  }

  get stopped() {
    return cancelled.has(this.chat.id);
  }

  /** @param {object} message */
  send(message) {
    post({ ...message, id: this.chat.id });
  }

  /** @param {string} delta */
  chunk(delta) {
    this.firstText ||= performance.now();
    this.tokens += 1;
    this.send({ type: "chunk", delta });
  }

  /** @param {string} text in pieces that end anywhere, as tokens do */
  async words(text) {
    await pause(150);
    for (let at = 0; at < text.length && !this.stopped; at += 4) {
      this.chunk(text.slice(at, at + 4));
      await pause(this.chat.messages.at(-1).content.includes("slowly") ? 60 : 6);
    }
  }

  async answer(text = "", engine = "webllm", device = "webgpu", result = {}) {
    await this.words(text);
    if (this.stopped) this.aborted();
    else this.done(engine, device, result);
  }

  async forEver() {
    while (!this.stopped) await pause(10);
    this.aborted();
  }

  aborted() {
    const began = this.tokens > 0;
    this.done(began ? "webllm" : "", began ? "webgpu" : null, { finish_reason: "abort" });
  }

  /** @param {string} phase @param {number} loaded @param {number} total */
  progress(phase, loaded, total) {
    this.send({ type: "progress", phase, loaded, total });
  }

  async load() {
    const total = 640 * MB;
    const steps = [["checking", 0, 0]];
    for (let at = 0; at <= 64; at += 2) steps.push(["downloading", at * 10 * MB, total]);
    steps.push(["loading", 0, 0], ["compiling", 3, 9], ["compiling", 7, 9], ["warming-up", 0, 0]);
    for (const [phase, loaded, most] of steps) {
      if (this.stopped) return;
      this.progress(String(phase), Number(loaded), Number(most));
      await pause(120);
    }
  }

  /** @param {string} engine @param {string} device @param {string} code @param {string} reason */
  fallback(engine, device, code, reason, download_bytes = 0) {
    this.send({ type: "fallback", engine, device, code, reason, download_bytes });
  }

  /** @param {string} code @param {string} message @param {string} detail */
  error(code, message, detail, offer = "") {
    this.send({ type: "error", code, message, detail, offer });
  }

  /** @param {string} engine @param {string | null} device @param {object} result */
  done(engine, device, result) {
    const now = performance.now();
    const decode_s = (now - this.firstText) / 1000;
    this.send({
      type: "done",
      result: {
        finish_reason: "stop",
        usage: {
          prompt_tokens: 20,
          completion_tokens: this.tokens,
          total_tokens: 20 + this.tokens,
        },
        timings: {
          ttft_s: this.firstText ? (this.firstText - this.started) / 1000 : 0,
          decode_tokens_per_s: this.tokens > 1 ? (this.tokens - 1) / decode_s : 0,
        },
        engine,
        device,
        model: this.chat.model,
        dropped_messages: 0,
        ...result,
      },
    });
  }
}

/** @param {any} chat */
function play(chat) {
  const prompt = chat.messages.at(-1).content;
  const script = SCRIPTS[prompt.split(/[\s:]/)[0]];
  const run = new Run(chat);
  return script ? script(chat, run) : run.answer(`You wrote: ${prompt}`);
}

/** @param {any} message */
function handle(message) {
  if (message.type === "chat") play(message);
  else if (message.type === "cancel") {
    cancelled.add(message.target);
    post({ type: "done", id: message.id, result: { cancelled: true } });
  } else REQUESTS[message.type](message, new Task(message));
}

self.addEventListener("message", ({ data }) => {
  if (typeof data !== "string") return tickets.set(data.ticket, data.files);
  const message = JSON.parse(data);
  received.push(message);
  if (message.type === "hello") start();
  else if (isReady) handle(message);
  else early.push(message);
});

async function start() {
  const error = (/** @type {string} */ code, /** @type {string} */ text) =>
    post({ type: "error", id: "", code, message: text, detail: "Error: scripted" });
  if (boot === "never") return;
  if (boot === "dies") {
    setTimeout(() => {
      throw new Error("the worker died at its start");
    });
    return;
  }
  if (boot === "bad-snapshot") return error("snapshot-bad", "The snapshot cannot be used.");
  if (boot === "fails")
    return error("boot-failed", "Python could not start. Check the connection and try again.");
  if (boot === "slow")
    for (let step = 0; step < 5; step++) {
      post({ type: "progress", id: "boot", phase: "starting-python", loaded: step, total: 5 });
      await pause(600);
    }
  post({
    type: "ready",
    version: boot === "other-version" ? 4 : 3,
    engines: ["webllm", "transformers.js"],
    probe: null,
  });
  isReady = true;
  for (const message of early.splice(0)) handle(message);
}
