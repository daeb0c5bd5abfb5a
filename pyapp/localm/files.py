"""Files of a model, and the seam to whatever fetches, keeps and checks them.

In the browser that is `browser_files.py` over web/bridge/downloads.js; bytes never pass through
Python. Tests hand in another one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from localm.engines.contract import CancelToken
from localm.protocol import Phase

Report = Callable[[Phase, float, float], None]  # phase, loaded, total in bytes


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file: where it may be fetched, what it must be, and where it is kept.

    A hash that the hub does not tell is "", and is noted when the file has come.
    """

    path: str  # below the build's folder
    urls: tuple[str, ...]  # tried in this order
    key: str  # its address in the cache
    cache: str
    bytes: int  # 0: not known yet
    sha256: str = ""
    git_sha1: str = ""  # of what git keeps outside LFS: sha1("blob <size>\\0" + content)
    type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is here of one file."""

    whole: bool
    incoming_bytes: float  # of a half-done download


@dataclass(frozen=True, slots=True)
class Answer:
    """A small text from the network, whatever its status."""

    status: int
    url: str  # after redirects
    next_url: str  # of the next page; ""
    text: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a file turned out to be."""

    key: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Room:
    """The origin's storage, in bytes; 0 where the browser does not tell."""

    usage: float
    quota: float


class FileStore(Protocol):
    """Fetches, keeps, checks and deletes files. Raises LocalmError alone."""

    def allow(self, origins: Sequence[str]) -> None:
        """The only other origins that may be reached from now on."""

    async def read_json(self, url: str, cancel: CancelToken) -> Answer:
        """A small text, fetched. Raises DownloadFailed when nothing answers."""

    async def download(
        self, lock: str, files: Sequence[ModelFile], report: Report, cancel: CancelToken
    ) -> list[Fetched]:
        """Bring the files that are not here. Nothing becomes visible before it is verified."""

    async def kept(self, files: Sequence[ModelFile]) -> list[Kept]:
        """What is here, in the same order."""

    async def damaged(
        self, files: Sequence[ModelFile], report: Report, cancel: CancelToken
    ) -> list[str]:
        """Hash what is here; the keys of what is missing, and of what was wrong and is deleted."""

    async def remove(self, files: Sequence[ModelFile]) -> float:
        """Delete the files and their half-done downloads; the bytes that were freed."""

    async def read_text(self, key: str, cache: str) -> str:
        """A kept text; "" without one."""

    async def write_text(self, key: str, cache: str, text: str) -> None:
        """Keep a text."""

    async def delete(self, key: str, cache: str) -> None:
        """Delete one entry."""

    async def keys(self, cache: str) -> list[str]:
        """All keys of a cache."""

    def forget(self, ticket: str) -> None:
        """Let go of the files of this computer that came under this ticket."""

    async def room(self) -> Room:
        """How much is used, and how much may be."""
