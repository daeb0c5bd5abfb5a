"""WebLLM: compiled models on WebGPU. The first choice.

JavaScript pumps its stream (`web/bridge/webllm.js`): WebLLM's generator holds a lock until it ends,
and an iterator across the border would cost more than the token itself.
"""

import json
from typing import Any

from localm import interop
from localm.catalog import ModelRecord, WebLlmBuild
from localm.engines.contract import (
    CancelToken,
    Completion,
    CompletionRequest,
    EmitText,
    ReportProgress,
)
from localm.probe import Probe
from localm.protocol import Device


class WebLlm:
    """Drives @mlc-ai/web-llm. The object it keeps is WebLLM's own MLCEngine."""

    id = "webllm"
    device: Device = "webgpu"

    def __init__(self, bridge_url: str, library_url: str) -> None:
        self._bridge_url = bridge_url + "webllm.js"
        self._library_url = library_url
        self._js_bridge: Any = None  # loaded when it is needed

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

    async def load(self, record: ModelRecord, report: ReportProgress, cancel: CancelToken) -> Any:
        """Download into WebLLM's caches, load, and try one token."""
        build = _build_json(_build_of(record))
        js_signal = interop.abort_controller(cancel).signal
        with interop.mapped_errors("load", cancel), interop.callback(report) as js_report:
            js_bridge = await self._bridge()
            return await js_bridge.load(self._library_url, build, js_report, js_signal)

    async def count_tokens(self, js_object: Any, text: str) -> int:
        """By the engine's own tokenizer."""
        with interop.mapped_errors("generate"):
            return int(await (await self._bridge()).countTokens(js_object, text))

    async def generate(
        self, js_object: Any, request: CompletionRequest, emit: EmitText
    ) -> Completion:
        """Stream an answer; the KV cache is used again where the conversation only grew."""
        js_stop = interop.abort_controller(request.cancel)
        with interop.mapped_errors("generate"), interop.callback(emit) as js_emit:
            js_bridge = await self._bridge()
            given = interop.request_json(request)
            ended = await js_bridge.generate(js_object, given, js_emit, js_stop)
        return interop.completion(ended)

    def interrupt(self, js_object: Any) -> None:
        """Raise the bridge's own flag: WebLLM forgets an interrupt before its first chunk."""
        if self._js_bridge is not None:
            self._js_bridge.interrupt(js_object)

    async def unload(self, js_object: Any) -> None:
        """Free the GPU's memory."""
        with interop.mapped_errors("load"):
            await (await self._bridge()).unload(js_object)

    async def cached(self, record: ModelRecord) -> bool:
        """Whether WebLLM's caches hold the build."""
        if record.webllm is None:
            return False
        with interop.mapped_errors("load"):
            return bool(await (await self._bridge()).cached(_build_json(record.webllm)))

    async def evict(self, record: ModelRecord) -> None:
        """Delete the build from WebLLM's caches."""
        if record.webllm is None:
            return
        with interop.mapped_errors("load"):
            await (await self._bridge()).evict(_build_json(record.webllm))

    async def _bridge(self) -> Any:
        self._js_bridge = self._js_bridge or await interop.import_module(self._bridge_url)
        return self._js_bridge


def _build_of(record: ModelRecord) -> WebLlmBuild:
    if record.webllm is None:
        raise ValueError(f"{record.id} has no build for WebLLM")
    return record.webllm


def _build_json(build: WebLlmBuild) -> str:
    """The fields as web/bridge/webllm_files.js names them."""
    return json.dumps(
        {
            "modelId": build.model_id,
            "weightsUrl": build.weights_url,
            "libraryUrl": build.library_url,
            "needsF16": build.needs_f16,
        }
    )
