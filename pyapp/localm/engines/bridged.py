"""What both engines do alike: hand JSON, a callback and a signal to their module in `web/bridge/`.

The module does what must stay on JavaScript's side: it pumps streams to their end, and it turns
whatever a library throws into an Error.
"""

import json
from abc import ABC, abstractmethod
from typing import Any

from localm import interop
from localm.catalog import ModelRecord
from localm.engines.contract import (
    CancelToken,
    Completion,
    CompletionRequest,
    EmitText,
    ReportProgress,
)


class BridgedEngine(ABC):
    """An engine whose library is driven by a JavaScript module."""

    def __init__(self, bridge_url: str, library: str) -> None:
        self._bridge_url = bridge_url
        self._library = library  # what the bridge must know to load the library
        self._js_bridge: Any = None  # loaded when it is needed

    @abstractmethod
    def build(self, record: ModelRecord) -> dict[str, Any] | None:
        """The record's files for this engine, as the bridge names them; None without any."""

    async def load(self, record: ModelRecord, report: ReportProgress, cancel: CancelToken) -> Any:
        """Fetch what is missing, load, and try one token."""
        js_signal = interop.abort_controller(cancel).signal
        with interop.mapped_errors("load", cancel), interop.callback(report) as js_report:
            js_bridge = await self._bridge()
            return await js_bridge.load(self._library, self._json(record), js_report, js_signal)

    async def count_tokens(self, js_object: Any, text: str) -> int:
        """By the model's own tokenizer, without special tokens."""
        with interop.mapped_errors("generate"):
            return int(await (await self._bridge()).countTokens(js_object, text))

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

    async def cached(self, record: ModelRecord) -> bool:
        """Whether all files are in this browser, in whichever cache."""
        if self.build(record) is None:
            return False
        with interop.mapped_errors("load"):
            return bool(await (await self._bridge()).cached(self._json(record)))

    async def evict(self, record: ModelRecord) -> None:
        """Delete the files that this engine stored."""
        if self.build(record) is None:
            return
        with interop.mapped_errors("load"):
            await (await self._bridge()).evict(self._json(record))

    def _json(self, record: ModelRecord) -> str:
        return json.dumps(self.build(record))

    async def _bridge(self) -> Any:
        self._js_bridge = self._js_bridge or await interop.import_module(self._bridge_url)
        return self._js_bridge
