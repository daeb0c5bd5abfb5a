"""WebLLM: compiled models on WebGPU. The first choice.

The KV cache is used again where a conversation only grew. Files are kept in WebLLM's own caches.
"""

from typing import Any

from localm import interop
from localm.catalog import ModelRecord
from localm.engines.bridged import BridgedEngine
from localm.probe import Probe
from localm.protocol import Device


class WebLlm(BridgedEngine):
    """Drives @mlc-ai/web-llm. The object it keeps is WebLLM's own MLCEngine."""

    id = "webllm"
    device: Device = "webgpu"

    def __init__(self, bridge_url: str, library_url: str) -> None:
        super().__init__(bridge_url + "webllm.js", library_url)

    def supports(self, record: ModelRecord, probe: Probe) -> str:
        """Why it need not be tried: no build, no WebGPU, or no 16-bit floats that it needs."""
        if record.webllm is None:
            return f"{record.name} has no build for WebLLM."
        if not probe.webgpu:
            return probe.reason
        if record.webllm.needs_f16 and "shader-f16" not in probe.features:
            return f"{record.name} needs a GPU with 16-bit floats (WebGPU's shader-f16)."
        return ""

    def matches(self, js_object: Any) -> bool:
        """An MLCEngine has a chat interface, and an interrupt of its own."""
        has_chat = getattr(js_object, "chat", None) is not None
        return has_chat and interop.has_function(js_object, "interruptGenerate")

    def build(self, record: ModelRecord) -> dict[str, Any] | None:
        """`Build` in web/bridge/webllm_files.js."""
        if record.webllm is None:
            return None
        return {
            "modelId": record.webllm.model_id,
            "weightsUrl": record.webllm.weights_url,
            "libraryUrl": record.webllm.library_url,
            "needsF16": record.webllm.needs_f16,
        }
