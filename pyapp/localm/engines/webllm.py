"""WebLLM: compiled models on WebGPU. The first choice.

The KV cache is used again where a conversation only grew. Files are in WebLLM's own caches before
it looks.
"""

from typing import Any

from localm import interop
from localm.advice import gpu_lack
from localm.catalog import Build, Format, ModelRecord
from localm.engines.bridged import BridgedEngine
from localm.manifest import Manifest
from localm.model_store import ModelStore
from localm.probe import Probe
from localm.records import Device


class WebLlm(BridgedEngine):
    """Drives @mlc-ai/web-llm. The object it keeps is WebLLM's own MLCEngine."""

    id = "webllm"
    format: Format = "mlc"
    device: Device = "webgpu"

    def __init__(self, bridge_url: str, library_url: str, store: ModelStore) -> None:
        super().__init__(bridge_url + "webllm.js", library_url, store)

    def supports(self, record: ModelRecord, probe: Probe) -> str:
        """Why it need not be tried: no build, no WebGPU, or less of a GPU than it needs."""
        build = self.build(record, probe)
        if build is None:
            return f"{record.name} has no build for WebLLM."
        return gpu_lack(build, probe)

    def matches(self, js_object: Any) -> bool:
        """An MLCEngine has a chat interface, and an interrupt of its own."""
        has_chat = getattr(js_object, "chat", None) is not None
        return has_chat and interop.has_function(js_object, "interruptGenerate")

    def files(self, record: ModelRecord, build: Build, manifest: Manifest) -> dict[str, Any]:
        """`Build` in web/bridge/webllm.js."""
        library = next(one for one in manifest.files if one.cache == "webllm/wasm")
        return {
            "modelId": build.key,
            "weightsUrl": manifest.folder,
            "libraryUrl": library.key,
            "needsF16": build.needs_f16,
            "overrides": {
                "sliding_window_size": -1,
                **dict(build.overrides),
                "context_window_size": record.context_window,
            },
            "bytes": manifest.total_bytes,
        }
