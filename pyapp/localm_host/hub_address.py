"""Which hub the host uses, and what it tells the page of it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from localm.hub_address import DEFAULT_HUB, HubAddress, parse_hub_address


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
