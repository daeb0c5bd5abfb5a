// Generated from pyapp/localm/protocol.py by build_scripts/protocol_types.py.

export type PROTOCOL_VERSION = 1;

export type Role = "system" | "user" | "assistant";

export type Device = "webgpu" | "wasm";

export type FinishReason = "stop" | "length" | "tool_calls" | "abort";

export type Phase =
  | "starting-python"
  | "checking"
  | "downloading"
  | "loading"
  | "compiling"
  | "warming-up";

/** One turn of a conversation, as in the OpenAI API. */
export interface ChatMessage {
  readonly role: Role;
  readonly content: string;
}

/** How to sample. What is absent is the model record's default. None of it reloads a model. */
export interface ChatOptions {
  /** 0 is greedy */
  readonly temperature?: number;
  /** in (0, 1] */
  readonly top_p?: number;
  readonly max_tokens?: number;
  readonly seed?: number;
}

/** Counts of tokens. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** Measured in the worker around the engine that answered. */
export interface Timings {
  /** from the request to its first text; 0 when there was none */
  readonly ttft_s: number;
  /** after the first token; 0 when there was only one */
  readonly decode_tokens_per_s: number;
}

/** How a chat ended. Its text has gone out as chunks. */
export interface ChatResult {
  readonly finish_reason: FinishReason;
  readonly usage: Usage;
  readonly timings: Timings;
  readonly engine: string;
  /** null when stopped before any engine was ready */
  readonly device: Device | null;
  readonly model: string;
  /** oldest turns left out because the context window was full */
  readonly dropped_messages: number;
}

/** Which engine holds the model now. */
export interface LoadResult {
  readonly engine: string;
  readonly device: Device;
  readonly model: string;
  readonly load_s: number;
}

/** What the page may show of one model record. */
export interface ModelInfo {
  readonly id: string;
  readonly name: string;
  readonly parameters: number;
  readonly license: string;
  readonly context_window: number;
  /** comes with the site: no download from elsewhere */
  readonly embedded: boolean;
  readonly loaded: boolean;
}

/** The catalogue. */
export interface ModelsResult {
  readonly models: readonly ModelInfo[];
}

/** The model whose files are gone from this browser. */
export interface EvictResult {
  readonly model: string;
}

/** Whether the target was still under way. */
export interface CancelResult {
  readonly cancelled: boolean;
}

/** What the advisory probe saw of WebGPU; null in `ready` until the first load. */
export interface ProbeInfo {
  readonly webgpu: boolean;
  /** vendor and architecture, or "" */
  readonly adapter: string;
  readonly features: readonly string[];
  readonly max_buffer_bytes: number;
  /** why WebGPU is not usable, in a sentence; "" when it is */
  readonly reason: string;
}

/** The first message. The worker answers `ready`, or `error` with code version-mismatch. */
export interface Hello {
  readonly type: "hello";
  readonly version: number;
}

/** Load a model into memory without asking it anything. Ends in `done` with a LoadResult. */
export interface Load {
  readonly type: "load";
  readonly id: string;
  readonly model: string;
}

/** Answer the last message. Ends in `done` with a ChatResult. */
export interface Chat {
  readonly type: "chat";
  readonly id: string;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly options: ChatOptions;
}

/** Stop the request `target`: a chat ends in `done` ("abort"), a load in `error` "cancelled". */
export interface Cancel {
  readonly type: "cancel";
  readonly id: string;
  readonly target: string;
}

/** List the catalogue. Ends in `done` with a ModelsResult. */
export interface Models {
  readonly type: "models";
  readonly id: string;
}

/** Unload a model and delete its files from this browser. Ends in `done` with an EvictResult. */
export interface Evict {
  readonly type: "evict";
  readonly id: string;
  readonly model: string;
}

/** The worker can take requests. `engines` is the order of fall-back. */
export interface Ready {
  readonly type: "ready";
  readonly version: number;
  readonly engines: readonly string[];
  readonly probe: ProbeInfo | null;
}

/** How far a load has come. `total` is 0 when it is not known. */
export interface Progress {
  readonly type: "progress";
  readonly id: string;
  readonly phase: Phase;
  readonly loaded: number;
  readonly total: number;
}

/** An engine could not serve this request; the next one in the list takes over, unasked. */
export interface Fallback {
  readonly type: "fallback";
  readonly id: string;
  readonly engine: string;
  readonly device: Device;
  readonly code: string;
  readonly reason: string;
}

/** The next piece of the answer's text. */
export interface Chunk {
  readonly type: "chunk";
  readonly id: string;
  readonly delta: string;
}

/** The answer begins again on another engine. Text so far stays as an earlier version. */
export interface Restart {
  readonly type: "restart";
  readonly id: string;
  readonly reason: string;
}

/** The end of a request that went well. */
export interface Done {
  readonly type: "done";
  readonly id: string;
  readonly result: ChatResult | LoadResult | ModelsResult | EvictResult | CancelResult;
}

/** The end of a request that failed. `id` is "" where the request's own id could not be read. */
export interface Error {
  readonly type: "error";
  readonly id: string;
  readonly code: string;
  /** what happened and what to do next, for a person */
  readonly message: string;
  /** for whoever looks closer; may be "" */
  readonly detail: string;
}

/** What the page sends. */
export type PageMessage = Hello | Load | Chat | Cancel | Models | Evict;

/** What the worker sends. */
export type WorkerMessage = Ready | Progress | Fallback | Chunk | Restart | Done | Error;
