"""ModelStore: which files a build needs, which of them are in this browser, how they get here.

One for all engines. It fills each engine's own cache before the engine looks, so a load makes no
request. It decides; bytes move on the other side of `FileStore`.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from localm.builds import build_paths
from localm.catalog import Build, ModelRecord
from localm.engines.contract import CancelToken
from localm.errors import DownloadFailed, LocalmError, NeedsAccess, NoRepository
from localm.files import FileStore, ModelFile, Report, Room
from localm.hub import Hub, Repository
from localm.manifest import (
    CACHE,
    Manifest,
    file_of,
    from_text,
    library_file,
    site_manifest,
)

log = logging.getLogger("localm")


@dataclass(frozen=True, slots=True)
class Stock:
    """How much of a build is in this browser, in bytes. `total` is 0 until it is known."""

    total: float = 0
    stored: float = 0
    whole: bool = False


class ModelStore:
    """The models in this browser."""

    def __init__(self, files: FileStore, hub: Hub) -> None:
        self.files = files
        self.hub = hub
        self._manifests: dict[str, Manifest] = {}  # kept in this browser
        self._planned: dict[str, Manifest] = {}  # read from the hub, nothing fetched yet
        self._is_read = False

    def choose_hub(self, address: str) -> None:
        """Fetch from another hub from now on. Raises BadHub."""
        self.hub.choose(address)
        self._planned.clear()

    async def refresh(self) -> None:
        """Read the manifests again: another tab may have changed them."""
        texts = [await self.files.read_text(key, CACHE) for key in await self.files.keys(CACHE)]
        found = [one for one in map(from_text, texts) if one]
        self._manifests = {one.build_key: one for one in found}
        self._is_read = True

    async def added_records(self) -> list[ModelRecord]:
        """The models that are here and not in the catalogue."""
        await self._read_once()
        records = [one.record for one in self._manifests.values() if one.record]
        return list({one.id: one for one in records}.values())

    async def stock(self, build: Build) -> Stock:
        """What is here of a build, without asking the hub."""
        manifest = await self._known(build)
        if manifest is None:
            return Stock()
        kept = await self.files.kept(manifest.files)
        stored = sum(
            one.bytes if here.whole else here.incoming_bytes
            for one, here in zip(manifest.files, kept, strict=True)
        )
        whole = all(here.whole for here in kept)
        return Stock(manifest.total_bytes, stored, whole)

    async def missing_bytes(self, build: Build, record: ModelRecord, cancel: CancelToken) -> float:
        """What a load would have to fetch; 0 also where nobody can tell."""
        try:
            await self.plan(build, record, cancel)
        except LocalmError as error:
            log.info("size unknown model=%s error=%s", record.id, error.one_line)
            return 0
        stock = await self.stock(build)
        return 0 if stock.whole else max(0, stock.total - stock.stored)

    async def plan(self, build: Build, record: ModelRecord, cancel: CancelToken) -> Manifest:
        """The build's manifest: the one that is kept, or made from the hub's tree.

        Raises NoRepository, NeedsAccess, HostBlocked, DownloadFailed.
        """
        manifest = await self._known(build)
        if manifest is None:
            manifest = await self._from_hub(build, record, cancel)
            self._planned[build.key] = manifest
        return manifest

    async def ensure(
        self, build: Build, record: ModelRecord, report: Report, cancel: CancelToken
    ) -> Manifest:
        """Bring every file of the build into its engine's cache, verified."""
        report("checking", 0, 0)
        manifest = await self.plan(build, record, cancel)
        if all(one.whole for one in await self.files.kept(manifest.files)):
            return manifest
        return await self._fetch(manifest, report, cancel)

    async def repair(
        self, build: Build, record: ModelRecord, report: Report, cancel: CancelToken
    ) -> list[str]:
        """Hash every file of the build, and fetch anew what was wrong; the names of these files."""
        manifest = await self.plan(build, record, cancel)
        wrong = set(await self.files.damaged(manifest.files, report, cancel))
        if wrong:
            log.warning("damaged model=%s files=%s", record.id, len(wrong))
            await self._fetch(manifest, report, cancel)
        return [one.path for one in manifest.files if one.key in wrong]

    async def remove(self, builds: Iterable[Build]) -> float:
        """Delete the builds' files, but none that another model needs; the bytes freed."""
        await self.refresh()
        going = {build.key for build in builds}
        leaving = [self._manifests.pop(key) for key in going if key in self._manifests]
        needed = {file.key for one in self._manifests.values() for file in one.files}
        files = {file.key: file for one in leaving for file in one.files if file.key not in needed}
        freed = await self.files.remove(list(files.values()))
        for one in leaving:
            await self.files.delete(one.key, CACHE)
        return freed

    async def take(self, manifest: Manifest, report: Report, cancel: CancelToken) -> None:
        """Keep a build whose files have their places already: a folder of this computer."""
        try:
            await self._download(manifest, report, cancel)
        except LocalmError:
            await self.files.remove(manifest.files)
            await self.files.delete(manifest.key, CACHE)
            raise

    async def room(self) -> Room:
        """The origin's storage."""
        return await self.files.room()

    async def _known(self, build: Build) -> Manifest | None:
        if build.site_url:
            return site_manifest(build)
        await self._read_once()
        return self._manifests.get(build.key) or self._planned.get(build.key)

    async def _read_once(self) -> None:
        if not self._is_read:
            await self.refresh()

    async def _from_hub(self, build: Build, record: ModelRecord, cancel: CancelToken) -> Manifest:
        if build.repository.startswith("local/"):
            raise DownloadFailed(
                message=f"The files of {record.name} are gone. Choose its folder again."
            )
        found = await self.hub.repository(
            build.repository,
            build.revision,
            lambda one: bool(build_paths(build, one.sizes)),
            cancel,
        )
        paths = build_paths(build, found.sizes)
        if paths:
            return _manifest(build, record, found, paths)
        gone = f"{build.repository} has no {build.dtype} build any more. Choose another model."
        raise NoRepository(f"{build.key} at {found.revision}", message=gone)

    async def _fetch(self, manifest: Manifest, report: Report, cancel: CancelToken) -> Manifest:
        placed = [await self._placed(manifest, one, cancel) for one in manifest.files]
        try:
            return await self._download(replace(manifest, files=tuple(placed)), report, cancel)
        except NeedsAccess as error:
            raise NeedsAccess(self.hub.page_url(manifest.repository)) from error

    async def _download(self, manifest: Manifest, report: Report, cancel: CancelToken) -> Manifest:
        is_ours = not manifest.repository.startswith("site/")
        if is_ours:
            await self._keep(manifest)
        fetched = await self.files.download(manifest.key, manifest.files, report, cancel)
        noted = manifest.noted(fetched)
        if is_ours and noted != manifest:
            await self._keep(noted)
        return noted

    async def _keep(self, manifest: Manifest) -> None:
        await self.files.write_text(manifest.key, CACHE, manifest.to_text())
        self._manifests[manifest.build_key] = manifest

    async def _placed(self, manifest: Manifest, file: ModelFile, cancel: CancelToken) -> ModelFile:
        """The file with the addresses where it may be fetched."""
        if manifest.repository.startswith("site/"):
            return file
        if manifest.library and file.cache == "webllm/wasm":
            urls = await self.hub.library_urls(manifest.library, cancel)
        else:
            urls = await self.hub.file_urls(
                manifest.repository, manifest.revision, file.path, cancel
            )
        return replace(file, urls=urls)


def _manifest(
    build: Build, record: ModelRecord, found: Repository, paths: Sequence[str]
) -> Manifest:
    by_path = {one.path: one for one in found.files}
    wanted = [by_path[path] for path in paths]
    files = [
        file_of(
            build, found.revision, one.path, one.bytes, sha256=one.sha256, git_sha1=one.git_sha1
        )
        for one in wanted
    ]
    if build.library:
        files.append(library_file(build.library))
    kept_record = record if record.origin in ("hub", "files") else None
    return Manifest(
        build.key, build.repository, found.revision, build.library, tuple(files), kept_record
    )
