"""Where things are, and the few ways in which the build touches files."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
STATIC = ROOT / "static"
CACHE = ROOT / "build"


class BuildError(Exception):
    """The site cannot be built; the message says why and what to do next."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def files_under(folder: Path) -> list[Path]:
    """Every file below `folder`, in an order that does not depend on the machine."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def tree_hash(folder: Path) -> str:
    """One hash over the names and contents of a folder; what immutable URLs are named after."""
    lines = [f"{p.relative_to(folder).as_posix()} {sha256_of(p)}\n" for p in files_under(folder)]
    return sha256("".join(lines).encode())
