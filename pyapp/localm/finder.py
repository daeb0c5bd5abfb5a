"""Makes model records of what somebody names: a repository on the hub, or a folder."""

import json
import logging
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from localm.builds import Candidate, as_repository, candidates, explanation
from localm.catalog import DEFAULT_CONTEXT_WINDOW, ModelRecord
from localm.engines.contract import CancelToken
from localm.errors import BadFolder, DownloadFailed
from localm.files import Report
from localm.hub import Repository
from localm.manifest import Manifest, file_of
from localm.model_id import parse_model_id
from localm.model_store import ModelStore
from localm.protocol import ImportFile

log = logging.getLogger("localm")

NO_BUILD = "Nothing in this folder can run. {reason}"


@dataclass(frozen=True, slots=True)
class Found:
    """One build of a repository as a model of its own."""

    record: ModelRecord
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Finding:
    """What a hub has under an id."""

    repository: Repository
    models: tuple[Found, ...]
    explanation: str  # why nothing can run, in a sentence; "" when something can


async def find(store: ModelStore, text: str, cancel: CancelToken) -> Finding:
    """Look a repository up. Raises BadModelId, NoRepository, NeedsAccess, DownloadFailed."""
    hub, has_mirror = await store.hub.current(cancel)
    id = parse_model_id(text, hub, store.hub.mirror_address if has_mirror else "")
    revision = id.revision or "main"
    found = await store.hub.repository(
        id.repository, revision, lambda one: not _explanation(one), cancel
    )
    why = _explanation(found)
    window = DEFAULT_CONTEXT_WINDOW if why else await _context_window(store, found, cancel)
    models = [
        Found(_record_of(one, found, revision, window), one)
        for one in candidates(found.id, found.sizes)
    ]
    return Finding(found, tuple(models), why)


def _explanation(repository: Repository) -> str:
    found = candidates(repository.id, repository.sizes)
    return explanation(repository.id, repository.sizes, found)


async def import_folder(
    store: ModelStore,
    name: str,
    ticket: str,
    given: Sequence[ImportFile],
    report: Report,
    cancel: CancelToken,
) -> ModelRecord:
    """Copy a folder's files into this browser. Raises BadFolder, NoRoom, Cancelled."""
    places = as_repository(one["path"] for one in given)
    sizes = {places[one["path"]]: one["bytes"] for one in given if one["path"] in places}
    repository = f"local/{await _free_slug(store, name)}"
    found = candidates(repository, sizes)
    chosen = _for_each_device([one for one in found if not one.reason])
    if not chosen:
        raise BadFolder(message=NO_BUILD.format(reason=_why(name, sizes, found)))
    builds = tuple(one.build for one in chosen)
    record = ModelRecord(repository, name, 0, "", DEFAULT_CONTEXT_WINDOW, builds, "files")
    sources = {places[one["path"]]: f"file:{ticket}/{i}" for i, one in enumerate(given)}
    for one in chosen:
        await store.take(_manifest_of(one, record, sizes, sources), report, cancel)
    return record


def _record_of(
    candidate: Candidate, repository: Repository, revision: str, window: int
) -> ModelRecord:
    build = replace(candidate.build, revision=revision)
    at = "" if revision == "main" else f"@{revision}"
    id, shown = repository.id + at, repository.id.rpartition("/")[2] + at
    if build.format == "onnx":
        id, shown = f"{id}:{build.dtype}", f"{shown} {build.dtype}"
    return ModelRecord(id, shown, 0, repository.license, window, (build,), "hub")


async def _context_window(store: ModelStore, repository: Repository, cancel: CancelToken) -> int:
    """What the model's own configuration says, within what a browser's memory bears."""
    names = ("mlc-chat-config.json", "config.json")
    name = next((one for one in names if one in repository.sizes), "")
    try:
        for url in await store.hub.file_urls(repository.id, repository.revision, name, cancel):
            answer = await store.files.read_json(url, cancel)
            if answer.status == 200:
                return context_window(json.loads(answer.text))
    except (DownloadFailed, ValueError) as error:
        log.info("context window unknown model=%s error=%s", repository.id, error)
    return DEFAULT_CONTEXT_WINDOW


def context_window(config: Any) -> int:
    """From mlc-chat-config.json or config.json, as far as it says something sensible."""
    values = config if isinstance(config, dict) else {}
    stated = values.get("context_window_size") or values.get("max_position_embeddings")
    if not isinstance(stated, int) or stated < 1:
        return DEFAULT_CONTEXT_WINDOW
    return min(stated, DEFAULT_CONTEXT_WINDOW)


def _for_each_device(found: Sequence[Candidate]) -> list[Candidate]:
    """The best build for the GPU and the best one for the CPU: often the same."""
    best: list[Candidate] = []
    for device in ("webgpu", "wasm"):
        fitting = [one for one in found if device in one.build.devices]
        # Without shader-f16 a build in 16-bit floats alone would not run.
        plain = [one for one in fitting if not one.build.needs_f16]
        best += [*fitting[:1], *plain[:1]]
    return list(dict.fromkeys(best))


def _why(name: str, sizes: dict[str, int], found: Sequence[Candidate]) -> str:
    return explanation(name, sizes, found).replace("look for a repository", "look for a build")


def _manifest_of(
    candidate: Candidate, record: ModelRecord, sizes: dict[str, int], sources: dict[str, str]
) -> Manifest:
    build = candidate.build
    files = [
        replace(file_of(build, "imported", path, sizes[path]), urls=(sources[path],))
        for path in candidate.paths
    ]
    return Manifest(build.key, build.repository, "imported", "", tuple(files), record)


async def _free_slug(store: ModelStore, name: str) -> str:
    """A name for the folder's place that no other one has."""
    slug = re.sub(r"[^\w.-]+", "-", posixpath.basename(name)).strip("-.") or "model"
    taken = {one.id for one in await store.added_records()}
    numbers = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (slug, *numbers) if f"local/{one}" not in taken)
