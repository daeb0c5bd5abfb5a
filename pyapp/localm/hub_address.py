"""How a hub is written: "URL [FILE-HOST …]", its address and the hosts that it sends files from.

One rule for the build, the server, `localm pull` and the page's settings.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from localm.errors import BadHub

# A source of a Content-Security-Policy. The download worker may reach nothing else, so whatever
# does not match is refused here and dropped there (policies.py).
SOURCE = re.compile(
    r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?"
    r"|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?"
)


@dataclass(frozen=True, slots=True)
class HubAddress:
    """`address` ends without a slash, `libraries` (the folder of WebLLM's libraries) with one."""

    address: str
    file_hosts: tuple[str, ...]
    libraries: str

    @property
    def origins(self) -> list[str]:
        """All that may be reached."""
        own = [origin_of(self.address), origin_of(self.libraries)]
        return list(dict.fromkeys([*own, *self.file_hosts]))

    def library_url(self, path: str) -> str:
        """Where a model library is; other hubs than the default one offer it by its name alone."""
        is_default = self.libraries == DEFAULT_HUB.libraries
        return self.libraries + (path if is_default else path.rpartition("/")[2])


DEFAULT_HUB = HubAddress(
    address="https://huggingface.co",
    file_hosts=("https://*.huggingface.co", "https://*.hf.co"),
    libraries="https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/",
)


def parse_hub_address(text: str) -> HubAddress:
    """The address that somebody wrote. Raises BadHub."""
    words = text.split()
    if not words:
        raise BadHub(message=f"The hub's address is empty. {EXAMPLE}")
    address = checked_address(words[0])
    file_hosts = tuple(checked_file_host(word) for word in words[1:])
    if address == DEFAULT_HUB.address:
        return replace(DEFAULT_HUB, file_hosts=DEFAULT_HUB.file_hosts + file_hosts)
    return HubAddress(address, file_hosts, f"{address}/libraries/")


EXAMPLE = "Write it like https://hub.example.org, and after it the hosts of its files, if any."


def origin_of(url: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def checked_address(text: str) -> str:
    """Scheme, host and perhaps a path, with the host in lower case."""
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise BadHub(message=f"{text} is no hub address ({error}). {EXAMPLE}") from error
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if not SOURCE.fullmatch(origin) or "*" in origin or parts.query or parts.fragment:
        raise BadHub(message=f"{text} is no hub address. {EXAMPLE}")
    return origin + parts.path.rstrip("/")


def checked_file_host(text: str) -> str:
    host = text.lower().rstrip("/")
    if not SOURCE.fullmatch(host):
        raise BadHub(
            message=f"{text} is no host of a hub's files. Write it like https://cdn.example.org."
        )
    return host
