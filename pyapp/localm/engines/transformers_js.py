"""transformers.js: ONNX models on WebGPU or, where there is none, on the CPU. Always there.

One class, two entries in the list of engines: the device decides which runtime is fetched, and an
object loaded for one device does not match the other.
"""

import json
from typing import Any

from localm import interop
from localm.catalog import ModelRecord, OnnxBuild
from localm.engines.contract import (
    CancelToken,
    Completion,
    CompletionRequest,
    EmitText,
    ReportProgress,
)
from localm.probe import Probe
from localm.protocol import Device


class TransformersJs:
    """Drives @huggingface/transformers. The object it keeps is {tokenizer, model, device}."""

    id = "transformers.js"

    def __init__(self, device: Device, bridge_url: str, library_url: str, ort_url: str) -> None:
        self.device: Device = device
        self._bridge_url = bridge_url + "transformers_js.js"
        where = {"libraryUrl": library_url, "ortUrl": ort_url, "device": device}
        self._where_json = json.dumps(where)
        self._js_bridge: Any = None  # loaded when it is needed

    def supports(self, record: ModelRecord, probe: Probe) -> str:
        """Why it need not be tried: no build for this device, or no WebGPU where it wants that."""
        if record.onnx is None or self.device not in record.onnx.dtype:
            return f"{record.name} has no build for transformers.js on {self.device}."
        if self.device == "webgpu" and not probe.webgpu:
            return probe.reason
        return ""

    def matches(self, js_object: Any) -> bool:
        """A model that can generate, its tokenizer, and the device that it was loaded for."""
        if getattr(js_object, "device", None) != self.device:
            return False
        js_tokenizer = getattr(js_object, "tokenizer", None)
        js_model = getattr(js_object, "model", None)
        return interop.has_function(js_tokenizer, "apply_chat_template") and interop.has_function(
            js_model, "generate"
        )

    async def load(self, record: ModelRecord, report: ReportProgress, cancel: CancelToken) -> Any:
        """Fetch the files and the runtime, build the session, and try one token."""
        build = self._build_json(record)
        js_signal = interop.abort_controller(cancel).signal
        with interop.mapped_errors("load", cancel), interop.callback(report) as js_report:
            js_bridge = await self._bridge()
            return await js_bridge.load(self._where_json, build, js_report, js_signal)

    async def count_tokens(self, js_object: Any, text: str) -> int:
        """By the model's own tokenizer, without special tokens."""
        with interop.mapped_errors("generate"):
            return int(await (await self._bridge()).countTokens(js_object, text))

    async def generate(
        self, js_object: Any, request: CompletionRequest, emit: EmitText
    ) -> Completion:
        """Stream an answer. Nothing is kept from one turn to the next."""
        js_stop = interop.abort_controller(request.cancel)
        with interop.mapped_errors("generate"), interop.callback(emit) as js_emit:
            js_bridge = await self._bridge()
            given = interop.request_json(request)
            ended = await js_bridge.generate(js_object, given, js_emit, js_stop)
        return interop.completion(ended)

    def interrupt(self, js_object: Any) -> None:
        """End the answer under way after its current token."""
        if self._js_bridge is not None:
            self._js_bridge.interrupt(js_object)

    async def unload(self, js_object: Any) -> None:
        """Free the session's memory."""
        with interop.mapped_errors("load"):
            await (await self._bridge()).unload(js_object)

    async def cached(self, record: ModelRecord) -> bool:
        """Whether the files are in this browser, in whichever cache."""
        if record.onnx is None or self.device not in record.onnx.dtype:
            return False
        with interop.mapped_errors("load"):
            return bool(await (await self._bridge()).cached(self._build_json(record)))

    async def evict(self, record: ModelRecord) -> None:
        """Nothing to delete: this engine stores no file. The site's offline copy is not its own."""

    def _build_json(self, record: ModelRecord) -> str:
        """The fields as web/bridge/transformers_js.js names them."""
        build = _build_of(record)
        return json.dumps(
            {
                "filesUrl": build.files_url,
                "dtype": build.dtype[self.device],
                "contextWindow": record.context_window,
            }
        )

    async def _bridge(self) -> Any:
        self._js_bridge = self._js_bridge or await interop.import_module(self._bridge_url)
        return self._js_bridge


def _build_of(record: ModelRecord) -> OnnxBuild:
    if record.onnx is None:
        raise ValueError(f"{record.id} has no build for transformers.js")
    return record.onnx
