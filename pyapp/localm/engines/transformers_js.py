"""transformers.js: ONNX models on WebGPU or, where there is none, on the CPU. Always there.

One class, two entries in the list of engines: the device decides which runtime is fetched, and an
object loaded for one device does not match the other. Nothing is kept from one turn to the next.
"""

import json
from typing import Any

from localm import interop
from localm.advice import lack
from localm.catalog import Build, Format, ModelRecord
from localm.engines.bridged import BridgedEngine
from localm.manifest import Manifest
from localm.model_store import ModelStore
from localm.probe import Probe
from localm.records import Device


class TransformersJs(BridgedEngine):
    """Drives @huggingface/transformers. The object it keeps is {tokenizer, model, device}."""

    id = "transformers.js"
    format: Format = "onnx"

    def __init__(
        self, device: Device, bridge_url: str, library_url: str, ort_url: str, store: ModelStore
    ) -> None:
        where = {"libraryUrl": library_url, "ortUrl": ort_url, "device": device}
        super().__init__(bridge_url + "transformers_js.js", json.dumps(where), store)
        self.device: Device = device

    def supports(self, record: ModelRecord, probe: Probe) -> str:
        """Why it need not be tried: no build for this device, or less of a GPU than it needs."""
        build = self.build(record, probe)
        if build is None:
            where = "the GPU" if self.device == "webgpu" else "the CPU"
            return f"{record.name} has no build for transformers.js on {where}."
        return lack(build, self.device, probe)

    def matches(self, js_object: Any) -> bool:
        """A model that can generate, its tokenizer, and the device that it was loaded for."""
        if getattr(js_object, "device", None) != self.device:
            return False
        js_tokenizer = getattr(js_object, "tokenizer", None)
        js_model = getattr(js_object, "model", None)
        return interop.has_function(js_tokenizer, "apply_chat_template") and interop.has_function(
            js_model, "generate"
        )

    def files(self, record: ModelRecord, build: Build, manifest: Manifest) -> dict[str, Any]:
        """`Build` in web/bridge/transformers_js.js."""
        return {
            "filesUrl": manifest.folder,
            "dtype": build.dtype,
            "contextWindow": record.context_window,
            "bytes": manifest.total_bytes,
        }
