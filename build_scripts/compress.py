"""Compressed siblings (.br, .gz) of what compresses, made once per content.

Compressing 60 MB well takes most of a minute; the results are kept under build/ by content.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from build_scripts.files import CACHE, copy, files_under, sha256_of

SUFFIXES = frozenset(
    (".css", ".html", ".js", ".json", ".mjs", ".md", ".svg", ".wasm", ".webmanifest", ".txt")
)
SMALL_BYTES = 2_000_000  # up to here the best quality costs less than three seconds
WORTH_IT = 0.95


def brotli_bytes(data: bytes) -> bytes:
    quality = 11 if len(data) <= SMALL_BYTES else 9
    return bytes(brotli.compress(data, quality=quality, lgwin=24))


def gzip_bytes(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)


ENCODERS: dict[str, Callable[[bytes], bytes]] = {".br": brotli_bytes, ".gz": gzip_bytes}


def compress_tree(folder: Path) -> None:
    """Every file with a compressible suffix; both libraries release the interpreter's lock."""
    paths = [path for path in files_under(folder) if path.suffix in SUFFIXES]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compress_file, paths))


def compress_file(path: Path) -> None:
    """Siblings of one file; none where compression gains next to nothing."""
    digest = sha256_of(path)
    for suffix, encode in ENCODERS.items():
        cached = CACHE / "compressed" / f"{digest}{suffix}"
        if not cached.exists():
            store(cached, encode(path.read_bytes()))
        if cached.stat().st_size < WORTH_IT * path.stat().st_size:
            copy(cached, path.with_name(path.name + suffix))


def store(cached: Path, data: bytes) -> None:
    """A build that is interrupted, or runs beside another, leaves no half of a file."""
    cached.parent.mkdir(parents=True, exist_ok=True)
    half = cached.with_name(f"{cached.name}.{os.getpid()}.part")
    half.write_bytes(data)
    half.replace(cached)
