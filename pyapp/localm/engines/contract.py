"""The seam for engines: what an engine is given, what it gives back, and what it must provide.

An engine is one Python file and one line in an ordered list; the order is the order of fall-back.
Routing never asks which engine loaded a model: it asks each engine whether it `matches` the object
that the model cache holds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from localm.catalog import Build, ModelRecord
from localm.probe import Probe
from localm.protocol import Phase
from localm.records import ChatMessage, Device, FinishReason

ReportProgress = Callable[[Phase, float, float], None]  # phase, loaded, total (0: not known)
EmitText = Callable[[str], None]  # one piece of new text


class CancelToken:
    """One request's wish to stop. It stays raised, so whoever looks later still sees it."""

    def __init__(self) -> None:
        self.requested = False
        self._callbacks: list[Callable[[], None]] = []

    def request(self) -> None:
        """Raise the wish and tell whoever waits for it, once."""
        if self.requested:
            return
        self.requested = True
        for callback in self._callbacks:
            callback()

    def when_requested(self, callback: Callable[[], None]) -> None:
        """Call back when the wish is raised; at once if it already is."""
        if self.requested:
            callback()
        else:
            self._callbacks.append(callback)


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """What an engine is asked for. The messages already fit the context window."""

    messages: list[ChatMessage]  # plain: without attachments
    temperature: float  # 0 is greedy
    top_p: float
    max_tokens: int
    seed: int | None
    top_k: int | None = None  # an engine that has no such thing leaves it out
    presence_penalty: float = 0  # both over the tokens of this answer alone
    frequency_penalty: float = 0
    reasoning: bool | None = None  # None: as the model does by itself
    grammar: str | None = None  # a JSON schema; an engine without grammars leaves it out
    cancel: CancelToken = field(default_factory=CancelToken)


@dataclass(frozen=True, slots=True)
class Completion:
    """How an engine's stream ended; the text went out through `emit`."""

    finish_reason: FinishReason
    prompt_tokens: int
    completion_tokens: int


class Engine(Protocol):
    """Loads one model and streams completions. JavaScript objects are opaque outside of it."""

    id: str  # "webllm", "transformers.js"
    device: Device

    def supports(self, record: ModelRecord, probe: Probe) -> str:
        """Why this engine need not be tried for this record on this computer; "" when it should."""

    def matches(self, js_object: Any) -> bool:
        """Whether this engine made the object, judged by its shape alone."""

    def build(self, record: ModelRecord, probe: Probe) -> Build | None:
        """The record's build that this engine would run on this computer; None without any."""

    async def load(
        self, record: ModelRecord, probe: Probe, report: ReportProgress, cancel: CancelToken
    ) -> Any:
        """Fetch what is missing, load, briefly validate; returns the JavaScript object to keep.

        Raises Cancelled when the token was raised, else an EngineError. Leaves nothing behind in
        memory, and no broken file in a cache, when it fails.
        """

    async def count_tokens(self, js_object: Any, text: str) -> int:
        """The number of tokens of `text`, without any template around it."""

    async def count_prompt(
        self, js_object: Any, messages: list[ChatMessage], reasoning: bool | None
    ) -> int:
        """The number of tokens of a whole prompt, in the model's template; the last is the user's.

        Also while an answer is generated, which it neither waits for nor disturbs.
        """

    async def generate(
        self, js_object: Any, request: CompletionRequest, emit: EmitText
    ) -> Completion:
        """Stream a completion: `emit` is called with each new piece of text, in order.

        A raised cancel token ends it within a token, with finish_reason "abort".
        Raises PromptTooLong or an EngineError; never leaves a lock or a stream behind.
        """

    def interrupt(self, js_object: Any) -> None:
        """Ask a running `generate` to end after the current token. Safe at any time."""

    async def unload(self, js_object: Any) -> None:
        """Free the model's memory. The object is not used again. Never raises for a lost device."""

    async def cached(self, record: ModelRecord, probe: Probe) -> bool:
        """Whether all files of the build are in this browser; the network is not asked."""

    async def missing_bytes(self, record: ModelRecord, probe: Probe, cancel: CancelToken) -> float:
        """What `load` would have to fetch; 0 also where nobody can tell."""

    async def evict(self, record: ModelRecord) -> float:
        """Delete the record's files for this engine from this browser; the bytes freed."""
