"""What both engines do alike: hand JSON, a callback and a signal to their module in `web/bridge/`.

The module does what must stay on JavaScript's side: it pumps streams to their end, and it turns
whatever a library throws into an Error.
"""

import json
from abc import ABC, abstractmethod
from typing import Any

from localm import interop
from localm.advice import best_build
from localm.catalog import Build, Format, ModelRecord
from localm.engines.contract import (
    CancelToken,
    Completion,
    CompletionRequest,
    EmitText,
    ReportProgress,
)
from localm.errors import LoadFailed, UnsupportedModel, WebGpuUnavailable
from localm.manifest import Manifest
from localm.model_store import ModelStore
from localm.probe import Probe
from localm.records import ChatMessage, Device


class BridgedEngine(ABC):
    """An engine whose library is driven by a JavaScript module."""

    format: Format
    device: Device

    def __init__(self, bridge_url: str, library: str, store: ModelStore) -> None:
        self._bridge_url = bridge_url
        self._library = library  # what the bridge must know to load the library
        self._store = store
        self._js_bridge: Any = None  # loaded when it is needed

    @abstractmethod
    def files(self, record: ModelRecord, build: Build, manifest: Manifest) -> dict[str, Any]:
        """The build's files, as the bridge names them."""

    def build(self, record: ModelRecord, probe: Probe) -> Build | None:
        """Of those for this engine's device, the first that this computer can take."""
        return best_build(record, self.format, self.device, probe)

    async def load(
        self, record: ModelRecord, probe: Probe, report: ReportProgress, cancel: CancelToken
    ) -> Any:
        """Fetch what is missing, load, and try one token.

        A failure may come from a file that was damaged since it was verified: then it is fetched
        anew, and the load tried once more.
        """
        build = self._build(record, probe)
        manifest = await self._store.ensure(build, record, report, cancel)
        try:
            return await self._load(record, build, manifest, report, cancel)
        except LoadFailed as error:
            blameless = isinstance(error, WebGpuUnavailable | UnsupportedModel)
            if blameless or not await self._store.repair(build, record, report, cancel):
                raise
            return await self._load(record, build, manifest, report, cancel)

    async def count_tokens(self, js_object: Any, text: str) -> int:
        """By the model's own tokenizer, without special tokens."""
        with interop.mapped_errors("generate"):
            return int(await (await self._bridge()).countTokens(js_object, text))

    async def count_prompt(
        self, js_object: Any, messages: list[ChatMessage], reasoning: bool | None
    ) -> int:
        """By the model's own template and tokenizer."""
        given = json.dumps({"messages": messages, "reasoning": reasoning})
        with interop.mapped_errors("generate"):
            return int(await (await self._bridge()).countPrompt(js_object, given))

    async def generate(
        self, js_object: Any, request: CompletionRequest, emit: EmitText
    ) -> Completion:
        """Stream an answer."""
        js_stop = interop.abort_controller(request.cancel)
        with interop.mapped_errors("generate"), interop.callback(emit) as js_emit:
            js_bridge = await self._bridge()
            given = interop.request_json(request)
            ended = await js_bridge.generate(js_object, given, js_emit, js_stop)
        return interop.completion(ended)

    def interrupt(self, js_object: Any) -> None:
        """End the answer under way after its current token. The bridge keeps a flag of its own."""
        if self._js_bridge is not None:
            self._js_bridge.interrupt(js_object)

    async def unload(self, js_object: Any) -> None:
        """Free the memory."""
        with interop.mapped_errors("load"):
            await (await self._bridge()).unload(js_object)

    async def cached(self, record: ModelRecord, probe: Probe) -> bool:
        """Whether all files of the build are here."""
        build = self.build(record, probe)
        return build is not None and (await self._store.stock(build)).whole

    async def missing_bytes(self, record: ModelRecord, probe: Probe, cancel: CancelToken) -> float:
        """What a load would have to fetch."""
        build = self.build(record, probe)
        return await self._store.missing_bytes(build, record, cancel) if build else 0

    async def evict(self, record: ModelRecord) -> float:
        """Delete the files of all builds for this engine."""
        return await self._store.remove(one for one in record.builds if one.format == self.format)

    def _build(self, record: ModelRecord, probe: Probe) -> Build:
        build = self.build(record, probe)
        if build is None:
            raise LoadFailed(f"{record.id} has no build for {self._bridge_url}")
        return build

    async def _load(
        self,
        record: ModelRecord,
        build: Build,
        manifest: Manifest,
        report: ReportProgress,
        cancel: CancelToken,
    ) -> Any:
        js_signal = interop.abort_controller(cancel).signal
        with interop.mapped_errors("load", cancel), interop.callback(report) as js_report:
            js_bridge = await self._bridge()
            given = json.dumps(self.files(record, build, manifest))
            return await js_bridge.load(self._library, given, js_report, js_signal)

    async def _bridge(self) -> Any:
        self._js_bridge = self._js_bridge or await interop.import_module(self._bridge_url)
        return self._js_bridge
