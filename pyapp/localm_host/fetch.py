"""Fetches one file of a hub into its cache: goes on where it broke off, shows only what is right.

huggingface_hub writes each download to a file of its own and deletes it when it breaks off; and it
compares sizes, never hashes. So the bytes are put in place here, under the name and the lock that
it uses, and its own snapshot_download then finds them there and makes the rest of the layout.
"""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.file_download import http_get
from huggingface_hub.utils import WeakFileLock

from localm_host.hashes import hash_of_file
from localm_host.hub_client import Hub, HubFile
from localm_host.model_error import ModelError

# After an answer that says the hub is busy.
WAITS_S = (1, 2, 4, 8)
RANGE_NOT_SATISFIABLE = 416


def fetch_blob(hub: Hub, url: str, file: HubFile, blob: Path, lock: Path) -> None:
    """Until `blob` is there, whole and right. Raises the library's errors, OSError."""
    blob.parent.mkdir(parents=True, exist_ok=True)
    lock.parent.mkdir(parents=True, exist_ok=True)
    partial = partial_of(blob)
    with WeakFileLock(lock):
        if blob.exists():
            return
        for attempt in (1, 2):
            if fetch_patiently(hub, url, file, partial) and is_right(partial, file):
                partial.replace(blob)
                return
            partial.unlink()
            if attempt == 1:
                print(f"{file.path} arrived damaged, and is fetched once more.", flush=True)
    raise ModelError(f"{file.path} arrived damaged twice: pull again later, or from another hub.")


def partial_of(blob: Path) -> Path:
    """One name for all attempts: the next one goes on with it."""
    return blob.with_name(f"{blob.name}.localm.incomplete")


def is_right(partial: Path, file: HubFile) -> bool:
    return hash_of_file(partial, len(file.hash)) == file.hash


def fetch_patiently(hub: Hub, url: str, file: HubFile, partial: Path) -> bool:
    """The library retries what breaks off; here is what it gives up on at once.

    False when the hub sent something of another size.
    """
    for wait_s in (*WAITS_S, None):
        try:
            append(hub, url, file, partial)
        except HfHubHTTPError as error:
            status = error.response.status_code
            if status == RANGE_NOT_SATISFIABLE and partial.stat().st_size:
                partial.unlink()
            elif status < 500 or wait_s is None:
                raise
            else:
                time.sleep(wait_s)
        except (httpx2.ReadError, httpx2.RemoteProtocolError):
            # The hub closed a kept connection just now; the library retries only within a body.
            if wait_s is None:
                raise
            time.sleep(wait_s)
        except OSError as error:
            # The library's own words about a size have no number.
            if error.errno is not None:
                raise
            return False
        else:
            return True
    raise ModelError(f"The hub sends no part of {file.path}: pull again later.")


def append(hub: Hub, url: str, file: HubFile, partial: Path) -> None:
    """The rest of the file, unbuffered: what has arrived stays, however this process ends."""
    with partial.open("ab", buffering=0) as out:
        if out.tell() > file.size:
            out.truncate(0)
            out.seek(0)
        http_get(
            url,
            out,
            resume_size=out.tell(),
            headers=hub.headers(),
            expected_size=file.size,
            displayed_filename=file.path,
        )
