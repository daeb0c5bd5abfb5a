"""Puts a built site in the place of an older one, and of nothing else.

A folder may be replaced when every file in it is the site's: its precache.json lists them. One file
more is somebody's own, and the folder stays as it is.
"""

from __future__ import annotations

import filecmp
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A site's files beside the listed ones (build_scripts/precache.py) and their compressed siblings.
UNLISTED = ("LICENSE", "THIRD_PARTY_NOTICES.md", "hub.json", "precache.json", "service_worker.js")


class OutError(Exception):
    """The site cannot be written there; the message says why and what to do next."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A path for the new site, beside OUT; it takes OUT's place when the block went well.

    Raises OutError before the block where OUT is no place for a site.
    """
    refuse_foreign(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise unwritable(out, error) from error
    try:
        yield folder / "new"
        replace(out, folder / "new")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replace(out: Path, new: Path) -> None:
    """In two renames. An equal OUT stays: a rebuild disturbs nobody who is served from it."""
    refuse_foreign(out)
    if out.is_dir() and same_files(out, new):
        return
    old = new.parent / "old"
    try:
        if out.exists():
            out.rename(old)
        new.rename(out)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        raise unwritable(out, error) from error


def refuse_foreign(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise OutError(f"{out} is a file: choose a folder.")
    try:
        stranger = first_stranger(out) if out.is_dir() else None
    except OSError as error:
        raise unwritable(out, error) from error
    if stranger:
        raise OutError(
            f"{out} holds something else than a built site ({stranger.name}): "
            "choose another folder."
        )


def first_stranger(folder: Path) -> Path | None:
    """Something in the folder that no build wrote there."""
    listed = listed_files(folder)
    if not listed:
        return next(folder.iterdir(), None)
    for path in folder.rglob("*"):
        is_file = path.is_symlink() or not path.is_dir()
        if is_file and not is_ours(path.relative_to(folder).as_posix(), listed):
            return path
    return None


def listed_files(folder: Path) -> frozenset[str]:
    """What precache.json lists; nothing where there is none, or it is not ours."""
    try:
        entries = json.loads((folder / "precache.json").read_text(encoding="utf-8"))
        return frozenset(entry["path"] for entry in entries)
    except (OSError, ValueError, TypeError, KeyError):
        return frozenset()


def is_ours(name: str, listed: frozenset[str]) -> bool:
    plain = name.removesuffix(".br").removesuffix(".gz")
    return plain in listed or plain.endswith(UNLISTED)


def same_files(one: Path, other: Path) -> bool:
    names = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
    if names != {path.relative_to(other) for path in other.rglob("*") if path.is_file()}:
        return False
    return all(filecmp.cmp(one / name, other / name, shallow=False) for name in names)


def unwritable(out: Path, error: OSError) -> OutError:
    return OutError(f"{out} cannot be written ({error.strerror}): choose another folder.")
