"""Every message between the page and the worker, and nothing else.

Messages cross the border as JSON text. Each is a frozen dataclass; its `type` on the wire is the
class name in lower case. `build_scripts/protocol_types.py` turns this file into
`web/protocol.d.ts`, and a test fails when the two differ.

Every id that the page sends ends in exactly one `done` or `error`.
"""

from dataclasses import dataclass
from typing import Literal, TypedDict

PROTOCOL_VERSION = 1

Role = Literal["system", "user", "assistant"]
Device = Literal["webgpu", "wasm"]
FinishReason = Literal["stop", "length", "tool_calls", "abort"]
Phase = Literal[
    "starting-python",  # the worker boots
    "checking",  # what this computer can do, what is there already
    "downloading",  # weights and libraries; loaded and total in bytes where they are known
    "loading",  # from storage into memory
    "compiling",  # shaders or the session
    "warming-up",  # the first, discarded token
]


class ChatMessage(TypedDict):
    """One turn of a conversation, as in the OpenAI API."""

    role: Role
    content: str


class ChatOptions(TypedDict, total=False):
    """How to sample. What is absent is the model record's default. None of it reloads a model."""

    temperature: float  # 0 is greedy
    top_p: float  # in (0, 1]
    max_tokens: int
    seed: int


class Usage(TypedDict):
    """Counts of tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Timings(TypedDict):
    """Measured in the worker around the engine that answered."""

    ttft_s: float  # from the request to its first text; 0 when there was none
    decode_tokens_per_s: float  # after the first token; 0 when there was only one


class ChatResult(TypedDict):
    """How a chat ended. Its text has gone out as chunks."""

    finish_reason: FinishReason
    usage: Usage
    timings: Timings
    engine: str
    device: Device | None  # null when stopped before any engine was ready
    model: str
    dropped_messages: int  # oldest turns left out because the context window was full


class LoadResult(TypedDict):
    """Which engine holds the model now."""

    engine: str
    device: Device
    model: str
    load_s: float


class ModelInfo(TypedDict):
    """What the page may show of one model record."""

    id: str
    name: str
    parameters: int
    license: str
    context_window: int
    embedded: bool  # comes with the site: no download from elsewhere
    loaded: bool


class ModelsResult(TypedDict):
    """The catalogue."""

    models: list[ModelInfo]


class EvictResult(TypedDict):
    """The model whose files are gone from this browser."""

    model: str


class CancelResult(TypedDict):
    """Whether the target was still under way."""

    cancelled: bool


class ProbeInfo(TypedDict):
    """What the advisory probe saw of WebGPU; null in `ready` until the first load."""

    webgpu: bool
    adapter: str  # vendor and architecture, or ""
    features: list[str]
    max_buffer_bytes: int
    reason: str  # why WebGPU is not usable, in a sentence; "" when it is


# --- page -> worker ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message. The worker answers `ready`, or `error` with code version-mismatch."""

    version: int


@dataclass(frozen=True, slots=True)
class Load:
    """Load a model into memory without asking it anything. Ends in `done` with a LoadResult."""

    id: str
    model: str


@dataclass(frozen=True, slots=True)
class Chat:
    """Answer the last message. Ends in `done` with a ChatResult."""

    id: str
    model: str
    messages: list[ChatMessage]
    options: ChatOptions


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the request `target`: a chat ends in `done` ("abort"), a load in `error` "cancelled"."""

    id: str
    target: str


@dataclass(frozen=True, slots=True)
class Models:
    """List the catalogue. Ends in `done` with a ModelsResult."""

    id: str


@dataclass(frozen=True, slots=True)
class Evict:
    """Unload a model and delete its files from this browser. Ends in `done` with an EvictResult."""

    id: str
    model: str


# --- worker -> page ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker can take requests. `engines` is the order of fall-back."""

    version: int
    engines: list[str]
    probe: ProbeInfo | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come. `total` is 0 when it is not known."""

    id: str
    phase: Phase
    loaded: float
    total: float


@dataclass(frozen=True, slots=True)
class Fallback:
    """An engine could not serve this request; the next one in the list takes over, unasked."""

    id: str
    engine: str
    device: Device
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """The next piece of the answer's text."""

    id: str
    delta: str


@dataclass(frozen=True, slots=True)
class Restart:
    """The answer begins again on another engine. Text so far stays as an earlier version."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a request that went well."""

    id: str
    result: ChatResult | LoadResult | ModelsResult | EvictResult | CancelResult


@dataclass(frozen=True, slots=True)
class Error:
    """The end of a request that failed. `id` is "" where the request's own id could not be read."""

    id: str
    code: str
    message: str  # what happened and what to do next, for a person
    detail: str  # for whoever looks closer; may be ""


PageMessage = Hello | Load | Chat | Cancel | Models | Evict
WorkerMessage = Ready | Progress | Fallback | Chunk | Restart | Done | Error
