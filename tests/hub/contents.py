"""What a file of the hub consists of: bytes, a file on disk, or bytes made up on the way."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CHUNK_BYTES = 256 * 1024


class Content:
    """A size and its bytes; both hashes are worked out once, without holding the bytes."""

    @property
    def size(self) -> int:
        raise NotImplementedError

    def chunks(self, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` up to `stop`, in pieces of at most CHUNK_BYTES."""
        raise NotImplementedError

    @cached_property
    def sha256(self) -> str:
        return self._digest(hashlib.sha256())

    @cached_property
    def blob_id(self) -> str:
        """What git calls a file with these bytes."""
        return self._digest(hashlib.sha1(b"blob %d\0" % self.size))

    def _digest(self, digest: hashlib._Hash) -> str:
        for chunk in self.chunks(0, self.size):
            digest.update(chunk)
        return digest.hexdigest()

    def read(self) -> bytes:
        return b"".join(self.chunks(0, self.size))


class Bytes(Content):
    def __init__(self, data: bytes) -> None:
        self.data = data

    @property
    def size(self) -> int:
        return len(self.data)

    def chunks(self, start: int, stop: int) -> Iterator[bytes]:
        for at in range(start, stop, CHUNK_BYTES):
            yield self.data[at : min(at + CHUNK_BYTES, stop)]


class File(Content):
    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def chunks(self, start: int, stop: int) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(start)
            for at in range(start, stop, CHUNK_BYTES):
                yield file.read(min(CHUNK_BYTES, stop - at))


class Generated(Content):
    """`size` bytes that nobody holds: one random block, numbered, over and over.

    The same size and seed are always the same bytes.
    """

    def __init__(self, size: int, seed: int = 0) -> None:
        self._size = size
        self._block = random.Random(seed).randbytes(CHUNK_BYTES)

    @property
    def size(self) -> int:
        return self._size

    def chunks(self, start: int, stop: int) -> Iterator[bytes]:
        at = start
        while at < stop:
            number, inside = divmod(at, CHUNK_BYTES)
            block = number.to_bytes(8, "big") + self._block[8:]
            piece = block[inside : inside + stop - at]
            yield piece
            at += len(piece)


@dataclass(frozen=True)
class Flipped(Content):
    """The same size, with one bit of the byte at `at` the other way round."""

    content: Content
    at: int
    bit: int = 0

    @property
    def size(self) -> int:
        return self.content.size

    def chunks(self, start: int, stop: int) -> Iterator[bytes]:
        position = start
        for chunk in self.content.chunks(start, stop):
            inside = self.at - position
            if 0 <= inside < len(chunk):
                changed = bytearray(chunk)
                changed[inside] ^= 1 << self.bit
                yield bytes(changed)
            else:
                yield chunk
            position += len(chunk)


def content_of(source: Content | Path | bytes) -> Content:
    match source:
        case bytes():
            return Bytes(source)
        case Path():
            return File(source)
        case _:
            return source
