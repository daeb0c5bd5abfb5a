"""What a person calls a model: `org/name`, or the address of its page on the hub."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from localm.hub_address import DEFAULT_HUB, HubAddress

REPO = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*/[A-Za-z0-9_][A-Za-z0-9._-]*")
PAGES = ("tree", "resolve", "blob", "commit")
DEFAULT_HOSTS = ("huggingface.co", "www.huggingface.co", "hf.co")


class BadModelId(Exception):
    """The text names no model; the message says what does."""


@dataclass(frozen=True)
class ModelId:
    repo: str
    revision: str | None = None  # where the address has one


def is_repo(text: str) -> bool:
    """The hub allows neither ".." nor "--": so a folder of its cache is one model's alone."""
    return REPO.fullmatch(text) is not None and "--" not in text and ".." not in text


def parse_model_id(text: str, hub: HubAddress) -> ModelId:
    """Raises BadModelId."""
    path = path_on_hub(text.strip(), hub)
    parts = [unquote(part) for part in path.strip("/").split("/")]
    repo = "/".join(parts[:2])
    if not is_repo(repo) or (len(parts) > 2 and parts[2] not in PAGES):
        raise BadModelId(f"{text} is no model of a hub. Write it as org/name, or paste its address")
    return ModelId(repo, parts[3] if len(parts) > 3 else None)


def path_on_hub(text: str, hub: HubAddress) -> str:
    if "://" not in text:
        return text.split("?")[0].split("#")[0]
    if text.startswith(f"{hub.address}/"):
        return urlsplit(text.removeprefix(hub.address)).path
    parts = urlsplit(text)
    if parts.hostname in DEFAULT_HOSTS:
        return parts.path
    known = " or ".join(dict.fromkeys([hub.address, DEFAULT_HUB.address]))
    raise BadModelId(f"{text} is not an address on {known}")
