"""The repositories that the test hub has: the embedded model under several ids, in both builds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.hub.contents import Bytes, Content, File, content_of

GUIDE = Path(__file__).parents[2] / "static" / "models" / "guide"
# What reads gated repositories.
GOOD_TOKEN = "hf_good"

LFS_SUFFIXES = (".bin", ".onnx", ".onnx_data", ".safetensors", ".wasm")
LFS_BYTES = 10_000_000
LFS_TOKENIZER_BYTES = 10_000

Files = Mapping[str, Content | Path | bytes]


@dataclass(frozen=True)
class StoredFile:
    path: str
    content: Content

    @property
    def is_lfs(self) -> bool:
        if self.path.endswith(LFS_SUFFIXES) or self.content.size > LFS_BYTES:
            return True
        return self.path == "tokenizer.json" and self.content.size > LFS_TOKENIZER_BYTES

    @property
    def etag(self) -> str:
        """How the hub names the bytes: sha256 for LFS files, git's blob id for others."""
        return self.content.sha256 if self.is_lfs else self.content.blob_id

    @property
    def pointer_id(self) -> str:
        """The tree's `oid`: for an LFS file, git's blob id of the pointer in its place."""
        return git_blob_id(self.pointer()) if self.is_lfs else self.content.blob_id

    def pointer(self) -> bytes:
        lines = f"oid sha256:{self.content.sha256}\nsize {self.content.size}\n"
        return f"version https://git-lfs.github.com/spec/v1\n{lines}".encode()


@dataclass
class Repository:
    """Every commit stays; `main` is the newest."""

    id: str
    gated: bool = False
    license: str = "apache-2.0"
    commits: dict[str, dict[str, StoredFile]] = field(default_factory=dict)

    def commit(self, files: Files) -> str:
        stored = {path: StoredFile(path, content_of(source)) for path, source in files.items()}
        listing = "\n".join(f"{path} {file.pointer_id}" for path, file in sorted(stored.items()))
        name = hashlib.sha1(f"{self.id}\n{listing}".encode()).hexdigest()
        # A commit that is made again becomes the newest.
        self.commits.pop(name, None)
        self.commits[name] = stored
        return name

    @property
    def head(self) -> str:
        return [*self.commits][-1]

    def resolve(self, revision: str) -> str | None:
        """The commit that a branch or a commit's own name stands for."""
        if revision == "main":
            return self.head
        return revision if revision in self.commits else None


def git_blob_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


@cache
def guide(path: str) -> Content:
    """A file of the embedded model; one object for all hubs of a test run, to hash it once."""
    return File(GUIDE / path)


def mlc_build(*, library: bool) -> dict[str, Content]:
    """The embedded model as MLC publishes models: most come without their library."""
    names = [path.name for path in (GUIDE / "mlc").iterdir() if library or path.suffix != ".wasm"]
    return about_files() | {name: guide(f"mlc/{name}") for name in sorted(names)}


def onnx_build(*models: str) -> dict[str, Content]:
    """The embedded model as ONNX repositories are, with these files of its folder onnx/."""
    names = [path.name for path in (GUIDE / "onnx").iterdir() if path.is_file()]
    names += [f"onnx/{name}" for name in models]
    return about_files() | {name: guide(f"onnx/{name}") for name in sorted(names)}


def about_files() -> dict[str, Content]:
    """What no engine reads, and so nobody should fetch."""
    return {
        "README.md": Bytes(b"# A model of the tests\n"),
        ".gitattributes": Bytes(b"*.bin filter=lfs\n"),
    }


FP32, Q4, Q8 = "model.onnx", "model_q4.onnx", "model_quantized.onnx"

REPOSITORIES: dict[str, Files] = {
    "localm-tests/guide-mlc": mlc_build(library=True),
    "localm-tests/guide-onnx": onnx_build(FP32, Q4, Q8),
    "localm-tests/gated": onnx_build(Q8),
    "localm-tests/no-build": about_files()
    | {"config.json": b"{}", "pytorch_model.bin": bytes(999)},
    "mlc-ai/SmolLM2-360M-Instruct-q4f32_1-MLC": mlc_build(library=False),
    "HuggingFaceTB/SmolLM2-360M-Instruct": onnx_build(Q4, Q8),
    "mlc-ai/Qwen3-0.6B-q4f32_1-MLC": mlc_build(library=False),
    "onnx-community/Qwen3-0.6B-ONNX": onnx_build(Q8),
}
GATED = ("localm-tests/gated",)

# What WebLLM's own list calls them, below its folder of the version.
LIBRARIES = (
    "SmolLM2-360M-Instruct-q4f32_1_cs1k-webgpu.wasm",
    "Qwen3-0.6B-q4f32_1_cs1k-webgpu.wasm",
)


def all_repositories() -> dict[str, Repository]:
    made = {}
    for name, files in REPOSITORIES.items():
        made[name] = Repository(name, gated=name in GATED)
        made[name].commit(files)
    return made


def all_libraries() -> dict[str, Content]:
    return {name: guide("mlc/guide-webgpu.wasm") for name in LIBRARIES}
