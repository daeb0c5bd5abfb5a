"""What localm notes beside the hub's cache: pinned libraries, licences. One small JSON file.

It lies in a folder of our own, $LOCALM_CACHE, else localm/ in the user's folder for caches.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


def localm_cache(environment: Mapping[str, str] = os.environ) -> Path:
    if named := environment.get("LOCALM_CACHE"):
        return Path(named).expanduser()
    caches = environment.get("XDG_CACHE_HOME")
    return (Path(caches) if caches else Path.home() / ".cache") / "localm"


@dataclass
class LibraryNote:
    """A model library as it was when it was first pulled; `path` is where its hub has it."""

    path: str
    sha256: str
    size: int
    repos: list[str] = field(default_factory=list)


@dataclass
class Notes:
    libraries: dict[str, LibraryNote] = field(default_factory=dict)
    licenses: dict[str, str] = field(default_factory=dict)


def read_notes(cache: Path) -> Notes:
    """Empty ones where there are none yet."""
    try:
        stored: dict[str, Any] = json.loads((cache / "notes.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Notes()
    libraries = {name: LibraryNote(**note) for name, note in stored["libraries"].items()}
    return Notes(libraries, stored["licenses"])


@contextmanager
def changing_notes(cache: Path) -> Iterator[Notes]:
    """The notes, to be changed within the block; other processes wait for their turn."""
    from huggingface_hub.utils import WeakFileLock  # slow to import, and not for serving

    cache.mkdir(parents=True, exist_ok=True)
    with WeakFileLock(cache / "notes.lock"):
        notes = read_notes(cache)
        yield notes
        write_whole(cache / "notes.json", json.dumps(asdict(notes), indent=1).encode())


def write_whole(path: Path, data: bytes) -> None:
    """All of it or nothing: a reader never sees half a file."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
