"""The local mirror: what this computer pulled, under /hub/, with the addresses of a model hub.

Only files of complete engine builds are shown, and only by their names in a snapshot: a request's
path is looked up in a table and never joined to a folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.staticfiles import NotModifiedResponse

from localm.hub_address import HubAddress
from localm_host.hashes import git_blob_id
from localm_host.hub_address import hub_json
from localm_host.libraries import LibraryStore, name_or_none
from localm_host.notes import localm_cache, read_notes
from localm_host.pulled import PulledFile, PulledModels, Snapshot
from localm_host.site_files import media_type, one_range_at_most

# The page keeps what it fetches in a store of its own: no second copy in the browser's cache.
KEPT_BY_THE_PAGE = "no-store"


@dataclass(frozen=True)
class Mirror:
    """Offers the models of one cache and the libraries of localm's own folder."""

    models: PulledModels
    libraries: LibraryStore

    def routes(self) -> list[BaseRoute]:
        model = "/{org}/{name}"
        return [
            Route(f"/api/models{model}", self.info),
            Route(f"/api/models{model}/revision/{{revision:path}}", self.info),
            Route(f"/api/models{model}/tree/{{revision:path}}", self.tree),
            Route("/libraries/{path:path}", self.library),
            Route(f"{model}/resolve/{{revision}}/{{path:path}}", self.file),
        ]

    def info(self, request: Request) -> Response:
        snapshot = self.snapshot(request)
        license = read_notes(self.libraries.cache).licenses.get(snapshot.repo)
        value = {"id": snapshot.repo, "sha": snapshot.commit, "gated": False, "private": False}
        return JSONResponse(value | ({"cardData": {"license": license}} if license else {}))

    def tree(self, request: Request) -> Response:
        return JSONResponse([tree_entry(f) for f in self.offered(self.snapshot(request)).values()])

    def file(self, request: Request) -> Response:
        snapshot = self.snapshot(request)
        file = self.offered(snapshot).get(request.path_params["path"])
        if file is None:
            raise not_found("EntryNotFound")
        return blob_response(file.blob, file.path, file.hash, request, snapshot.commit)

    def library(self, request: Request) -> Response:
        name = name_or_none(request.path_params["path"])
        note = read_notes(self.libraries.cache).libraries.get(name or "")
        if name is None or note is None or not self.libraries.file(name).is_file():
            raise not_found("EntryNotFound")
        return blob_response(self.libraries.file(name), name, note.sha256, request)

    def offered(self, snapshot: Snapshot) -> dict[str, PulledFile]:
        """With the library that `localm pull` was told of: the page finds it beside the weights."""
        webllm = snapshot.builds.webllm
        if webllm is None or not webllm.reason:
            return snapshot.offered
        notes = read_notes(self.libraries.cache).libraries
        named = {
            name: PulledFile(name, self.libraries.file(name), note.sha256)
            for name, note in notes.items()
            if snapshot.repo in note.repos and self.libraries.file(name).is_file()
        }
        return snapshot.offered | named

    def snapshot(self, request: Request) -> Snapshot:
        """Of the request's repository, at its revision; 404 where no build of it is here."""
        repo = "{org}/{name}".format(**request.path_params)
        if not self.models.has(repo):
            raise not_found("RepoNotFound")
        snapshot = self.models.snapshot(repo, request.path_params.get("revision", "main"))
        if snapshot is None or not snapshot.builds:
            raise not_found("RevisionNotFound")
        return snapshot


def here() -> Mirror:
    """What lies in this user's caches."""
    from huggingface_hub import constants

    return Mirror(PulledModels(Path(constants.HF_HUB_CACHE)), LibraryStore(localm_cache()))


def hub_json_route(hub: HubAddress, *, mirror: bool) -> BaseRoute:
    """In front of the site's own hub.json, which knows of no mirror."""
    text = hub_json(hub, mirror=mirror)

    async def answer(request: Request) -> Response:
        return Response(text, media_type="application/json")

    return Route("/hub.json", answer)


def not_found(code: str) -> HTTPException:
    """With the code by which a hub's clients tell what is missing."""
    return HTTPException(404, headers={"X-Error-Code": code})


def tree_entry(file: PulledFile) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": "file", "path": file.path, "size": file.size}
    if not file.is_lfs:
        return entry | {"oid": file.hash}
    pointer = lfs_pointer(file)
    lfs = {"oid": file.hash, "size": file.size, "pointerSize": len(pointer)}
    return entry | {"oid": git_blob_id(pointer), "lfs": lfs}


def lfs_pointer(file: PulledFile) -> bytes:
    """What git has in the file's place: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md"""
    lines = f"oid sha256:{file.hash}\nsize {file.size}\n"
    return f"version https://git-lfs.github.com/spec/v1\n{lines}".encode()


def blob_response(
    blob: Path, name: str, digest: str, request: Request, commit: str | None = None
) -> Response:
    """Ranges and If-Range are Starlette's; the ETag is the hash, so it is true for ever."""
    size = blob.stat().st_size
    one_range_at_most(request.headers, size)
    headers = {"etag": f'"{digest}"', "cache-control": KEPT_BY_THE_PAGE}
    if commit:
        headers["x-repo-commit"] = commit
    response = FileResponse(blob, headers=headers, media_type=media_type(Path(name)))
    if is_known(request.headers, headers["etag"]):
        return NotModifiedResponse(response.headers)
    return response


def is_known(request: Headers, etag: str) -> bool:
    named = request.get("if-none-match", "").split(",")
    return etag in [tag.strip().removeprefix("W/") for tag in named]
