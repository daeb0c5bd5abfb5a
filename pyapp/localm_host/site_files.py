"""Answers with the site's files: right types, compressed siblings, validators, ranges, caching.

Starlette's StaticFiles looks files up, keeps inside the folder, and answers ranges and conditions;
here is only what it leaves open.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, PathLike, StaticFiles
from starlette.types import Scope

# Not the machine's own table: one wrong entry there and the browser refuses a module.
MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
PLAIN_NAMES = {"LICENSE": "text/plain"}
# In order of preference.
ENCODINGS = {"br": ".br", "gzip": ".gz"}

# These addresses name their content, so what they answer never changes.
CONTENT_NAMED = re.compile(
    r"/(app-[0-9a-f]{8,}|vendor/[^/]+-[^/]+|models/.+/resolve/[0-9a-f]{8,})/"
)
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


class SiteFiles(StaticFiles):
    """The files of one built site."""

    def __init__(self, site_dir: Path) -> None:
        super().__init__(directory=site_dir)

    def get_path(self, scope: Scope) -> str:
        """The file's path below the site; 404 for an address that no page of ours writes."""
        path: str = scope["path"].removeprefix("/")
        segments = path.split("/") if path else ["index.html"]
        if "\\" in path or any(segment in ("", ".", "..") for segment in segments):
            raise HTTPException(404)
        return os.path.join(*segments)  # noqa: PTH118 - StaticFiles wants a string

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        path = Path(full_path)
        request = Headers(scope=scope)
        one_range_at_most(request, stat_result.st_size)
        encoding, file = best_encoding(path, request)
        stat_result = file.stat()
        response = FileResponse(
            file,
            status_code=status_code,
            headers=headers(scope["path"], encoding, stat_result),
            media_type=media_type(path),
            stat_result=stat_result,
        )
        if self.is_not_modified(response.headers, request):
            return NotModifiedResponse(response.headers)
        return response


def headers(address: str, encoding: str | None, stat_result: os.stat_result) -> dict[str, str]:
    content_named = CONTENT_NAMED.match(address) is not None
    common = {
        "etag": etag(encoding, stat_result),
        "vary": "Accept-Encoding",
        "cache-control": FOR_EVER if content_named else ASK_AGAIN,
    }
    return {**common, "content-encoding": encoding} if encoding else common


def etag(encoding: str | None, stat_result: os.stat_result) -> str:
    """Strong, so a different one for each encoding: a resumed download never mixes two.

    With the time of the change of status: installers may give all files of a package one old time.
    """
    times = f"{stat_result.st_mtime_ns} {stat_result.st_ctime_ns}"
    state = f"{times} {stat_result.st_ino} {stat_result.st_size} {encoding}"
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'


def media_type(path: Path) -> str:
    by_name = PLAIN_NAMES.get(path.name, "application/octet-stream")
    return MEDIA_TYPES.get(path.suffix, by_name)


def one_range_at_most(request: Headers, size: int) -> None:
    """No browser asks for several at once; thousands of them would be an attack."""
    if "," in request.get("range", ""):
        raise HTTPException(416, headers={"Content-Range": f"bytes */{size}"})


def best_encoding(path: Path, request: Headers) -> tuple[str | None, Path]:
    """The compressed sibling that the client takes; the file itself for a range of it."""
    if "range" not in request:
        accepted = accepted_encodings(request.get("accept-encoding", ""))
        for encoding, suffix in ENCODINGS.items():
            sibling = path.with_name(path.name + suffix)
            if encoding in accepted and sibling.is_file() and not sibling.is_symlink():
                return encoding, sibling
    return None, path


def accepted_encodings(header: str) -> frozenset[str]:
    """The codings that an Accept-Encoding header names, without those that it forbids (q=0)."""
    named = (item.strip().lower().partition(";") for item in header.split(","))
    return frozenset(
        coding.strip()
        for coding, _, weight in named
        if not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
    )
