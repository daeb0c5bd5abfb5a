"""The headers that keep the app to itself: nothing leaves, nothing foreign runs.

The same policies are in web/service_worker.js, for hosts that set no headers; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from localm.hub_address import SOURCE

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types app-worker dompurify"
)
# A worker takes its policy from its own script's response, never from the page. The policy named
# `default` answers for ONNX Runtime, which starts threads without a policy of its own.
SCRIPT_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types app-worker default"
)
# An icon opened on its own, an error: nothing of it may run or load.
INERT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

# Off: what a chat never needs. Writing to the clipboard is for the copy buttons.
FEATURES_OFF = (
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(
    [f"{name}=()" for name in FEATURES_OFF]
    + ["clipboard-write=(self)", "cross-origin-isolated=(self)"]
)

HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": PERMISSIONS,
}


# The scripts that may reach other origins; their address says which (`?connect=…&connect=…`).
OUTBOUND = ("/worker/download_worker.js", "/worker/image_worker.js")


def content_policy(path: str, query: str = "") -> str:
    """By the address, not by the answer: a 304 must carry what the 200 before it carried."""
    if path.endswith(OUTBOUND):
        sources = " ".join(["connect-src 'self'", *asked_sources(query)])
        return SCRIPT_POLICY.replace("connect-src 'self'", sources)
    match PurePosixPath(path).suffix:
        case ".html":
            return PAGE_POLICY
        case ".js" | ".mjs":
            return SCRIPT_POLICY
        case _:
            return PAGE_POLICY if path.endswith("/") else INERT_POLICY


def asked_sources(query: str) -> Iterator[str]:
    """The origins that the address asks for. Whatever is not one plain origin is dropped."""
    asked = parse_qs(query, errors="replace").get("connect", [])
    return (source for source in dict.fromkeys(asked) if SOURCE.fullmatch(source))


class SecurityHeaders:
    """Puts the headers on every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                # What is missing now may be there after the next build.
                headers.setdefault("cache-control", "no-cache")
                query = scope["query_string"].decode("latin-1")
                headers["content-security-policy"] = content_policy(scope["path"], query)
            await send(message)

        await self.app(scope, receive, send_with_headers)
