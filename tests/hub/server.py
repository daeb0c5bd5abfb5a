"""One origin of the test hub: HTTP by uvicorn in a thread, every request noted, faults applied."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from localm_host.server import Server, listen, server_config
from tests.hub.requests import Answer, Asked, Origin

Handler = Callable[[Asked], Answer]

EXPOSED = (
    "Accept-Ranges, Content-Range, ETag, Link, Retry-After, X-Error-Code, X-Error-Message, "
    "X-Linked-ETag, X-Linked-Size, X-Repo-Commit"
)
PACED_S = 0.05
# A browser throws away what it has not read yet when a connection breaks.
BEFORE_CUT_S = 0.2


class CutOff(Exception):
    """Ends the connection: uvicorn closes it when the application raises in mid-answer."""


def no_cut_off(record: logging.LogRecord) -> bool:
    """uvicorn would print a traceback for what is meant to happen."""
    return not (record.exc_info and isinstance(record.exc_info[1], CutOff))


logging.getLogger("uvicorn.error").addFilter(no_cut_off)


class HubOrigin:
    """`start()` serves what `handler` answers at `url`, until `stop_soon()`."""

    def __init__(self, origin: Origin, handler: Handler, requests: list[Asked]) -> None:
        self.origin = origin
        self.handler = handler
        self.requests = requests
        self._listening = listen("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._server = Server(server_config(self))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listening]}, daemon=True
        )

    def start(self) -> None:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the test hub did not start")
            self._thread.join(0.01)

    def stop_soon(self) -> None:
        self._server.should_exit = True

    def wait(self) -> None:
        """Until nobody answers at `url` any more."""
        self._thread.join(10)
        self._listening.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        asked = as_asked(self.origin, scope)
        self.requests.append(asked)
        answer = self.handler(asked)
        asked.status = answer.status
        await send(start_message(asked, answer))
        body = asked.method != "HEAD" and answer.status not in (204, 304)
        if body:
            await send_body(asked, answer, receive, send)
        await send({"type": "http.response.body", "body": b""})


def as_asked(origin: Origin, scope: Any) -> Asked:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query = scope["query_string"].decode("latin-1")
    return Asked(origin, scope["method"], scope["path"], query, headers)


def start_message(asked: Asked, answer: Answer) -> dict[str, Any]:
    headers = dict(answer.headers)
    if not answer.chunked and answer.status != 304:
        headers["content-length"] = str(answer.end - answer.start)
    if answer.cors:
        headers |= cors_headers(asked)
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": answer.status, "headers": raw}


def cors_headers(asked: Asked) -> dict[str, str]:
    headers = {"access-control-allow-origin": "*", "access-control-expose-headers": EXPOSED}
    if asked.method == "OPTIONS":
        headers["access-control-allow-methods"] = "GET, HEAD, OPTIONS"
        wanted = asked.headers.get("access-control-request-headers")
        if wanted:
            headers["access-control-allow-headers"] = wanted
    return headers


async def send_body(asked: Asked, answer: Answer, receive: Any, send: Any) -> None:
    """The answer's bytes at its pace, until all is sent or the client has gone."""
    gone = asyncio.ensure_future(client_gone(receive))
    started_s = asyncio.get_running_loop().time()
    try:
        for chunk in answer.content.chunks(answer.start, answer.end):
            for piece in pieces(chunk, asked, answer):
                await keep_pace(asked, answer, started_s, gone)
                if gone.done():
                    raise CutOff
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                asked.sent_bytes += len(piece)
    finally:
        gone.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await gone


def pieces(chunk: bytes, asked: Asked, answer: Answer) -> list[bytes]:
    """The chunk, divided where something is to happen, or small enough to be slow with."""
    marks = [mark for mark in (answer.cut_after, answer.stall_after) if mark is not None]
    inside = {mark - asked.sent_bytes for mark in marks if 0 < mark - asked.sent_bytes < len(chunk)}
    if answer.bytes_per_s:
        inside |= {*range(0, len(chunk), max(1, int(answer.bytes_per_s * PACED_S)))}
    edges = sorted({0, len(chunk), *inside})
    return [chunk[a:b] for a, b in pairwise(edges)]


async def keep_pace(
    asked: Asked, answer: Answer, started_s: float, gone: asyncio.Future[None]
) -> None:
    if answer.cut_after is not None and asked.sent_bytes >= answer.cut_after:
        await asyncio.sleep(BEFORE_CUT_S)
        raise CutOff
    wait_s = 0.0
    if asked.sent_bytes == answer.stall_after:
        wait_s = answer.stall_s
    elif answer.bytes_per_s:
        elapsed_s = asyncio.get_running_loop().time() - started_s
        wait_s = asked.sent_bytes / answer.bytes_per_s - elapsed_s
    # Also without a wait: others have their turn, and a client that has gone is noticed.
    await asyncio.wait([gone], timeout=max(wait_s, 0))


async def client_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
