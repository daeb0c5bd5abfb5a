"""Which model hub is used: the one rule for build, server, `localm pull` and the page's hub.json.

A hub is written "URL [FILE-HOST …]": its address, and the hosts that it redirects downloads to.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

# A source of a Content-Security-Policy. The download worker may reach nothing else, so whatever
# does not match is refused here and dropped there (policies.py).
SOURCE = re.compile(
    r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?"
    r"|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?"
)


class HubAddressError(Exception):
    """The text is no hub address; the message says why and what one looks like."""


@dataclass(frozen=True)
class HubAddress:
    """`address` ends without a slash, `libraries` (the folder of WebLLM's libraries) with one."""

    address: str
    file_hosts: tuple[str, ...]
    libraries: str


DEFAULT_HUB = HubAddress(
    address="https://huggingface.co",
    file_hosts=("https://*.huggingface.co", "https://*.hf.co"),
    libraries="https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/",
)


def parse_hub_address(text: str) -> HubAddress:
    """Raises HubAddressError."""
    words = text.split()
    if not words:
        raise HubAddressError(f"The hub's address is empty. {EXAMPLE}")
    address = checked_address(words[0])
    file_hosts = tuple(checked_file_host(word) for word in words[1:])
    if address == DEFAULT_HUB.address:
        return replace(DEFAULT_HUB, file_hosts=DEFAULT_HUB.file_hosts + file_hosts)
    return HubAddress(address, file_hosts, f"{address}/libraries/")


EXAMPLE = "Write it like https://hub.example.org, and after it the hosts of its files, if any."


def checked_address(text: str) -> str:
    """Scheme, host and perhaps a path, with the host in lower case."""
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise HubAddressError(f"{text} is no hub address ({error}). {EXAMPLE}") from error
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if not SOURCE.fullmatch(origin) or "*" in origin or parts.query or parts.fragment:
        raise HubAddressError(f"{text} is no hub address. {EXAMPLE}")
    return origin + parts.path.rstrip("/")


def checked_file_host(text: str) -> str:
    host = text.lower().rstrip("/")
    if not SOURCE.fullmatch(host):
        raise HubAddressError(
            f"{text} is no host of a hub's files. Write it like https://cdn.example.org."
        )
    return host


def configured_hub(option: str | None, environment: Mapping[str, str] = os.environ) -> HubAddress:
    """What `--hub` says, else LOCALM_HUB, else the default."""
    text = option if option is not None else environment.get("LOCALM_HUB") or DEFAULT_HUB.address
    return parse_hub_address(text)


def pulling_hub(option: str | None, environment: Mapping[str, str] = os.environ) -> HubAddress:
    """Where the host itself fetches from: HF_ENDPOINT counts too, as for other tools of the hub."""
    endpoint = environment.get("HF_ENDPOINT")
    if option is None and endpoint and not environment.get("LOCALM_HUB"):
        return parse_hub_address(endpoint)
    return configured_hub(option, environment)


def hub_json(hub: HubAddress, *, mirror: bool) -> str:
    """The page's hub.json; `mirror` says that the page's own server offers pulled models."""
    value = {
        "address": hub.address,
        "file_hosts": hub.file_hosts,
        "libraries": hub.libraries,
        "mirror": mirror,
    }
    return json.dumps(value, indent=2) + "\n"
