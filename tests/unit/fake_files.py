"""A FileStore in memory, with a hub behind it that holds what a test puts there."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from localm.engines.contract import CancelToken
from localm.errors import Cancelled, DownloadFailed, LocalmError
from localm.files import Answer, Fetched, Kept, ModelFile, Report, Room

BASE = "http://127.0.0.1:1/"
HUB = "https://hub.test"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
DEFAULTS = {"address": HUB, "file_hosts": ["https://cdn.test"], "libraries": f"{HUB}/libraries/"}

MLC = ("mlc-chat-config.json", "tensor-cache.json", "tokenizer.json", "params_shard_0.bin")
ONNX = ("config.json", "tokenizer.json", "tokenizer_config.json", "generation_config.json")


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(eq=False)
class FakeFiles:
    """Keeps bytes in dictionaries. It fetches only from origins that were allowed."""

    mirror: bool = False
    web: dict[str, bytes] = field(default_factory=dict)  # by URL
    statuses: dict[str, int] = field(default_factory=dict)  # by URL, where it is not 200
    next_pages: dict[str, str] = field(default_factory=dict)  # by URL
    caches: dict[tuple[str, str], bytes] = field(default_factory=dict)  # by cache and key
    allowed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # every URL, in order
    errors: list[LocalmError] = field(default_factory=list)  # of the next downloads
    forgotten: list[str] = field(default_factory=list)  # tickets
    usage: float = 0
    quota: float = 0

    def __post_init__(self) -> None:
        self.put_json(f"{BASE}hub.json", DEFAULTS | {"mirror": self.mirror})

    def put_json(self, url: str, data: Any) -> None:
        """A text that the network answers."""
        self.web[url] = json.dumps(data).encode()

    def repository(
        self, id: str, paths: Sequence[str], at: str = HUB, license: str = "mit"
    ) -> None:
        """A repository with files of these names, whose content is their name."""
        info = {"id": id, "sha": COMMIT, "cardData": {"license": license}}
        self.put_json(f"{at}/api/models/{id}/revision/main", info)
        self.put_json(f"{at}/api/models/{id}/tree/{COMMIT}?recursive=true", [*map(entry, paths)])
        for path in paths:
            self.web[f"{at}/{id}/resolve/{COMMIT}/{path}"] = path.encode()

    def count(self, end: str) -> int:
        """How often a URL that ends so was asked for."""
        return sum(url.endswith(end) for url in self.asked)

    def allow(self, origins: Sequence[str]) -> None:
        """Remembered."""
        self.allowed = list(origins)

    async def read_json(self, url: str, cancel: CancelToken) -> Answer:
        """What is there."""
        text = self._fetch(url).decode()
        return Answer(self.statuses.get(url, 200), url, self.next_pages.get(url, ""), text)

    async def download(
        self, lock: str, files: Sequence[ModelFile], report: Report, cancel: CancelToken
    ) -> list[Fetched]:
        """All that is not here, one by one."""
        report("downloading", 0, sum(one.bytes for one in files))
        missing = [one for one in files if (one.cache, one.key) not in self.caches]
        return [self._bring(one, cancel) for one in missing]

    async def kept(self, files: Sequence[ModelFile]) -> list[Kept]:
        """By the keys."""
        return [Kept((one.cache, one.key) in self.caches, 0) for one in files]

    async def damaged(
        self, files: Sequence[ModelFile], report: Report, cancel: CancelToken
    ) -> list[str]:
        """Whose hash differs; without one, nothing is wrong."""
        report("verifying", 0, 1)
        wrong = [one for one in files if not self._is_right(one)]
        for one in wrong:
            self.caches.pop((one.cache, one.key), None)
        return [one.key for one in wrong]

    async def remove(self, files: Sequence[ModelFile]) -> float:
        """Gone."""
        gone = [self.caches.pop((one.cache, one.key), b"") for one in files]
        return sum(map(len, gone))

    async def read_text(self, key: str, cache: str) -> str:
        """A kept text."""
        return self.caches.get((cache, key), b"").decode()

    async def write_text(self, key: str, cache: str, text: str) -> None:
        """Kept."""
        self.caches[cache, key] = text.encode()

    async def delete(self, key: str, cache: str) -> None:
        """One entry."""
        self.caches.pop((cache, key), None)

    async def keys(self, cache: str) -> list[str]:
        """Of one cache."""
        return [key for name, key in self.caches if name == cache]

    def forget(self, ticket: str) -> None:
        """Noted."""
        self.forgotten.append(ticket)

    async def room(self) -> Room:
        """As scripted."""
        return Room(self.usage, self.quota)

    def _fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if url not in self.web and url not in self.statuses:
            if url.startswith((BASE, HUB)):
                self.statuses[url] = 404
            else:
                raise DownloadFailed(f"{url} cannot be reached")
        return self.web.get(url, b"{}")

    def _bring(self, file: ModelFile, cancel: CancelToken) -> Fetched:
        if cancel.requested:
            raise Cancelled
        if self.errors:
            raise self.errors.pop(0)
        for url in file.urls:
            if url.startswith("file:"):
                data = b"from a folder"
            else:
                data = self._fetch(url)
                if self.statuses.get(url, 200) != 200:
                    continue
            if file.sha256 and sha256(data) != file.sha256:
                raise DownloadFailed(f"{file.path} is not the file that the hub lists")
            self.caches[file.cache, file.key] = data
            return Fetched(file.key, len(data), sha256(data))
        raise DownloadFailed(f"{file.path}: HTTP 404")

    def _is_right(self, file: ModelFile) -> bool:
        data = self.caches.get((file.cache, file.key))
        return data is not None and (not file.sha256 or sha256(data) == file.sha256)


def entry(path: str) -> dict[str, Any]:
    """A file in the answer of the tree API; what is no small JSON is in LFS."""
    data = path.encode()
    common = {"type": "file", "path": path, "size": len(data), "oid": "f" * 40}
    if path.endswith(".json") and path != "tokenizer.json":
        return common
    return common | {"lfs": {"oid": sha256(data), "size": len(data)}}
