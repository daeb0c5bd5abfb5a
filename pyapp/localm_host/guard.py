"""Refuses what no page of ours asks: foreign names, foreign pages, anything but reading.

A page on the internet can point its own name at 127.0.0.1 (DNS rebinding) or send requests here
from the user's browser. The name that a request is for and the page that it is from betray both.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
METHODS = ("GET", "HEAD")
# A browser sends about 1 KB of headers.
MAX_HEADER_BYTES = 16 * 1024


class Guard:
    """The checks, on every route, before anything is looked up."""

    def __init__(self, app: ASGIApp, allowed_hosts: Iterable[str]) -> None:
        self.app = TrustedHostMiddleware(app, [*allowed_hosts], www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        elif refused := refusal(scope["method"], Headers(scope=scope)):
            await refused(scope, receive, send)
        else:
            await self.app(without_futile_range(scope), receive, send)


def refusal(method: str, headers: Headers) -> Response | None:
    """The answer to a request that cannot be ours; None for one that can."""
    if sum(len(name) + len(value) for name, value in headers.raw) > MAX_HEADER_BYTES:
        return PlainTextResponse("These headers are too long.\n", status_code=431)
    hosts = headers.getlist("host")
    if len(hosts) != 1:
        return PlainTextResponse("One Host header is needed.\n", status_code=400)
    if any(not same_origin(origin, hosts[0]) for origin in headers.getlist("origin")):
        return PlainTextResponse("Other sites may not read this one.\n", status_code=403)
    if method not in METHODS:
        allow = {"Allow": ", ".join(METHODS)}
        return PlainTextResponse("Only reading is possible here.\n", status_code=405, headers=allow)
    return None


def same_origin(origin: str, host: str) -> bool:
    """https too: a TLS proxy may stand in front of the server."""
    return origin.lower() in (f"http://{host}".lower(), f"https://{host}".lower())


def without_futile_range(scope: Scope) -> Scope:
    """A range is defined for GET alone (RFC 9110, 14.2): HEAD tells about the whole file."""
    if scope["method"] != "HEAD":
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"range"]}
