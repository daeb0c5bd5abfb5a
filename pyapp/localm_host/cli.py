"""The command line: `localm serve`, `build`, `--version`; models: see model_commands.py."""

from __future__ import annotations

import argparse
import errno
import importlib.metadata
import ipaddress
import socket
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from localm.errors import BadHub
from localm.hub_address import HubAddress
from localm_host.guard import LOOPBACK_NAMES
from localm_host.hub_address import configured_hub
from localm_host.mirror import here
from localm_host.model_commands import add_hub_option, add_model_commands, run_model_command
from localm_host.model_error import ModelError
from localm_host.out_folder import OutError
from localm_host.server import create_app, listen, run
from localm_host.site import SiteError, build_site, find_site, named_site

REACHABLE = (
    "Other computers can reach this address. They could load the app, never your conversations. "
    "Without --host it is for this computer alone."
)


class CannotServe(Exception):
    """The server cannot listen where it was told to; the message says what to do next."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0, 1 when something went wrong, 2 for a wrong command line."""
    options = parser().parse_args(arguments)
    try:
        match options.command:
            case "serve":
                hub = configured_hub(options.hub)
                serve(options.host, options.port, options.site, hub, open_browser=options.open)
            case "build":
                build_site(options.out)
            case _:
                return run_model_command(options)
    except (SiteError, OutError, CannotServe, BadHub, ModelError) as error:
        print(f"localm: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="localm", description="A private chat whose language model runs in your browser."
    )
    top.add_argument("--version", action="version", version=f"localm {version()}")
    commands = top.add_subparsers(dest="command", required=True)

    serving = commands.add_parser("serve", help="serve the app on this computer, and open it")
    serving.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serving.add_argument(
        "--port", type=port_number, default=8765, help="port to listen on (%(default)s)"
    )
    serving.add_argument(
        "--no-open", dest="open", action="store_false", help="do not open the browser"
    )
    serving.add_argument("--site", type=Path, help="serve this built site")
    add_hub_option(serving, "the hub that the page offers")

    building = commands.add_parser("build", help="write the site to a folder, for any static host")
    building.add_argument("out", type=Path, metavar="OUT")
    add_model_commands(commands)
    return top


def port_number(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text} is no port: choose one from 1024 to 65535")
    return int(text)


def version() -> str:
    """Also from sources that nobody installed: they have no version but themselves."""
    try:
        return importlib.metadata.version("localm")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def serve(host: str, port: int, site: Path | None, hub: HubAddress, *, open_browser: bool) -> None:
    """Until Ctrl+C. The port is taken first: a build that ends at a taken port was in vain."""
    with listening_socket(host, port) as listening:
        folder = named_site(site) if site else find_site()
        name = name_in_url(host, listening)
        address = f"http://{name}:{listening.getsockname()[1]}/"
        if not bound_address(listening).is_loopback:
            print(f"localm: {REACHABLE}", file=sys.stderr)
        print(f"localm is at {address} (stop it with Ctrl+C)", flush=True)
        if open_browser:
            # Some "browsers" of a terminal block until they are closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        app = create_app(folder, allowed_hosts={*LOOPBACK_NAMES, name}, hub=hub, mirror=here())
        run(app, listening)
        print("\nlocalm has stopped.")


def bound_address(listening: socket.socket) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(listening.getsockname()[0].partition("%")[0])


def name_in_url(host: str, listening: socket.socket) -> str:
    """Where the server listens everywhere, this computer's own name: browsers trust no other."""
    if bound_address(listening).is_unspecified:
        return "[::1]" if listening.family == socket.AF_INET6 else "127.0.0.1"
    return bracketed(host)


def bracketed(host: str) -> str:
    """An address as it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def listening_socket(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except OSError as error:
        raise CannotServe(explain(error, host, port)) from error


def explain(error: OSError, host: str, port: int) -> str:
    """One sentence: what happened, what to do next."""
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} is in use, perhaps by a localm that already runs. "
                f"Choose another one: localm serve --port {port + 1 if port < 65535 else 8765}"
            )
        case errno.EACCES:
            return f"Port {port} needs more rights. Choose one above 1023: --port 8765"
        case _:
            reason = str(error.strerror).partition(" (while ")[0]
            return f"{host} is no address of this computer ({reason}). Try --host 127.0.0.1"
