"""Which builds a repository holds, which files each needs, and why one cannot run.

One rule for the page and for `localm pull`, so that what was pulled is what the page looks for. MLC
builds are those of WebLLM; ONNX builds have the layout of transformers.js 4 (its
`DEFAULT_DTYPE_SUFFIX_MAPPING` gives the names). Neither reads another file of a tokenizer.
"""

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from localm.catalog import GPU, GPU_AND_CPU, Build, known_library, mlc_dtype

CONFIG = "mlc-chat-config.json"
SHARD_LIST = "tensor-cache.json"
OLD_SHARD_LIST = "ndarray-cache.json"
MLC_TOKENIZER = ("tokenizer.json", "tokenizer.model")
ONNX_REQUIRED = ("config.json", "tokenizer.json", "tokenizer_config.json")
ONNX_OPTIONAL = ("generation_config.json", "chat_template.jinja")
SUFFIXES = {
    "q4f16": "_q4f16",
    "q4": "_q4",
    "q8": "_quantized",
    "fp16": "_fp16",
    "int8": "_int8",
    "uint8": "_uint8",
    "bnb4": "_bnb4",
    "fp32": "",
}
OTHER_FORMATS = (
    ((".onnx",), "ONNX weights in several parts, or under other names"),
    ((".gguf",), "GGUF weights"),
    ((".safetensors", "pytorch_model.bin", ".pt", ".pth"), "PyTorch weights"),
)
# ONNX Runtime's memory on the CPU ends at 4 GB, and the weights are in it twice while they load.
CPU_LIMIT_BYTES = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A build that is there; `reason` says why it cannot run, "" when it can."""

    build: Build
    paths: tuple[str, ...]  # () when one that it needs is missing
    bytes: int
    reason: str = ""


def candidates(repository: str, sizes: dict[str, int]) -> list[Candidate]:
    """The builds in a repository, whose files are `sizes` (path: bytes), best first."""
    return [*_mlc(repository, sizes), *_onnx(repository, sizes)]


def explanation(repository: str, paths: Iterable[str], found: Sequence[Candidate]) -> str:
    """Why nothing of it can run, in a sentence; "" when something can."""
    if any(not one.reason for one in found):
        return ""
    if found:
        return found[0].reason
    names = list(paths)
    for ends, what in OTHER_FORMATS:
        if any(name.endswith(ends) for name in names):
            return (
                f"{repository} holds {what}. localm runs MLC builds and ONNX builds of one graph "
                "(onnx/model*.onnx): look for a repository of the same model whose name ends in "
                "-MLC or -ONNX."
            )
    return f"{repository} holds no build that localm can run: neither ONNX nor MLC weights."


def build_paths(build: Build, paths: Iterable[str]) -> tuple[str, ...]:
    """The files of a build among those of its repository; () when one that it needs is missing."""
    there = frozenset(paths)
    if build.format == "mlc":
        return _mlc_paths(there, build.library)
    return _onnx_paths(build.dtype, there)


def library_in(paths: Iterable[str]) -> str:
    """The model library that lies beside the weights; "" without one."""
    return next((path for path in sorted(paths) if path.endswith(".wasm")), "")


def _mlc(repository: str, sizes: dict[str, int]) -> list[Candidate]:
    if CONFIG not in sizes:
        return []
    listed = known_library(repository)
    beside = library_in(sizes)
    dtype = mlc_dtype(repository) or mlc_dtype(beside)
    build = listed or Build("mlc", dtype or "mlc", repository)
    paths = build_paths(build, sizes)
    total = sum(sizes[path] for path in paths)
    return [Candidate(build, paths, total, _mlc_lack(repository, sizes, listed or beside))]


def _mlc_lack(repository: str, sizes: dict[str, int], library: object) -> str:
    if SHARD_LIST not in sizes and OLD_SHARD_LIST in sizes:
        return (
            f"{repository} was made for an older WebLLM ({OLD_SHARD_LIST}). "
            f"One with {SHARD_LIST} is needed."
        )
    if not _mlc_paths(frozenset(sizes), ""):
        return f"{repository} is an MLC build with files missing."
    if not library:
        return (
            f"No model library is known for {repository}. MLC weights need one: known are those of "
            "WebLLM's own list, and repositories with the .wasm file beside the weights."
        )
    return ""


def _mlc_paths(there: frozenset[str], library: str) -> tuple[str, ...]:
    """A known library comes from the libraries' own address, whatever lies beside the weights."""
    tokenizer = next((name for name in MLC_TOKENIZER if name in there), "")
    shards = sorted(path for path in there if re.fullmatch(r"params_shard_\d+\.bin", path))
    if not (tokenizer and shards and {CONFIG, SHARD_LIST} <= there):
        return ()
    beside = "" if library else library_in(there)
    return (CONFIG, SHARD_LIST, tokenizer, *([beside] if beside else []), *shards)


def _onnx(repository: str, sizes: dict[str, int]) -> list[Candidate]:
    found = []
    for dtype in SUFFIXES:
        if not _weights(dtype, frozenset(sizes)):
            continue
        paths = _onnx_paths(dtype, frozenset(sizes))
        total = sum(sizes[path] for path in paths)
        on_cpu = "16" not in dtype and total <= CPU_LIMIT_BYTES
        build = Build("onnx", dtype, repository, GPU_AND_CPU if on_cpu else GPU)
        found.append(Candidate(build, paths, total, "" if paths else _onnx_lack(repository, sizes)))
    return found


def _onnx_lack(repository: str, sizes: dict[str, int]) -> str:
    missing = ", ".join(name for name in ONNX_REQUIRED if name not in sizes)
    return f"{repository} is an ONNX build without {missing}, which transformers.js needs."


def _onnx_paths(dtype: str, there: frozenset[str]) -> tuple[str, ...]:
    weights = _weights(dtype, there)
    if not weights or not there.issuperset(ONNX_REQUIRED):
        return ()
    optional = tuple(name for name in ONNX_OPTIONAL if name in there)
    return (*ONNX_REQUIRED, *optional, *weights)


def _weights(dtype: str, there: frozenset[str]) -> tuple[str, ...]:
    """The graph and, where they are separate, its weights (…onnx_data, …onnx_data_1, …)."""
    graph = f"onnx/model{SUFFIXES[dtype]}.onnx"
    if graph not in there:
        return ()
    data = re.compile(re.escape(graph) + r"_data(_\d+)?")
    return (graph, *sorted(path for path in there if data.fullmatch(path)))


def as_repository(paths: Iterable[str]) -> dict[str, str]:
    """Path in a folder -> path in a repository's layout: a flat folder's graphs belong in onnx/."""
    names = list(paths)
    is_flat = not any(name.startswith("onnx/") for name in names)
    return {
        name: f"onnx/{name}"
        if is_flat and re.fullmatch(r"[^/]+\.onnx(_data(_\d+)?)?", name)
        else name
        for name in names
        if not posixpath.basename(name).startswith(".")
    }
