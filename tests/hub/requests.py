"""A request as a handler sees it and a test counts it, and the answer that a fault may change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import parse_qs

from tests.hub.contents import Bytes, Content

Origin = Literal["hub", "cdn"]
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass
class Asked:
    """One request; `status` and `sent_bytes` grow with its answer."""

    origin: Origin
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    status: int = 0
    sent_bytes: int = 0
    redirected: bool = False

    @property
    def range(self) -> str | None:
        return self.headers.get("range")

    @property
    def token(self) -> str | None:
        authorization = self.headers.get("authorization")
        return authorization.removeprefix("Bearer ") if authorization else None

    def parameter(self, name: str) -> str | None:
        return next(iter(parse_qs(self.query).get(name, [])), None)


@dataclass(frozen=True)
class Answer:
    """A status, headers, and the part of a content that is sent; and how badly it is sent."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content: Content = field(default_factory=lambda: Bytes(b""))
    start: int = 0
    stop: int | None = None
    # From here on, what faults set.
    chunked: bool = False
    cors: bool = True
    cut_after: int | None = None
    stall_after: int | None = None
    stall_s: float = 0
    bytes_per_s: float | None = None

    @property
    def end(self) -> int:
        return self.content.size if self.stop is None else self.stop

    def with_headers(self, **headers: str) -> Answer:
        """Names with _ for -."""
        added = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **added})

    def whole(self) -> Answer:
        """All of the content, as if no range had been asked for."""
        headers = {k: v for k, v in self.headers.items() if k != "content-range"}
        return replace(self, status=200, headers=headers, start=0, stop=None)

    def part(self, asked: Asked) -> Answer:
        """What the request's Range selects; 416 for one outside of the content."""
        found = ONE_RANGE.fullmatch(asked.range or "")
        if not found or found.group(0) == "bytes=-":
            return self.whole()
        size = self.content.size
        first, last = found.groups()
        start = int(first) if first else max(size - int(last), 0)
        stop = min(int(last) + 1, size) if first and last else size
        if start >= stop:
            return refused_range(size)
        answer = self.with_headers(content_range=f"bytes {start}-{stop - 1}/{size}")
        return replace(answer, status=206, start=start, stop=stop)


def refused_range(size: int) -> Answer:
    return text(416, "Range Not Satisfiable").with_headers(content_range=f"bytes */{size}")


def text(status: int, body: str, media_type: str = "text/plain") -> Answer:
    return Answer(status, {"content-type": media_type}, Bytes(body.encode()))


def file_answer(asked: Asked, content: Content, etag: str, media_type: str) -> Answer:
    """A content with its validator: ranges, If-Range and If-None-Match as RFC 9110 has them."""
    etag = f'"{etag}"'
    headers = {"content-type": media_type, "etag": etag, "accept-ranges": "bytes"}
    if asked.headers.get("if-none-match") == etag:
        return Answer(304, headers)
    answer = Answer(200, headers, content)
    if asked.headers.get("if-range", etag) != etag:
        return answer
    return answer.part(asked)
