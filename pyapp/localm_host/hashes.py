"""How a hub names bytes: by the sha256 of an LFS file, and by git's blob id of any other."""

from __future__ import annotations

import hashlib
from pathlib import Path

SHA256_DIGITS = 64
GIT_DIGITS = 40


def hash_of_file(path: Path, digits: int) -> str:
    """The sha256, or git's blob id, as the number of its digits says."""
    digest = hashlib.sha256() if digits == SHA256_DIGITS else git_digest(path.stat().st_size)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def git_blob_id(data: bytes) -> str:
    digest = git_digest(len(data))
    digest.update(data)
    return digest.hexdigest()


def git_digest(size: int) -> hashlib._Hash:
    """https://git-scm.com/book/en/v2/Git-Internals-Git-Objects"""
    return hashlib.sha1(b"blob %d\0" % size)
