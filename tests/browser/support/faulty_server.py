"""The real server in a thread, with faults that a test switches on by the end of a path.

Faults travel over real HTTP, so the browser, the worker and the engines meet them as they would in
the field. Nothing is intercepted in the page.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from localm_host.server import create_app

BLANK = b"<!doctype html><html lang=en><title>blank</title>"


@dataclass
class Reply:
    """A whole response, as the real server made it and a fault may change it."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


Fault = Callable[[Reply], Reply]


def not_found(reply: Reply) -> Reply:
    """The file is gone."""
    return Reply(404, _plain(reply, b"text/plain"), b"Not Found")


def html_instead(reply: Reply) -> Reply:
    """A captive portal answers 200 with a page of its own."""
    return Reply(200, _plain(reply, b"text/html"), b"<!doctype html><title>Sign in</title>")


def cut_off(reply: Reply) -> Reply:
    """Only the first half arrives, under a Content-Length that says it is all."""
    return Reply(200, _plain(reply), reply.body[: len(reply.body) // 2])


def patched(old: bytes, new: bytes) -> Fault:
    """Same size, other bytes."""
    assert len(old) == len(new)

    def change(reply: Reply) -> Reply:
        assert old in reply.body, f"{old!r} is not in the file: the fault would do nothing"
        return Reply(200, _plain(reply), reply.body.replace(old, new))

    return change


def preceded_by(script: str) -> Fault:
    """Run `script` in front of a JavaScript file: how a stub reaches a worker."""

    def change(reply: Reply) -> Reply:
        return Reply(200, _plain(reply), script.encode() + b"\n" + reply.body)

    return change


def replaced_by(script: str) -> Fault:
    """Another JavaScript file under the same name, with the real one's headers."""
    return lambda reply: Reply(200, _plain(reply), script.encode())


def _plain(reply: Reply, content_type: bytes | None = None) -> list[tuple[bytes, bytes]]:
    """The reply's headers without what is bound to the old body; a fault must not be cached."""
    dropped = {b"content-length", b"etag", b"cache-control", b"last-modified", b"accept-ranges"}
    kept = [(k, v) for k, v in reply.headers if k.lower() not in dropped]
    if content_type:
        kept = [(k, v) for k, v in kept if k.lower() != b"content-type"]
        kept.append((b"content-type", content_type))
    return [*kept, (b"cache-control", b"no-store")]


class FaultyApp:
    """ASGI wrapper around the real application that counts requests and applies faults."""

    def __init__(self, site: Path) -> None:
        self.app: Any = create_app(site)
        self.faults: dict[str, Fault] = {}
        self.requests: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        self.requests.append(path)
        fault = next((f for end, f in self.faults.items() if path.endswith(end)), None)
        if path == "/blank.html":
            scope = scope | {"path": "/", "raw_path": b"/"}
            fault = _blank
        if fault is None:
            await self.app(scope, receive, send)
        else:
            await _send(send, fault(await self._whole(scope, receive)))

    async def _whole(self, scope: Any, receive: Any) -> Reply:
        """The real server's response, uncompressed and whole."""
        unwanted = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since")
        headers = [(k, v) for k, v in scope["headers"] if k.lower() not in unwanted]
        reply = Reply(500, [], b"")

        async def collect(message: Any) -> None:
            if message["type"] == "http.response.start":
                reply.status, reply.headers = message["status"], list(message["headers"])
            elif message["type"] == "http.response.body":
                reply.body += message.get("body", b"")

        scope = scope | {"headers": headers, "extensions": {}}
        await self.app(scope, receive, collect)
        return reply


def _blank(reply: Reply) -> Reply:
    """An empty page with the headers of the real one, for tests that speak to the worker alone."""
    return Reply(200, _plain(reply), BLANK)


async def _send(send: Any, reply: Reply) -> None:
    length = (b"content-length", str(len(reply.body)).encode())
    start = {"type": "http.response.start", "status": reply.status}
    await send(start | {"headers": [*reply.headers, length]})
    await send({"type": "http.response.body", "body": reply.body})


class FaultyServer:
    """`with FaultyServer(site) as server:` serves at `server.url` until the block ends."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.app = FaultyApp(site)
        config = uvicorn.Config(self.app, port=0, log_level="warning", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> "FaultyServer":
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the test server did not start")
            self._thread.join(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """From now on nobody answers at `url`."""
        self._server.should_exit = True
        self._thread.join(10)

    def break_path(self, end: str, fault: Fault) -> None:
        """Apply the fault to every path that ends in `end` until `mend`."""
        self.app.faults[end] = fault

    def mend(self) -> None:
        """All faults off, all counts forgotten."""
        self.app.faults.clear()
        self.app.requests.clear()

    def count(self, end: str) -> int:
        """How often a path that ends in `end` was asked for."""
        return sum(path.endswith(end) for path in self.app.requests)
