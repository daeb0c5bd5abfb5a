"""What one build consists of, pinned: the list that makes a half-done download resumable.

A manifest is written before the first byte is fetched, and says for each file its size and hash at
one commit. It is kept as JSON beside the files, and holds no address of a hub.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from localm.catalog import Build, ModelRecord, record_from_json, record_to_json
from localm.files import Fetched, ModelFile

VERSION = 1
CACHE = "localm-models"
# Keys that no network can answer: a file that is not here is never fetched by mistake. (And without
# "localhost" in them: WebLLM never keeps a model library from such a host.)
KEYS = "https://hub.localm.invalid/"

MEDIA_TYPES = {".json": "application/json", ".wasm": "application/wasm"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one build at one commit, without the places where they are fetched."""

    build_key: str
    repository: str
    revision: str
    library: str  # the model library's path below the libraries' address; "" when it is a file
    files: tuple[ModelFile, ...]
    record: ModelRecord | None = None  # of a model that is not in the catalogue

    @property
    def key(self) -> str:
        """Where it is kept."""
        return manifest_key(self.build_key)

    @property
    def total_bytes(self) -> float:
        """Of all files whose size is known."""
        return sum(one.bytes for one in self.files)

    @property
    def folder(self) -> str:
        """The build's address, as the engines are given it: ends in a slash."""
        first = self.files[0]
        return first.key.removesuffix(first.path)

    def noted(self, fetched: Iterable[Fetched]) -> "Manifest":
        """The same, with what the hub did not tell: from now on it must stay so."""
        by_key = {one.key: one for one in fetched}
        return replace(self, files=tuple(_noted(one, by_key.get(one.key)) for one in self.files))

    def to_text(self) -> str:
        """As it is kept."""
        files = [asdict(one) | {"urls": []} for one in self.files]
        record = record_to_json(self.record) if self.record else None
        data = {name: getattr(self, name) for name in NAMES}
        return json.dumps({"version": VERSION, **data, "files": files, "record": record})


NAMES = ("build_key", "repository", "revision", "library")


def manifest_key(build_key: str) -> str:
    """The key of a build's manifest."""
    return f"{KEYS}manifests/{build_key}"


def from_text(text: str) -> Manifest | None:
    """A kept manifest; None for what another version wrote, or nobody."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            return None
        files = tuple(ModelFile(**one | {"urls": ()}) for one in data["files"])
        record = record_from_json(data["record"]) if data["record"] else None
        names = {name: str(data[name]) for name in NAMES}
        return Manifest(**names, files=files, record=record)
    except (ValueError, KeyError, TypeError):
        return None


def file_of(build: Build, revision: str, path: str, bytes: int, **hashes: Any) -> ModelFile:
    """A file of a repository, with its place in the engine's own cache."""
    key = f"{KEYS}{build.repository}/resolve/{revision}/{path}"
    return ModelFile(path, (), key, cache_for(build, path), bytes, type=media_type(path), **hashes)


def library_file(path: str) -> ModelFile:
    """A model library of WebLLM's own list. Nobody publishes its size and hash.

    The path names WebLLM's version: a library of another one would not run.
    """
    name = path.rpartition("/")[2]
    return ModelFile(name, (), f"{KEYS}libraries/{path}", "webllm/wasm", 0, type=media_type(name))


def site_manifest(build: Build) -> Manifest:
    """Of a build that comes with the site: its keys are the site's own addresses."""
    files = tuple(
        ModelFile(
            one.path,
            (build.site_url + one.path,),
            build.site_url + one.path,
            cache_for(build, one.path),
            one.bytes,
            one.sha256,
            type=media_type(one.path),
        )
        for one in build.site_files
    )
    return Manifest(build.key, build.repository, "", "", files)


def cache_for(build: Build, path: str) -> str:
    """Where the engine looks: the names are those of WebLLM 0.2.86 and transformers.js 4.3.1."""
    if build.format == "onnx":
        return "transformers-cache"
    if path.endswith(".wasm"):
        return "webllm/wasm"
    return "webllm/config" if path == "mlc-chat-config.json" else "webllm/model"


def media_type(path: str) -> str:
    """By the end of the name."""
    return MEDIA_TYPES.get(path[path.rfind(".") :], "application/octet-stream")


def _noted(file: ModelFile, fetched: Fetched | None) -> ModelFile:
    if fetched is None:
        return file
    return replace(file, bytes=fetched.bytes, sha256=file.sha256 or fetched.sha256)
