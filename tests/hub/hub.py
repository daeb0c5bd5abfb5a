"""The hub: the routes of huggingface.co that a download needs, and a CDN on another port."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.hub.contents import Content, content_of
from tests.hub.faults import Fault, without_cors
from tests.hub.repositories import (
    GOOD_TOKEN,
    Files,
    Repository,
    StoredFile,
    all_libraries,
    all_repositories,
)
from tests.hub.requests import Answer, Asked, Origin, file_answer, text
from tests.hub.server import HubOrigin

REPO = r"(?P<repo>[^/]+/[^/]+)"
INFO = re.compile(rf"/api/models/{REPO}(/revision/(?P<revision>[^/]+))?")
TREE = re.compile(rf"/api/models/{REPO}/tree/(?P<revision>[^/]+)")
RESOLVE = re.compile(rf"/{REPO}/resolve/(?P<revision>[^/]+)/(?P<path>.+)")
LIBRARY = re.compile(r"/libraries/(?P<name>.+)")
# Below it the file's own path, so that faults and counts find it by its end.
CDN_FILE = re.compile(rf"/repos/{REPO}/(?P<sha256>[0-9a-f]{{64}})/(?P<path>.+)")


class Refused(Exception):
    """Carries the answer that refuses."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


@dataclass
class Switch:
    """A fault that is on, for so many requests more (None: for all)."""

    end: str
    fault: Fault
    origin: Origin | None
    times: int | None


class LocalHub:
    """`with LocalHub() as hub:` serves at `hub.url` and `hub.cdn_url` until the block ends."""

    __test__ = False

    def __init__(self) -> None:
        self.repositories = all_repositories()
        self.libraries = all_libraries()
        self.page_size = 1000
        self.requests: list[Asked] = []
        self._switches: list[Switch] = []
        self._hub = HubOrigin("hub", self._answer, self.requests)
        self._cdn = HubOrigin("cdn", self._answer, self.requests)
        self.url = self._hub.url
        self.cdn_url = self._cdn.url
        # As it is typed into "Hub address".
        self.address = f"{self.url} {self.cdn_url}"

    def __enter__(self) -> LocalHub:
        self._hub.start()
        self._cdn.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """From now on nobody answers."""
        for origin in (self._hub, self._cdn):
            origin.stop_soon()
        for origin in (self._hub, self._cdn):
            origin.wait()

    def add(self, name: str, files: Files, *, gated: bool = False) -> str:
        """A repository, or its next commit; returns the commit's name."""
        repository = self.repositories.setdefault(name, Repository(name, gated))
        return repository.commit(files)

    def add_library(self, name: str, source: Content | bytes) -> None:
        self.libraries[name] = content_of(source)

    def file(self, repo: str, path: str) -> StoredFile:
        """A file of the newest commit."""
        repository = self.repositories[repo]
        return repository.commits[repository.head][path]

    def break_path(
        self, end: str, fault: Fault, *, times: int | None = None, origin: Origin | None = None
    ) -> None:
        """The fault holds for every path that ends in `end`: for the first `times`, or till `mend`.

        It strikes where the bytes come from, and leaves a redirect to the CDN alone. With
        `origin` it strikes every answer of that origin.
        """
        self._switches.append(Switch(end, fault, origin, times))

    def mend(self) -> None:
        """All faults off, all requests forgotten."""
        self._switches.clear()
        self.requests.clear()

    def asked(self, end: str) -> list[Asked]:
        """The requests for a file's bytes; not HEAD, not preflights, not what was redirected."""
        return [
            asked
            for asked in self.requests
            if asked.path.endswith(end) and asked.method == "GET" and not asked.redirected
        ]

    def count(self, end: str) -> int:
        return len(self.asked(end))

    def _answer(self, asked: Asked) -> Answer:
        try:
            answer = self._route(asked)
        except Refused as refused:
            answer = refused.answer
        asked.redirected = answer.status in (301, 302, 303, 307, 308)
        return self._with_faults(asked, answer)

    def _with_faults(self, asked: Asked, answer: Answer) -> Answer:
        for switch in self._switches:
            if switch.times == 0 or not asked.path.endswith(switch.end):
                continue
            if asked.redirected if switch.origin is None else switch.origin != asked.origin:
                continue
            if asked.method == "OPTIONS" and switch.fault is not without_cors:
                continue
            if switch.times is not None:
                switch.times -= 1
            answer = switch.fault(asked, answer)
        return answer

    def _route(self, asked: Asked) -> Answer:
        if asked.method == "OPTIONS":
            return Answer(204)
        if asked.method not in ("GET", "HEAD"):
            return text(405, "Method Not Allowed")
        routes = CDN_ROUTES if asked.origin == "cdn" else HUB_ROUTES
        for pattern, handler in routes:
            if found := pattern.fullmatch(asked.path):
                return handler(self, asked, **found.groupdict())
        return text(404, "Not Found")

    def _info(self, asked: Asked, repo: str, revision: str | None) -> Answer:
        repository = self._repository(asked, repo)
        sha = commit_of(repository, revision or "main")
        return json_answer(
            {
                "id": repo,
                "modelId": repo,
                "sha": sha,
                "private": False,
                "gated": "manual" if repository.gated else False,
                "tags": [f"license:{repository.license}"],
                "cardData": {"license": repository.license},
                "siblings": [{"rfilename": path} for path in repository.commits[sha]],
            }
        )

    def _tree(self, asked: Asked, repo: str, revision: str) -> Answer:
        repository = self._repository(asked, repo)
        sha = commit_of(repository, revision)
        entries = [tree_entry(file) for _, file in sorted(repository.commits[sha].items())]
        start = int(asked.parameter("cursor") or 0)
        answer = json_answer(entries[start : start + self.page_size])
        if start + self.page_size >= len(entries):
            return answer
        following = f"{asked.path}?recursive=true&cursor={start + self.page_size}"
        return answer.with_headers(link=f'<{self.url}{following}>; rel="next"')

    def _resolve(self, asked: Asked, repo: str, revision: str, path: str) -> Answer:
        repository = self._repository(asked, repo)
        require_access(repository, asked)
        sha = commit_of(repository, revision)
        file = repository.commits[sha].get(path)
        if file is None:
            return refusal(404, "EntryNotFound", "Entry not found").with_headers(x_repo_commit=sha)
        if not file.is_lfs:
            answer = file_answer(asked, file.content, file.etag, media_type(path))
            return answer.with_headers(x_repo_commit=sha)
        location = f"{self.cdn_url}/repos/{repo}/{file.content.sha256}/{quote(path)}"
        return text(302, "Found").with_headers(
            location=location,
            x_repo_commit=sha,
            x_linked_etag=f'"{file.etag}"',
            x_linked_size=str(file.content.size),
        )

    def _library(self, asked: Asked, name: str) -> Answer:
        """Like a raw file of a git host: its ETag is no hash that a reader could check."""
        # WebLLM's list has a folder for each version.
        content = self.libraries.get(name) or self.libraries.get(name.rpartition("/")[2])
        if content is None:
            return text(404, "404: Not Found")
        return file_answer(asked, content, content.blob_id, "application/octet-stream")

    def _cdn_file(self, asked: Asked, repo: str, sha256: str, path: str) -> Answer:
        for files in self.repositories[repo].commits.values():
            if path in files and files[path].content.sha256 == sha256:
                return file_answer(asked, files[path].content, sha256, "application/octet-stream")
        return text(403, "AccessDenied")

    def _repository(self, asked: Asked, repo: str) -> Repository:
        """The real hub tells strangers 401 for a repository that it does not have."""
        if repo in self.repositories:
            return self.repositories[repo]
        if asked.token == GOOD_TOKEN:
            raise Refused(refusal(404, "RepoNotFound", "Repository not found"))
        raise Refused(refusal(401, "RepoNotFound", "Invalid username or password."))


Route = tuple[re.Pattern[str], Callable[..., Answer]]
HUB_ROUTES: list[Route] = [
    (INFO, LocalHub._info),
    (TREE, LocalHub._tree),
    (RESOLVE, LocalHub._resolve),
    (LIBRARY, LocalHub._library),
]
CDN_ROUTES: list[Route] = [(CDN_FILE, LocalHub._cdn_file)]


def commit_of(repository: Repository, revision: str) -> str:
    sha = repository.resolve(revision)
    if sha is None:
        raise Refused(refusal(404, "RevisionNotFound", f"Invalid rev id: {revision}"))
    return sha


def require_access(repository: Repository, asked: Asked) -> None:
    """As on the real hub: what a gated repository is and has can be read, its files cannot."""
    if not repository.gated or asked.token == GOOD_TOKEN:
        return
    status = 403 if asked.token else 401
    sentence = f"Access to model {repository.id} is restricted."
    raise Refused(refusal(status, "GatedRepo", sentence))


def refusal(status: int, code: str, sentence: str) -> Answer:
    return text(status, sentence).with_headers(x_error_code=code, x_error_message=sentence)


def tree_entry(file: StoredFile) -> dict[str, Any]:
    entry = {"type": "file", "oid": file.pointer_id, "size": file.content.size, "path": file.path}
    if file.is_lfs:
        sha256, size = file.content.sha256, file.content.size
        entry["lfs"] = {"oid": sha256, "size": size, "pointerSize": len(file.pointer())}
    return entry


def media_type(path: str) -> str:
    return "application/json" if path.endswith(".json") else "text/plain; charset=utf-8"


def json_answer(value: object) -> Answer:
    return text(200, json.dumps(value), "application/json")
