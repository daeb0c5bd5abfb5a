"""WebLLM's model libraries: the compiled .wasm that MLC's weights need, from a host of their own.

Nobody publishes their hashes. So the first pull pins what came, and every later one must bring the
same bytes for the same path.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from localm_host.hashes import SHA256_DIGITS, hash_of_file
from localm_host.notes import LibraryNote, changing_notes, read_notes, write_whole

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*\.wasm")


class BadLibrary(Exception):
    """No library can be had from this address; the message says why."""


class LibraryChanged(Exception):
    """Other bytes came for a library than at its first pull."""


@dataclass(frozen=True)
class LibraryStore:
    """The libraries in localm's own folder `cache`."""

    cache: Path

    def file(self, name: str) -> Path:
        return self.cache / "libraries" / name

    def names_for(self, repo: str) -> list[str]:
        notes = read_notes(self.cache)
        return [name for name, note in notes.libraries.items() if repo in note.repos]

    def pinned(self, path: str) -> LibraryNote | None:
        """The note of a library, if this very path was pulled before."""
        note = read_notes(self.cache).libraries.get(name_of(path))
        return note if note and note.path == path else None

    def path_of(self, name: str) -> str:
        """Where its hub has it."""
        return read_notes(self.cache).libraries[name].path

    def is_intact(self, name: str) -> bool:
        note = read_notes(self.cache).libraries[name]
        file = self.file(name)
        return file.is_file() and hash_of_file(file, SHA256_DIGITS) == note.sha256

    def store(self, path: str, data: bytes, repo: str) -> None:
        """Keeps the bytes and pins them. Raises LibraryChanged where other ones are pinned."""
        name, sha256 = name_of(path), hashlib.sha256(data).hexdigest()
        with changing_notes(self.cache) as notes:
            known = notes.libraries.get(name)
            if known and known.path == path and known.sha256 != sha256:
                raise LibraryChanged(name)
            self.file(name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.file(name), data)
            repos = sorted({*(known.repos if known else ()), repo})
            notes.libraries[name] = LibraryNote(path, sha256, len(data), repos)

    def claim(self, path: str, repo: str) -> None:
        """Notes that one more repository needs a library that is here."""
        with changing_notes(self.cache) as notes:
            note = notes.libraries[name_of(path)]
            note.repos = sorted({*note.repos, repo})

    def release(self, repo: str) -> int:
        """Removes the libraries that only this repository needs; returns the bytes freed."""
        freed = 0
        with changing_notes(self.cache) as notes:
            for name, note in [*notes.libraries.items()]:
                if repo not in note.repos:
                    continue
                note.repos.remove(repo)
                if not note.repos:
                    freed += note.size
                    self.file(name).unlink(missing_ok=True)
                    del notes.libraries[name]
        return freed

    def drop_file(self, name: str) -> None:
        """Removes damaged bytes; what they must be stays pinned."""
        self.file(name).unlink(missing_ok=True)


def name_of(path: str) -> str:
    """A library's file name, from its path or its address. Raises BadLibrary for another file."""
    name = name_or_none(urlsplit(path).path)
    if name is None:
        raise BadLibrary(f"{path} is no address of a library (.wasm).")
    return name


def name_or_none(path: str) -> str | None:
    name = path.rpartition("/")[2]
    return name if NAME.fullmatch(name) else None
