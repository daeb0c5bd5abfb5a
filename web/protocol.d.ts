// Generated from pyapp/localm/protocol.py by build_scripts/protocol_types.py.

export type PROTOCOL_VERSION = 2;

export type Role = "system" | "user" | "assistant";

export type Device = "webgpu" | "wasm";

export type FinishReason = "stop" | "length" | "tool_calls" | "abort";

export type MessageState = "complete" | "streaming" | "interrupted";

export type ArchiveFormat = "localm";

export type ArchiveSource = "localm" | "chatgpt" | "webllm-chat";

export type Origin = "site" | "catalogue" | "hub" | "files";

export type ModelState = "available" | "partial" | "stored";

export type Phase =
  | "starting-python"
  | "checking"
  | "waiting"
  | "downloading"
  | "verifying"
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

/** A text file that goes with a prompt. */
export interface Attachment {
  readonly name: string;
  readonly text: string;
}

/** One message of a kept conversation. The messages of a conversation are a tree: each follows its `parent`, and those with the same parent are versions of one another (a prompt edited, an answer asked for again). */
export interface MessageRecord {
  readonly id: string;
  /** "" for a first one */
  readonly parent: string;
  readonly role: Role;
  /** as it was written, byte for byte; without the attachments */
  readonly content: string;
  readonly attachments: readonly Attachment[];
  /** since 1970 */
  readonly created_ms: number;
  readonly state: MessageState;
  /** of an answer: the model's name as shown; "" */
  readonly author: string;
  /** of an answer that has ended: its figures */
  readonly result: ChatResult | null;
}

/** A kept conversation without its messages. */
export interface ConversationRecord {
  readonly id: string;
  readonly title: string;
  /** by the person; else it is the beginning of the first prompt */
  readonly title_is_edited: boolean;
  /** since 1970 */
  readonly created_ms: number;
  /** when a message was last added */
  readonly updated_ms: number;
  readonly pinned: boolean;
  /** the message shown last: the way from it to the root is the conversation shown */
  readonly leaf: string;
  /** the model id chosen last; "" for the app's own choice */
  readonly model: string;
  /** the system prompt; "" for none */
  readonly system: string;
  readonly options: ChatOptions;
}

/** A conversation with all of its messages, parents before children. */
export interface ArchivedConversation {
  readonly conversation: ConversationRecord;
  readonly messages: readonly MessageRecord[];
}

/** A system prompt with a name. */
export interface Preset {
  readonly name: string;
  readonly text: string;
}

/** The file that Export writes and Import reads: docs/export-format.md. */
export interface Archive {
  readonly format: ArchiveFormat;
  /** of this schema; a newer one is refused */
  readonly version: number;
  /** since 1970 */
  readonly exported_ms: number;
  readonly conversations: readonly ArchivedConversation[];
  readonly presets: readonly Preset[];
}

/** Which engine holds the model now. */
export interface LoadResult {
  readonly engine: string;
  readonly device: Device;
  readonly model: string;
  readonly load_s: number;
}

/** One rung of a model's ladder: one engine on one device, and the files that it needs. */
export interface BuildInfo {
  readonly engine: string;
  readonly device: Device;
  /** "q4f16_1" (MLC), "q8" (ONNX) */
  readonly dtype: string;
  /** 0: not known */
  readonly memory_mb: number;
  /** of all files; 0 until the hub has been asked */
  readonly download_bytes: number;
  /** of these, in this browser */
  readonly stored_bytes: number;
  /** why it is not tried on this computer, in a sentence; "" when it is */
  readonly reason: string;
}

/** What the page may show of one model record. */
export interface ModelInfo {
  readonly id: string;
  readonly name: string;
  /** 0: not known */
  readonly parameters: number;
  /** "" where the hub did not say */
  readonly license: string;
  /** where the model is described, on the hub; "" for one without such a page */
  readonly page_url: string;
  readonly context_window: number;
  readonly origin: Origin;
  /** comes with the site: no download from elsewhere */
  readonly embedded: boolean;
  readonly loaded: boolean;
  readonly state: ModelState;
  /** in the order of fall-back */
  readonly builds: readonly BuildInfo[];
  /** of the first rung that this computer can take; 0: not known */
  readonly memory_mb: number;
  /** likewise; from the hub, or estimated */
  readonly download_bytes: number;
  readonly download_is_estimated: boolean;
  /** all of it in this browser, half-done downloads too */
  readonly stored_bytes: number;
  /** why this computer cannot run it, in a sentence; "" when it can */
  readonly unfit: string;
  /** the one to try first on this computer */
  readonly recommended: boolean;
}

/** The catalogue, what was added to it, and what is stored of each. */
export interface ModelsResult {
  readonly models: readonly ModelInfo[];
}

/** The model whose files are gone from this browser. */
export interface EvictResult {
  readonly model: string;
  readonly freed_bytes: number;
}

/** The hub that models are fetched from. */
export interface HubResult {
  /** as it was set, or the site's own default */
  readonly address: string;
  /** whether our own server holds models too: those are taken from there */
  readonly mirror: boolean;
}

/** A build that a repository on the hub holds. `model` is its id in further messages. */
export interface FoundBuild {
  readonly model: string;
  readonly engine: string;
  readonly dtype: string;
  readonly download_bytes: number;
  /** why it cannot run here, in a sentence; "" when it can */
  readonly reason: string;
}

/** What the hub has under an id. What cannot run is explained. */
export interface FindResult {
  readonly repository: string;
  /** the commit, pinned */
  readonly revision: string;
  readonly page_url: string;
  readonly builds: readonly FoundBuild[];
  /** why there is no build that can run, in a sentence; "" when there is */
  readonly explanation: string;
}

/** The model is in this browser now, whole and verified. */
export interface DownloadResult {
  readonly model: string;
  readonly stored_bytes: number;
}

/** Every stored file was hashed again; what was wrong has been fetched anew. */
export interface VerifyResult {
  readonly model: string;
  readonly files: number;
  /** the names of files that were damaged or missing */
  readonly repaired: readonly string[];
}

/** The model that a folder of this computer has become. */
export interface ImportResult {
  readonly model: string;
}

/** One file of the folder, by its path below it. */
export interface ImportFile {
  readonly path: string;
  readonly bytes: number;
}

/** What a file holds. Nothing has been stored yet. */
export interface RestoreResult {
  readonly archive: Archive;
  readonly source: ArchiveSource;
  /** what was left out, how often and why, a sentence each */
  readonly skipped: readonly string[];
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
  /** the hub's address from the settings, as `Hub` takes it; "" is the site's default */
  readonly hub: string;
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

/** List the models. Ends in `done` with a ModelsResult. */
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

/** Fetch from another hub from now on. Ends in `done` with a HubResult, or `bad-hub`. `address` is a URL, and behind it, after spaces, the other hosts that this hub sends files from; "" is the site's default. */
export interface Hub {
  readonly type: "hub";
  readonly id: string;
  readonly address: string;
}

/** Look up a repository by its id or URL. Ends in `done` with a FindResult. */
export interface Find {
  readonly type: "find";
  readonly id: string;
  readonly text: string;
}

/** Bring a model into this browser without loading it. Ends in `done` with a DownloadResult. What a cancelled or failed one has brought stays, and the next one goes on from there. */
export interface Download {
  readonly type: "download";
  readonly id: string;
  readonly model: string;
}

/** Hash a model's stored files again and repair them. Ends in `done` with a VerifyResult. */
export interface Verify {
  readonly type: "verify";
  readonly id: string;
  readonly model: string;
}

/** Make a folder of this computer a model. Ends in `done` with an ImportResult. The files themselves come before, as the one message that is not JSON text: `{ticket, files: File[]}`, in the order of `files`. */
export interface Import {
  readonly type: "import";
  readonly id: string;
  readonly name: string;
  readonly ticket: string;
  readonly files: readonly ImportFile[];
}

/** Read a file of conversations. Ends in `done` with a RestoreResult, or `bad-archive` and kin. `text` is the whole file: an export of localm, or one of the apps in ArchiveSource. */
export interface Restore {
  readonly type: "restore";
  readonly id: string;
  readonly text: string;
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
  /** what the next engine must fetch first; 0 when nothing */
  readonly download_bytes: number;
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
  readonly result: Result;
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
  /** the id of a smaller model to try instead; "" */
  readonly offer: string;
}

/** How a request that went well ends. */
export type Result =
  | ChatResult
  | LoadResult
  | ModelsResult
  | EvictResult
  | CancelResult
  | HubResult
  | FindResult
  | DownloadResult
  | VerifyResult
  | ImportResult
  | RestoreResult;

/** What the page sends. */
export type PageMessage =
  | Hello
  | Load
  | Chat
  | Cancel
  | Models
  | Evict
  | Hub
  | Find
  | Download
  | Verify
  | Import
  | Restore;

/** What the worker sends. */
export type WorkerMessage = Ready | Progress | Fallback | Chunk | Restart | Done | Error;
