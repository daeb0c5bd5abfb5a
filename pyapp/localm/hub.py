"""The hub: where a model is looked for, and what a repository holds.

Our own server's mirror is asked first; then the hub. The address may be set: "URL [FILE-HOST ...]",
the further hosts being those that the hub sends files from. API: https://huggingface.co/docs/hub/api
"""

import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from localm.engines.contract import CancelToken
from localm.errors import DownloadFailed, NeedsAccess, NoRepository
from localm.files import Answer, FileStore
from localm.hub_address import DEFAULT_HUB, HubAddress, parse_hub_address

log = logging.getLogger("localm")


@dataclass(frozen=True, slots=True)
class RepositoryFile:
    """One file of a repository, at a pinned revision."""

    path: str
    bytes: int
    sha256: str
    git_sha1: str


@dataclass(frozen=True, slots=True)
class Repository:
    """What a hub has under an id, at one commit."""

    id: str
    revision: str  # the commit
    license: str
    files: tuple[RepositoryFile, ...]

    @property
    def sizes(self) -> dict[str, int]:
        """Path: bytes."""
        return {one.path: one.bytes for one in self.files}


class Hub:
    """Reads repositories, from the mirror first."""

    def __init__(self, files: FileStore, base_url: str) -> None:
        self._files = files
        self._base_url = base_url  # the app's folder
        self._mirror = False
        self._site_default: HubAddress | None = None
        self._chosen: HubAddress | None = None

    @property
    def mirror_address(self) -> str:
        """Where our own server offers what was pulled, if it does."""
        return f"{self._base_url}hub"

    def choose(self, address: str) -> None:
        """Use this address from now on; "" is the site's default. Raises BadHub."""
        self._chosen = parse_hub_address(address) if address.strip() else None

    async def current(self, cancel: CancelToken) -> tuple[HubAddress, bool]:
        """The hub in use, and whether our own server has a mirror."""
        if self._site_default is None:
            try:
                self._site_default = await self._read_default(cancel)
            except DownloadFailed as error:
                log.warning("hub.json failure error=%s", error.one_line)
        hub = self._chosen or self._site_default or DEFAULT_HUB
        self._files.allow(hub.origins)
        return hub, self._mirror

    def page_url(self, repository: str) -> str:
        """Where a person reads about it."""
        hub = self._chosen or self._site_default or DEFAULT_HUB
        return f"{hub.address}/{repository}" if repository else ""

    async def repository(
        self,
        id: str,
        revision: str,
        has_what_is_wanted: Callable[[Repository], bool],
        cancel: CancelToken,
    ) -> Repository:
        """The mirror's, if that has what is wanted; else the hub's.

        Raises NoRepository, NeedsAccess, HostBlocked, DownloadFailed.
        """
        hub, mirror = await self.current(cancel)
        if mirror:
            try:
                found = await self._read(self.mirror_address, id, revision, cancel)
                if has_what_is_wanted(found):
                    return found
            except DownloadFailed as error:
                log.info("mirror passed over model=%s error=%s", id, error.one_line)
        return await self._read(hub.address, id, revision, cancel)

    async def file_urls(
        self, repository: str, revision: str, path: str, cancel: CancelToken
    ) -> tuple[str, ...]:
        """Where a file may be, in this order."""
        hub, mirror = await self.current(cancel)
        ours = [self.mirror_address] if mirror else []
        below = f"{repository}/resolve/{revision}/{quote(path)}"
        return tuple(f"{address}/{below}" for address in (*ours, hub.address))

    async def library_urls(self, path: str, cancel: CancelToken) -> tuple[str, ...]:
        """Where a model library may be, in this order."""
        hub, mirror = await self.current(cancel)
        ours = [f"{self.mirror_address}/libraries/{path.rpartition('/')[2]}"] if mirror else []
        return (*ours, hub.library_url(path))

    async def _read_default(self, cancel: CancelToken) -> HubAddress:
        url = f"{self._base_url}hub.json"
        data = checked(await self._files.read_json(url, cancel), url)
        self._mirror = bool(data["mirror"])
        address, libraries = str(data["address"]).rstrip("/"), str(data["libraries"])
        return HubAddress(address, tuple(data["file_hosts"]), libraries)

    async def _read(
        self, address: str, repository: str, revision: str, cancel: CancelToken
    ) -> Repository:
        page = f"{address}/{repository}"
        url = f"{address}/api/models/{repository}/revision/{quote(revision, safe='')}"
        info = checked(await self._files.read_json(url, cancel), page)
        commit = str(info["sha"])
        tree = [one async for one in self._tree(address, repository, commit, page, cancel)]
        card = info.get("cardData") or {}
        license = card.get("license") if isinstance(card, dict) else ""
        return Repository(repository, commit, license_text(license), tuple(tree))

    async def _tree(
        self, address: str, repository: str, commit: str, page: str, cancel: CancelToken
    ) -> AsyncIterator[RepositoryFile]:
        url = f"{address}/api/models/{repository}/tree/{commit}?recursive=true"
        while url:
            answer = await self._files.read_json(url, cancel)
            for one in checked(answer, page):
                if one.get("type") == "file":
                    yield repository_file(one)
            url = answer.next_url


def repository_file(one: dict[str, Any]) -> RepositoryFile:
    """An entry of the tree API. LFS files have a sha256; for others git's own blob id serves."""
    lfs = one.get("lfs") or {}
    return RepositoryFile(
        path=one["path"],
        bytes=int(lfs.get("size", one["size"])),
        sha256=lfs.get("oid", "").removeprefix("sha256:"),
        git_sha1="" if lfs else one.get("oid", ""),
    )


def license_text(license: Any) -> str:
    """The hub's short name of a licence, as one reads it."""
    if not isinstance(license, str):
        return ""
    return {"apache-2.0": "Apache-2.0", "mit": "MIT"}.get(license, license)


def checked(answer: Answer, page: str) -> Any:
    """The JSON of an answer. Raises NeedsAccess, NoRepository, DownloadFailed."""
    match answer.status:
        case 200:
            return parse_json(answer)
        case 404:
            raise NoRepository(page)
        case 401 if "restricted" not in answer.text.lower():
            raise NoRepository(page)  # so the hub answers whoever has not signed in
        case 401 | 403:
            raise NeedsAccess(page)
        case status:
            raise DownloadFailed(f"{answer.url}: HTTP {status}")


def parse_json(answer: Answer) -> Any:
    """Raises DownloadFailed for a page of HTML, as a captive portal sends it."""
    try:
        return json.loads(answer.text)
    except ValueError as error:
        raise DownloadFailed(f"{answer.url}: this is not JSON ({error})") from error
