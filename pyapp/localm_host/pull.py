"""`localm pull`: brings one model's engine builds from a hub into its cache on this computer."""

from __future__ import annotations

import glob
import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from huggingface_hub import constants, snapshot_download
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.file_download import http_get
from huggingface_hub.utils import disable_progress_bars, enable_progress_bars

from localm.builds import library_in
from localm.hub_address import HubAddress
from localm.model_id import parse_model_id
from localm_host.fetch import fetch_blob, partial_of
from localm_host.hub_client import Hub, HubFile, HubRepo, explained
from localm_host.libraries import LibraryChanged, LibraryStore, name_of
from localm_host.model_error import ModelError
from localm_host.model_files import Builds, EngineName, builds_in
from localm_host.notes import changing_notes, localm_cache
from localm_host.pulled import PulledModels, Snapshot
from localm_host.sizes import in_words

WASM = b"\0asm"


@dataclass(frozen=True)
class Store:
    """Where models are kept on this computer."""

    models: PulledModels = field(default_factory=lambda: PulledModels(Path(constants.HF_HUB_CACHE)))
    libraries: LibraryStore = field(default_factory=lambda: LibraryStore(localm_cache()))


@dataclass(frozen=True)
class Wish:
    """What `localm pull` was told."""

    engine: EngineName = "all"
    dtypes: Sequence[str] = ()
    revision: str | None = None
    library: str | None = None


def pull(text: str, wish: Wish, address: HubAddress, store: Store) -> None:
    """Raises ModelError; Ctrl+C may come at any time."""
    try:
        take_steps(text, wish, address, store)
    except KeyboardInterrupt:
        print("\nStopped. What has arrived is kept: the same command goes on from there.")
        raise


def take_steps(text: str, wish: Wish, address: HubAddress, store: Store) -> None:
    """Each is taken again by the next `localm pull` where this one broke off."""
    with explained(text, address):
        model = parse_model_id(text, address)
    revision = wish.revision or model.revision or None
    with explained(model.repository, address):
        hub = Hub(address)
        found = hub.repo(model.repository, revision)
        builds = builds_in(found.repo, found.sizes).chosen(wish.engine, wish.dtypes)
        builds, library = with_library(builds, wish)
        files = [found.files[path] for path in sorted(builds.paths)]
        announce(found, builds, files)
        if library:
            fetch_library(hub, found.repo, library, store)
        fetch_files(hub, found, files, store)
        keep_license(found, store)
        link_snapshot(hub, found, files, revision, store)
    require_links(found, builds, store)
    print(f"{found.repo} is here, and whole. `localm serve` offers it.")


def with_library(builds: Builds, wish: Wish) -> tuple[Builds, str | None]:
    """The library to fetch besides. Without one, WebLLM's build would be dead weight."""
    webllm = builds.webllm
    if webllm is None or library_in(webllm.paths):
        return builds, None
    if library := wish.library or webllm.build.library:
        name_of(library)
        return builds, library
    if not builds.onnx:
        raise ModelError(f"{webllm.reason} Another one can be named with --library URL.")
    print(f"{webllm.reason} It is left out; --library URL would name one.")
    return builds.without_webllm(), None


def announce(found: HubRepo, builds: Builds, files: Sequence[HubFile]) -> None:
    size = in_words(sum(file.size for file in files))
    line = f"{found.repo}: {builds}, {len(files)} files, {size}, revision {found.commit[:12]}"
    print(line, flush=True)


def fetch_files(hub: Hub, found: HubRepo, files: Sequence[HubFile], store: Store) -> None:
    """One after the other, the small ones first; those that are here are not asked for."""
    folder = store.models.repo_folder(found.repo)
    blobs = {file.hash: file for file in sorted(files, key=lambda file: file.size)}
    missing = {file: folder / "blobs" / name for name, file in blobs.items()}
    missing = {file: blob for file, blob in missing.items() if not blob.exists()}
    require_space(store.models.folder, sum(left_of(file, blob) for file, blob in missing.items()))
    locks = store.models.folder / ".locks" / folder.name
    for file, blob in missing.items():
        url = hub.file_url(found.repo, found.commit, file.path)
        fetch_blob(hub, url, file, blob, locks / f"{blob.name}.lock")


def left_of(file: HubFile, blob: Path) -> int:
    partial = partial_of(blob)
    return max(0, file.size - (partial.stat().st_size if partial.exists() else 0))


def require_space(folder: Path, needed: int) -> None:
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if needed > free:
        raise ModelError(
            f"{in_words(needed)} are needed in {folder}, and {in_words(free)} are free: "
            "make room, or set HF_HOME to another disk."
        )


def keep_license(found: HubRepo, store: Store) -> None:
    with changing_notes(store.libraries.cache) as notes:
        notes.licenses[found.repo] = found.license


def link_snapshot(
    hub: Hub, found: HubRepo, files: Sequence[HubFile], revision: str | None, store: Store
) -> None:
    """Makes what was fetched visible, in the layout that other tools of the hub read as well."""
    disable_progress_bars()
    try:
        snapshot_download(
            found.repo,
            revision=found.commit,
            allow_patterns=[glob.escape(file.path) for file in files],
            cache_dir=store.models.folder,
            endpoint=hub.endpoint,
            token=hub.token,
        )
    finally:
        enable_progress_bars()
    if revision != found.commit:
        store.models.note_commit(found.repo, revision or "main", found.commit)


def require_links(found: HubRepo, builds: Builds, store: Store) -> None:
    """Without them the hub's library moves the files, and their names tell no hash any more."""
    snapshot = store.models.snapshot(found.repo, found.commit)
    if snapshot is None or not builds.paths <= snapshot.builds.paths:
        raise ModelError(
            f"{store.models.folder} has no symbolic links, which `localm serve` needs: "
            "set HF_HOME to another disk (on Windows: turn on Developer Mode), and pull again."
        )


def fetch_library(hub: Hub, repo: str, library: str, store: Store) -> None:
    """Fetches it, or finds that the very same one is here."""
    name = name_of(library)
    if store.libraries.pinned(library) and store.libraries.is_intact(name):
        store.libraries.claim(library, repo)
        return
    data = library_bytes(hub, library)
    if not data.startswith(WASM):
        raise ModelError(f"{library} is no model library: it is not WebAssembly.")
    try:
        store.libraries.store(library, data, repo)
    except LibraryChanged as error:
        raise ModelError(
            f"{name} is not the file that it was when it was first pulled, so it is refused. "
            f"If you trust the new one: localm rm {repo}, then pull again."
        ) from error


def library_bytes(hub: Hub, library: str) -> bytes:
    """From the folder of all libraries, with the folders that MLC has below it or without."""
    prefix = hub.address.libraries
    urls = [library] if "://" in library else [prefix + library, prefix + name_of(library)]
    for url in urls:
        out = io.BytesIO()
        try:
            http_get(url, out, headers={"Accept-Encoding": "identity"})
        except HfHubHTTPError as error:
            if error.response.status_code != 404:
                raise
        else:
            return out.getvalue()
    raise ModelError(f"There is no model library at {urls[0]}: name another one with --library.")


def repair_files(
    snapshot: Snapshot, paths: Sequence[str], address: HubAddress, store: Store
) -> None:
    """Fetches these files of a commit again."""
    with explained(snapshot.repo, address):
        hub = Hub(address)
        found = hub.repo(snapshot.repo, snapshot.commit)
        files = [found.files[path] for path in paths]
        fetch_files(hub, found, files, store)
        link_snapshot(hub, found, files, snapshot.commit, store)
