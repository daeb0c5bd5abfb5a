"""transformers.js: ONNX models on WebGPU or, where there is none, on the CPU. Always there.

One class, two entries in the list of engines: the device decides which runtime is fetched, and an
object loaded for one device does not match the other. Nothing is kept from one turn to the next.
"""

import json
from typing import Any

from localm import interop
from localm.catalog import ModelRecord
from localm.engines.bridged import BridgedEngine
from localm.probe import Probe
from localm.protocol import Device


class TransformersJs(BridgedEngine):
    """Drives @huggingface/transformers. The object it keeps is {tokenizer, model, device}."""

    id = "transformers.js"

    def __init__(self, device: Device, bridge_url: str, library_url: str, ort_url: str) -> None:
        where = {"libraryUrl": library_url, "ortUrl": ort_url, "device": device}
        super().__init__(bridge_url + "transformers_js.js", json.dumps(where))
        self.device: Device = device

    def supports(self, record: ModelRecord, probe: Probe) -> str:
        """Why it need not be tried: no build for this device, or no WebGPU where it wants that."""
        if self.build(record) is None:
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

    def build(self, record: ModelRecord) -> dict[str, Any] | None:
        """`Build` in web/bridge/transformers_js.js."""
        if record.onnx is None or self.device not in record.onnx.dtype:
            return None
        return {
            "filesUrl": record.onnx.files_url,
            "dtype": record.onnx.dtype[self.device],
            "contextWindow": record.context_window,
        }

    async def evict(self, record: ModelRecord) -> None:
        """Nothing to delete: this engine stores no file. The site's offline copy is not its own."""
