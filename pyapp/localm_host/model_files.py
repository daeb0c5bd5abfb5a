"""Which files of a repository an engine reads: MLC's for WebLLM, ONNX for transformers.js."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

EngineName = Literal["webllm", "onnx", "all"]

# transformers.js finds a dtype's file by this ending.
SUFFIXES = {
    "fp32": "",
    "fp16": "_fp16",
    "q8": "_quantized",
    "int8": "_int8",
    "uint8": "_uint8",
    "q4": "_q4",
    "q4f16": "_q4f16",
    "bnb4": "_bnb4",
}
DTYPES = {suffix: dtype for dtype, suffix in SUFFIXES.items()}
PREFERRED_DTYPES = ("q4f16", "q4", "q8")

TOKENIZER = re.compile(
    r"(tokenizer\.json|tokenizer_config\.json|tokenizer\.model|vocab\.json|merges\.txt"
    r"|added_tokens\.json|special_tokens_map\.json)"
)
MLC_CONFIG = "mlc-chat-config.json"
MLC_WEIGHT_LISTS = ("tensor-cache.json", "ndarray-cache.json")
MLC_FILE = re.compile(r"(params_shard_\d+\.bin|mlc-model-manifest\.json|[\w.-]+\.wasm)")
ONNX_COMMON = re.compile(r"(config|generation_config|chat_template)\.json|chat_template\.jinja")
# Weights above 2 GB lie beside the graph, in files of their own.
ONNX_MODEL = re.compile(r"onnx/model(_[a-z0-9]+)?\.onnx(_data(_\d+)?)?")


class NoBuild(Exception):
    """The repository has not what was asked for; the message says what it has."""


@dataclass(frozen=True)
class Builds:
    """The builds in a repository: WebLLM's files (none: no build), and the ONNX files by dtype."""

    webllm: tuple[str, ...]
    onnx: Mapping[str, tuple[str, ...]]
    onnx_common: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.webllm or self.onnx)

    @property
    def library_files(self) -> tuple[str, ...]:
        """Model libraries in the repository itself; MLC's own repositories have none."""
        return tuple(path for path in self.webllm if path.endswith(".wasm"))

    @property
    def paths(self) -> frozenset[str]:
        """Every file of every build."""
        onnx = {path for files in self.onnx.values() for path in files}
        return frozenset({*self.webllm, *onnx, *(self.onnx_common if self.onnx else ())})

    def __str__(self) -> str:
        """As a table shows it: `WebLLM · ONNX q4, q8`."""
        parts = ["WebLLM"] if self.webllm else []
        parts += [f"ONNX {', '.join(self.onnx)}"] if self.onnx else []
        return " · ".join(parts) or "none"

    def chosen(self, engine: EngineName, dtypes: Sequence[str] = ()) -> Builds:
        """The builds of one engine, in these dtypes. Raises NoBuild where there is none."""
        for_webllm = engine == "webllm" or (engine == "all" and not dtypes)
        webllm = self.webllm if for_webllm else ()
        onnx = self.onnx_in(dtypes) if engine in ("onnx", "all") else {}
        builds = Builds(webllm, onnx, self.onnx_common)
        if not builds:
            raise NoBuild(self.sentence(engine))
        return builds

    def onnx_in(self, dtypes: Sequence[str]) -> dict[str, tuple[str, ...]]:
        missing = [dtype for dtype in dtypes if dtype not in self.onnx]
        if missing:
            raise NoBuild(f"it has no ONNX build in {', '.join(missing)}, but: {self}")
        wanted = dtypes or [dtype for dtype in PREFERRED_DTYPES if dtype in self.onnx]
        if not wanted and self.onnx:
            wanted = ["fp32"] if "fp32" in self.onnx else [next(iter(self.onnx))]
        return {dtype: files for dtype, files in self.onnx.items() if dtype in wanted}

    def sentence(self, engine: EngineName) -> str:
        if self:
            return f"it has no build for {engine}, but: {self}"
        return (
            "it has no build that localm's engines read: neither mlc-chat-config.json with its "
            "weights (WebLLM) nor onnx/model*.onnx (transformers.js). "
            "Look for a repository of this model whose name ends in -MLC or -ONNX"
        )


def builds_in(paths: Iterable[str]) -> Builds:
    """What the files of a repository amount to."""
    found = sorted(paths)
    common = [path for path in found if ONNX_COMMON.fullmatch(path) or TOKENIZER.fullmatch(path)]
    onnx = onnx_models(found) if "config.json" in found and "tokenizer.json" in found else {}
    return Builds(tuple(mlc_files(found)), onnx, tuple(common))


def mlc_files(paths: Sequence[str]) -> list[str]:
    lists = [name for name in MLC_WEIGHT_LISTS if name in paths]
    shards = [path for path in paths if path.startswith("params_shard_")]
    if MLC_CONFIG not in paths or not lists or not shards:
        return []
    others = [path for path in paths if MLC_FILE.fullmatch(path) or TOKENIZER.fullmatch(path)]
    # The two lists say the same; newer versions of WebLLM read the first one.
    return [MLC_CONFIG, lists[0], *others]


def onnx_models(paths: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """dtype -> the graph and what lies beside it; in the order of SUFFIXES."""
    by_dtype: dict[str, list[str]] = {}
    for path in paths:
        found = ONNX_MODEL.fullmatch(path)
        dtype = DTYPES.get(found[1] or "") if found else None
        if dtype:
            by_dtype.setdefault(dtype, []).append(path)
    return {
        dtype: tuple(by_dtype[dtype])
        for dtype, suffix in SUFFIXES.items()
        if f"onnx/model{suffix}.onnx" in by_dtype.get(dtype, [])
    }
