"""What a person calls a model: `org/name`, or the address of its page on a hub.

One rule for the page's Find and for `localm pull`.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from localm.errors import BadModelId
from localm.hub_address import DEFAULT_HUB, HubAddress, origin_of

PART = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,95}"
REPOSITORY = re.compile(f"{PART}/{PART}")
REVISION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}")
# What stands behind the repository in a page's address.
PAGE_PARTS = ("tree", "blob", "resolve", "raw", "commit")
DEFAULT_ORIGINS = ("https://huggingface.co", "https://www.huggingface.co", "https://hf.co")


@dataclass(frozen=True, slots=True)
class ModelId:
    """A repository; `revision` is a branch, a tag or a commit, where its address has one."""

    repository: str
    revision: str = ""


def is_repository(text: str) -> bool:
    """The hub allows neither ".." nor "--": so a folder of its cache is one model's alone."""
    return REPOSITORY.fullmatch(text) is not None and "--" not in text and ".." not in text


def is_revision(text: str) -> bool:
    """Whether a hub may call a branch, a tag or a commit so."""
    return REVISION.fullmatch(text) is not None and ".." not in text


def parse_model_id(text: str, hub: HubAddress, mirror: str = "") -> ModelId:
    """An id, or an address on this hub, the mirror or the default hub. Raises BadModelId."""
    path = _path_on_hub(text.strip(), hub, mirror)
    parts = [unquote(part) for part in path.strip("/").split("/")]
    repository, page, rest = "/".join(parts[:2]), parts[2:3], parts[3:4]
    known_page = not page or page[0] in PAGE_PARTS
    if not (is_repository(repository) and known_page and all(map(is_revision, rest))):
        raise BadModelId(text[:200])
    return ModelId(repository, "".join(rest))


def _path_on_hub(text: str, hub: HubAddress, mirror: str) -> str:
    has_scheme = "://" in text
    if not has_scheme and not _has_default_host(f"https://{text}"):
        return re.split(r"[?#]", text)[0]
    url = text if has_scheme else f"https://{text}"
    try:
        path = urlsplit(url).path
        address = origin_of(url) + path
    except ValueError as error:
        raise BadModelId(text[:200]) from error
    for place in filter(None, (hub.address, mirror)):
        if address.startswith(f"{place}/"):
            return address.removeprefix(place)
    if _has_default_host(url):
        return path
    known = " or ".join(dict.fromkeys([hub.address, DEFAULT_HUB.address]))
    raise BadModelId(
        message=f"{text[:200]} is no address on {known}. Paste the address of a model's page "
        "there, or write its id like org/name."
    )


def _has_default_host(url: str) -> bool:
    return origin_of(url).replace("http://", "https://") in DEFAULT_ORIGINS
