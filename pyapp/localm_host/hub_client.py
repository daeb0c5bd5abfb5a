"""Asks a hub, and says in one sentence what went wrong: the one place for its library's errors.

ModelError      what a person reads: what happened, what to do next
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from localm.errors import BadModelId
from localm.hub_address import HubAddress
from localm_host.libraries import BadLibrary
from localm_host.model_error import ModelError
from localm_host.model_files import NoBuild

# Read when huggingface_hub is imported. A private chat's tools tell the hub nothing but what they
# ask for.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import httpx2
from huggingface_hub import HfApi, constants
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.hf_api import RepoFile
from huggingface_hub.utils import build_hf_headers


class NotAHub(Exception):
    """The answers have not the shapes of a hub's."""


@dataclass(frozen=True)
class HubFile:
    path: str
    size: int
    hash: str  # sha256 of an LFS file, else git's blob id


@dataclass(frozen=True)
class HubRepo:
    """One commit of a repository, as the hub lists it."""

    repo: str
    commit: str
    license: str
    files: dict[str, HubFile]

    @property
    def sizes(self) -> dict[str, int]:
        """Path: bytes."""
        return {file.path: file.size for file in self.files.values()}


class Hub:
    """One hub; its methods raise the library's errors, to be met by `explained`."""

    def __init__(self, address: HubAddress) -> None:
        self.address = address
        self.endpoint = address.address
        # A saved token is for the hub that huggingface_hub itself is set to, and for no other.
        self.token: Literal[False] | None = (
            None if self.endpoint == constants.ENDPOINT.lower() else False
        )
        self.api = HfApi(endpoint=self.endpoint, token=self.token, library_name="localm")

    def repo(self, repo: str, revision: str | None) -> HubRepo:
        try:
            info = self.api.model_info(repo, revision=revision)
            commit = info.sha or ""
            entries = self.api.list_repo_tree(repo, revision=commit, recursive=True)
            files = [hub_file(entry) for entry in entries if isinstance(entry, RepoFile)]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotAHub(first_line(error)) from error
        license = getattr(info.card_data, "license", None)
        return HubRepo(repo, commit, str(license or ""), {file.path: file for file in files})

    def file_url(self, repo: str, commit: str, path: str) -> str:
        return f"{self.endpoint}/{repo}/resolve/{commit}/{quote(path)}"

    def headers(self) -> dict[str, str]:
        """Uncompressed: a range is one of the file itself."""
        headers = build_hf_headers(token=self.token, library_name="localm")
        return {**headers, "Accept-Encoding": "identity"}


def hub_file(entry: RepoFile) -> HubFile:
    return HubFile(entry.path, entry.size, entry.lfs.sha256 if entry.lfs else entry.blob_id)


@contextmanager
def explained(repo: str, hub: HubAddress) -> Iterator[None]:
    """Whatever goes wrong within becomes a ModelError."""
    try:
        yield
    except (BadModelId, BadLibrary, NoBuild) as error:
        raise ModelError(str(error)) from error
    except (OSError, NotAHub, httpx2.HTTPError) as error:
        raise ModelError(explain(error, repo, hub)) from error


def explain(error: Exception, repo: str, hub: HubAddress) -> str:
    """One sentence: what happened, what to do next."""
    name = hub.address
    match error:
        case GatedRepoError():
            return (
                f"{repo} needs access: ask for it at {name}/{repo}, then say who you are with "
                f"`hf auth login` or HF_TOKEN{token_hint(hub)}."
            )
        case RepositoryNotFoundError():
            return f"{name} has no model {repo}, or only for those who log in: check the id."
        case RevisionNotFoundError():
            return f"{repo} has no such revision on {name}: leave --revision out for the newest."
        case RemoteEntryNotFoundError():
            return f"{name} lists a file of {repo} that it does not have: try again later."
        case HfHubHTTPError():
            return http_sentence(error.response.status_code, repo, hub)
        case OfflineModeIsEnabled():
            return "HF_HUB_OFFLINE is set, so nothing is fetched: unset it and pull again."
        case LocalEntryNotFoundError() | httpx2.HTTPError():
            return (
                f"{name} cannot be reached: check the network, then pull again; what has "
                "arrived is kept."
            )
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return (
                f"The disk is full: make room, or set HF_HOME to another one, then pull {repo} "
                "again; what has arrived is kept."
            )
        case OSError() if error.filename:
            return f"{error.filename} cannot be written ({error.strerror}): set HF_HOME elsewhere."
        case OSError():
            return f"{repo} broke off ({first_line(error)}): pull it again, it goes on from there."
        case NotAHub():
            return f"{name} does not answer like a model hub ({error}): check its address."
        case _:
            raise AssertionError(error)


def token_hint(hub: HubAddress) -> str:
    if hub.address == constants.ENDPOINT.lower():
        return ""
    return f" (and set HF_ENDPOINT={hub.address}: tokens go to no other hub)"


def http_sentence(status: int, repo: str, hub: HubAddress) -> str:
    if status in (401, 403):
        return f"{hub.address} refused your token for {repo}: log in anew with `hf auth login`."
    if status == 429:
        return f"{hub.address} wants fewer requests just now: pull {repo} again in some minutes."
    return f"{hub.address} answers with an error ({status}): pull {repo} again later."


def first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
