"""The server: an ASGI app over one built site, and how it is run on the user's own computer."""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import Iterable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from localm.hub_address import DEFAULT_HUB, HubAddress
from localm_host.guard import LOOPBACK_NAMES, MAX_HEADER_BYTES, Guard
from localm_host.mirror import Mirror, hub_json_route
from localm_host.policies import SecurityHeaders
from localm_host.site_files import SiteFiles


def create_app(
    site_dir: Path,
    *,
    allowed_hosts: Iterable[str] = LOOPBACK_NAMES,
    hub: HubAddress = DEFAULT_HUB,
    mirror: Mirror | None = None,
) -> ASGIApp:
    """The site in `site_dir`, for requests to `allowed_hosts` (names without a port) alone.

    The page learns of `hub`; `mirror` has the models that this computer pulled.
    """
    routes = [hub_json_route(hub, mirror=mirror is not None)]
    if mirror:
        routes.append(Mount("/hub", routes=mirror.routes()))
    files = Starlette(routes=[*routes, Mount("/", SiteFiles(site_dir))])
    return SecurityHeaders(Guard(files, allowed_hosts))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; OSError where the address is taken, unknown or not ours to use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def run(app: ASGIApp, listening: socket.socket) -> None:
    """Serves until Ctrl+C."""
    # uvicorn stops in good order, and then raises Ctrl+C again.
    with contextlib.suppress(KeyboardInterrupt):
        Server(server_config(app)).run(sockets=[listening])


class Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """A download that ends with the server is no error; uvicorn would print its traceback."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def server_config(app: ASGIApp) -> uvicorn.Config:
    """h11 refuses doubled and missing Host headers; httptools would not."""
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=MAX_HEADER_BYTES,
        timeout_graceful_shutdown=0,
    )
