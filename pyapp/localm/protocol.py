"""Every message between the page and the worker, and nothing else.

Messages cross the border as JSON text. Each is a frozen dataclass; its `type` on the wire is the
class name in lower case. `build_scripts/protocol_types.py` turns this file, `records.py` and
`model_info.py` into `web/protocol.d.ts`, and a test fails when they differ.

Every id that the page sends ends in exactly one `done` or `error`.
"""

from dataclasses import dataclass
from typing import Literal, TypedDict

from localm.model_info import FoundBuild, ModelInfo
from localm.records import (
    Archive,
    Attachment,
    ChatMessage,
    ChatOptions,
    ChatResult,
    CountResult,
    Device,
)

PROTOCOL_VERSION = 3

ArchiveSource = Literal["localm", "chatgpt", "webllm-chat"]  # which app wrote a file
Phase = Literal[
    "starting-python",  # the worker boots
    "checking",  # what this computer can do, what is there already, what the hub has
    "waiting",  # another tab downloads this model; it is shared when it is there
    "downloading",  # weights and libraries, in bytes; comes every second, also when no byte does
    "verifying",  # stored files against their hashes, in bytes
    "loading",  # from storage into memory
    "compiling",  # shaders or the session
    "warming-up",  # the first, discarded token
]


class LoadResult(TypedDict):
    """Which engine holds the model now."""

    engine: str
    device: Device
    model: str
    load_s: float


class ModelsResult(TypedDict):
    """The catalogue, what was added to it, and what is stored of each."""

    models: list[ModelInfo]


class EvictResult(TypedDict):
    """The model whose files are gone from this browser."""

    model: str
    freed_bytes: float


class HubResult(TypedDict):
    """The hub that models are fetched from."""

    address: str  # as it was set, or the site's own default
    mirror: bool  # whether our own server holds models too: those are taken from there


class FindResult(TypedDict):
    """What the hub has under an id. What cannot run is explained."""

    repository: str
    revision: str  # the commit, pinned
    page_url: str
    builds: list[FoundBuild]
    explanation: str  # why there is no build that can run, in a sentence; "" when there is


class DownloadResult(TypedDict):
    """The model is in this browser now, whole and verified."""

    model: str
    stored_bytes: float


class VerifyResult(TypedDict):
    """Every stored file was hashed again; what was wrong has been fetched anew."""

    model: str
    files: int
    repaired: list[str]  # the names of files that were damaged or missing


class ImportResult(TypedDict):
    """The model that a folder of this computer has become."""

    model: str


class ImportFile(TypedDict):
    """One file of the folder, by its path below it."""

    path: str
    bytes: int


class RestoreResult(TypedDict):
    """What a file holds. Nothing has been stored yet."""

    archive: Archive
    source: ArchiveSource
    skipped: list[str]  # what was left out, how often and why, a sentence each


class CancelResult(TypedDict):
    """Whether the target was still under way."""

    cancelled: bool


Result = (
    ChatResult
    | LoadResult
    | ModelsResult
    | EvictResult
    | CancelResult
    | HubResult
    | FindResult
    | DownloadResult
    | VerifyResult
    | ImportResult
    | RestoreResult
    | CountResult
)


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
    hub: str  # the hub's address from the settings, as `Hub` takes it; "" is the site's default


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
class Count:
    """Count the tokens of a conversation, and of files about to be attached to its next prompt.

    Loads no model and waits for no answer. Ends in `done` with a CountResult.
    """

    id: str
    model: str
    messages: list[ChatMessage]  # may be empty, and may end with an answer or with a blank prompt
    attachments: list[Attachment]  # they go with the last message, when it is the user's
    options: ChatOptions


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the request `target`: a chat ends in `done` ("abort"), a load in `error` "cancelled"."""

    id: str
    target: str


@dataclass(frozen=True, slots=True)
class Models:
    """List the models. Ends in `done` with a ModelsResult."""

    id: str


@dataclass(frozen=True, slots=True)
class Evict:
    """Unload a model and delete its files from this browser. Ends in `done` with an EvictResult."""

    id: str
    model: str


@dataclass(frozen=True, slots=True)
class Hub:
    """Fetch from another hub from now on. Ends in `done` with a HubResult, or `bad-hub`.

    `address` is a URL, and behind it, after spaces, the other hosts that this hub sends files from;
    "" is the site's default.
    """

    id: str
    address: str


@dataclass(frozen=True, slots=True)
class Find:
    """Look up a repository by its id or URL. Ends in `done` with a FindResult."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Download:
    """Bring a model into this browser without loading it. Ends in `done` with a DownloadResult.

    What a cancelled or failed one has brought stays, and the next one goes on from there.
    """

    id: str
    model: str


@dataclass(frozen=True, slots=True)
class Verify:
    """Hash a model's stored files again and repair them. Ends in `done` with a VerifyResult."""

    id: str
    model: str


@dataclass(frozen=True, slots=True)
class Import:
    """Make a folder of this computer a model. Ends in `done` with an ImportResult.

    The files themselves come before, as the one message that is not JSON text:
    `{ticket, files: File[]}`, in the order of `files`.
    """

    id: str
    name: str
    ticket: str
    files: list[ImportFile]


@dataclass(frozen=True, slots=True)
class Restore:
    """Read a file of conversations. Ends in `done` with a RestoreResult, or `bad-archive` and kin.

    `text` is the whole file: an export of localm, or one of the apps in ArchiveSource.
    """

    id: str
    text: str


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
    download_bytes: float  # what the next engine must fetch first; 0 when nothing


@dataclass(frozen=True, slots=True)
class Chunk:
    """The next piece of the answer's text."""

    id: str
    delta: str


@dataclass(frozen=True, slots=True)
class Restart:
    """The answer begins again: on another engine, or because it was not the JSON asked for.

    Text so far stays as an earlier version.
    """

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a request that went well."""

    id: str
    result: Result


@dataclass(frozen=True, slots=True)
class Error:
    """The end of a request that failed. `id` is "" where the request's own id could not be read."""

    id: str
    code: str
    message: str  # what happened and what to do next, for a person
    detail: str  # for whoever looks closer; may be ""
    offer: str  # the id of a smaller model to try instead; ""


PageMessage = (
    Hello
    | Load
    | Chat
    | Count
    | Cancel
    | Models
    | Evict
    | Hub
    | Find
    | Download
    | Verify
    | Import
    | Restore
)
WorkerMessage = Ready | Progress | Fallback | Chunk | Restart | Done | Error
