"""The models that localm knows: one record per logical model, with its builds for each engine."""

from dataclasses import dataclass, field
from typing import Any

from localm.protocol import Device


@dataclass(frozen=True, slots=True)
class WebLlmBuild:
    """MLC weights and the WebGPU library compiled for them."""

    model_id: str  # WebLLM's own name for it
    weights_url: str  # ends in /resolve/<revision>/
    library_url: str
    needs_f16: bool = False
    vram_required_mb: float = 0


@dataclass(frozen=True, slots=True)
class OnnxBuild:
    """A repository in transformers.js layout."""

    files_url: str  # ends in /resolve/<revision>/
    dtype: dict[Device, str] = field(default_factory=dict)  # {"wasm": "fp32", ...}


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """One logical model. A missing build means that this engine is not tried for it."""

    id: str
    name: str
    parameters: int
    license: str
    context_window: int  # tokens
    embedded: bool
    webllm: WebLlmBuild | None
    onnx: OnnxBuild | None
    default_temperature: float = 0.7
    default_top_p: float = 0.95
    default_max_tokens: int = 512


def embedded_record(urls: dict[str, Any]) -> ModelRecord:
    """The record of Guide, the model that comes with the site.

    `urls` has absolute URLs: `mlc` and `onnx` (folders), `library` (the .wasm file).
    """
    return ModelRecord(
        id="guide",
        name="Guide",
        parameters=1_968_064,
        license="Apache-2.0",
        context_window=1024,
        embedded=True,
        webllm=WebLlmBuild("guide-q0f32", urls["mlc"], urls["library"]),
        onnx=OnnxBuild(urls["onnx"], {"webgpu": "fp32", "wasm": "fp32"}),
        default_temperature=0.0,  # so small a model is at its best when greedy
        default_top_p=1.0,
        default_max_tokens=256,
    )
