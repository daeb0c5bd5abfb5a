"""A scripted engine, and a page that talks to a worker made of such engines.

The fake behaves as badly as the real ones: it stops only when `interrupt` is called, and it loses
an interrupt that comes before the first text. It counts what is in memory.
"""

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from localm.catalog import Build, ModelRecord
from localm.engines.contract import (
    CancelToken,
    Completion,
    CompletionRequest,
    EmitText,
    ReportProgress,
)
from localm.errors import Cancelled
from localm.hub import Hub
from localm.model_store import ModelStore
from localm.probe import Probe
from localm.protocol import PROTOCOL_VERSION
from localm.records import ChatMessage, Device
from localm.session import Session
from localm.worker import Worker
from tests.unit.fake_files import BASE, FakeFiles

Script = list[str | Exception | asyncio.Event | Completion]
ANSWER: Script = ["Hello", " world"]
FAKE_TEMPLATE = 3  # tokens around a message


@dataclass(eq=False)
class FakeObject:
    """What a fake engine loads. Its shape is the engine that made it."""

    made_by: str
    model: str
    unloaded: bool = False


@dataclass(eq=False)
class Memory:
    """Every object that any engine holds."""

    held: list[FakeObject] = field(default_factory=list)
    most: int = 0

    def add(self, js_object: FakeObject) -> None:
        """An object comes in."""
        self.held.append(js_object)
        self.most = max(self.most, len(self.held))

    def remove(self, js_object: FakeObject) -> None:
        """An object goes out."""
        js_object.unloaded = True
        self.held.remove(js_object)


@dataclass(eq=False)
class FakeEngine:
    """Loads and streams what its scripts say; without a script it answers "Hello world"."""

    id: str = "webllm"
    device: Device = "webgpu"
    memory: Memory = field(default_factory=Memory)
    refuses: str = ""
    missing: float = 0  # what a load would have to fetch
    store: ModelStore | None = None
    load_gates: deque[asyncio.Event] = field(default_factory=deque)  # each holds one load back
    load_errors: deque[Exception | None] = field(default_factory=deque)
    scripts: deque[Script] = field(default_factory=deque)
    unload_error: Exception | None = None
    deaf: bool = False  # finishes a load although it was aborted
    tokens_per_char: int = 1
    calls: list[str] = field(default_factory=list)
    requests: list[CompletionRequest] = field(default_factory=list)
    streaming: bool = False
    interrupted: bool = False

    def supports(self, record: ModelRecord, probe: Probe) -> str:
        """As scripted; the WebGPU one needs WebGPU."""
        if self.device == "webgpu" and not probe.webgpu:
            return probe.reason
        return self.refuses

    def matches(self, js_object: Any) -> bool:
        """By shape."""
        return bool(js_object.made_by == f"{self.id} {self.device}")

    def build(self, record: ModelRecord, probe: Probe) -> Build | None:
        """The record's first for this device."""
        return next((one for one in record.builds if self.device in one.devices), None)

    async def load(
        self, record: ModelRecord, probe: Probe, report: ReportProgress, cancel: CancelToken
    ) -> Any:
        """One load, by the scripts."""
        self.calls.append(f"load {record.id}")
        report("loading", 0, 1)
        if self.load_gates:
            await opened(self.load_gates.popleft(), None if self.deaf else cancel)
        else:
            await asyncio.sleep(0)
        if cancel.requested and not self.deaf:
            self.calls.append("load aborted")
            raise Cancelled
        error = self.load_errors.popleft() if self.load_errors else None
        if error is not None:
            raise error
        report("loading", 1, 1)
        js_object = FakeObject(f"{self.id} {self.device}", record.id)
        self.memory.add(js_object)
        return js_object

    async def count_tokens(self, js_object: Any, text: str) -> int:
        """A token for each character."""
        assert not js_object.unloaded
        await asyncio.sleep(0)
        return len(text) * self.tokens_per_char

    async def count_prompt(
        self, js_object: Any, messages: list[ChatMessage], reasoning: bool | None
    ) -> int:
        """The contents, and a template around each."""
        assert not js_object.unloaded
        self.calls.append("count prompt")
        return sum(len(one["content"]) + FAKE_TEMPLATE for one in messages)

    async def generate(
        self, js_object: Any, request: CompletionRequest, emit: EmitText
    ) -> Completion:
        """One script."""
        assert not js_object.unloaded
        assert not self.streaming
        self.requests.append(request)
        self.calls.append("generate")
        script = self.scripts.popleft() if self.scripts else list(ANSWER)
        self.interrupted = False
        try:
            return await self._play(js_object, script, emit)
        finally:
            self.streaming = False

    async def _play(self, js_object: Any, script: Script, emit: EmitText) -> Completion:
        tokens = 0
        for step in script:
            await asyncio.sleep(0)
            assert not js_object.unloaded
            if self.interrupted:
                return Completion("abort", 5, tokens)
            match step:
                case str():
                    self.streaming, tokens = True, tokens + 1
                    emit(step)
                case asyncio.Event():
                    await step.wait()
                case Completion():
                    return step
                case Exception():
                    raise step
        return Completion("abort" if self.interrupted else "stop", 5, tokens)

    def interrupt(self, js_object: Any) -> None:
        """Lost when nothing streams yet, as in WebLLM."""
        assert not js_object.unloaded
        self.calls.append("interrupt")
        self.interrupted = self.streaming

    async def unload(self, js_object: Any) -> None:
        """Out of memory."""
        self.calls.append(f"unload {js_object.model}")
        await asyncio.sleep(0)
        self.memory.remove(js_object)
        if self.unload_error:
            raise self.unload_error

    async def cached(self, record: ModelRecord, probe: Probe) -> bool:
        """When nothing is missing."""
        return not self.missing

    async def missing_bytes(self, record: ModelRecord, probe: Probe, cancel: CancelToken) -> float:
        """As scripted."""
        return self.missing

    async def evict(self, record: ModelRecord) -> float:
        """Noted."""
        self.calls.append(f"evict {record.id}")
        return await self.store.remove(record.builds) if self.store else 0


async def opened(gate: asyncio.Event, cancel: CancelToken | None) -> None:
    """Until the gate is open, or the token is raised."""
    if cancel is not None:
        cancel.when_requested(gate.set)
    await gate.wait()


def record(id: str = "guide", context_window: int = 1024) -> ModelRecord:
    """A model record without builds: the fake engines need none."""
    return ModelRecord(
        id=id,
        name=id.title(),
        parameters=1,
        license="Apache-2.0",
        context_window=context_window,
        origin="site",
        default_max_tokens=64,
    )


async def webgpu() -> Probe:
    """A look that finds WebGPU."""
    return Probe(webgpu=True, adapter="fake", features=("shader-f16",), max_buffer_bytes=1)


def two_engines() -> tuple[FakeEngine, FakeEngine]:
    """In the order of fall-back, with one memory."""
    memory = Memory()
    return FakeEngine(memory=memory), FakeEngine("transformers.js", "wasm", memory)


def a_session(
    engines: Sequence[FakeEngine], records: Sequence[ModelRecord], look: Any = webgpu
) -> Session:
    """A session over engines that need no files."""
    return Session(engines, records, look, a_store(FakeFiles()))


def a_store(files: FakeFiles) -> ModelStore:
    """A store over files in memory."""
    return ModelStore(files, Hub(files, BASE))


class FakePage:
    """Posts messages to a worker and keeps what comes back."""

    def __init__(
        self,
        engines: Sequence[FakeEngine],
        records: Sequence[ModelRecord] = (record(), record("other")),
        look: Any = webgpu,
        greet: bool = True,
        files: FakeFiles | None = None,
    ) -> None:
        self.posted: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self.files = files or FakeFiles()
        store = a_store(self.files)
        for engine in engines:
            engine.store = store
        self.worker = Worker(engines, records, look, self._receive, store)
        if greet:
            self.send("hello", version=PROTOCOL_VERSION, hub="")

    def send(self, type: str, **fields: Any) -> None:
        """Any message."""
        self.worker.handle(json.dumps({"type": type, **fields}))

    def chat(self, id: str, text: str = "Hi", model: str = "guide", **options: Any) -> None:
        """One question."""
        messages = [{"role": "user", "content": text}]
        self.send("chat", id=id, model=model, messages=messages, options=options)

    def load(self, id: str, model: str = "guide") -> None:
        """A load without a question."""
        self.send("load", id=id, model=model)

    def cancel(self, target: str) -> None:
        """Stop a request."""
        self.send("cancel", id=f"cancel {target} {len(self.posted)}", target=target)

    def of(self, id: str, *types: str) -> list[dict[str, Any]]:
        """What has come for a request, of these types or of all."""
        return [one for one in self.posted if one.get("id") == id and type_is(one, types)]

    def text(self, id: str) -> str:
        """The answer that stands: what came after the last restart."""
        text = ""
        for one in self.of(id, "chunk", "restart"):
            text = text + one["delta"] if one["type"] == "chunk" else ""
        return text

    def ends(self, id: str) -> list[dict[str, Any]]:
        """The `done` or `error` of a request."""
        return self.of(id, "done", "error")

    async def until(self, id: str, *types: str) -> dict[str, Any]:
        """The first message of these types for a request."""
        async with asyncio.timeout(5):
            while not self.of(id, *types):
                self._news.clear()
                await self._news.wait()
        return self.of(id, *types)[0]

    async def end(self, id: str) -> dict[str, Any]:
        """The request's only end."""
        end = await self.until(id, "done", "error")
        assert self.ends(id) == [end]
        return end

    async def result(self, id: str) -> dict[str, Any]:
        """The result of a request that went well."""
        end = await self.end(id)
        assert end["type"] == "done", end
        return dict(end["result"])

    async def error(self, id: str) -> dict[str, Any]:
        """The error of one that did not."""
        end = await self.end(id)
        assert end["type"] == "error", end
        return end

    def _receive(self, text: str) -> None:
        self.posted.append(json.loads(text))
        self._news.set()


def type_is(message: dict[str, Any], types: tuple[str, ...]) -> bool:
    """Whether a message is of one of these types; of any, when none is named."""
    return not types or message["type"] in types


async def settle(turns: int = 50) -> None:
    """Let everything that can run do so."""
    for _ in range(turns):
        await asyncio.sleep(0)


async def no_task_is_left() -> None:
    """Only the test itself still runs."""
    await settle()
    left = asyncio.all_tasks() - {asyncio.current_task()}
    assert not left, left
