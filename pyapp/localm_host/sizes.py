"""Sizes as a person reads them."""

from __future__ import annotations

UNITS = ("bytes", "KB", "MB", "GB")


def in_words(size: float) -> str:
    """Decimal units, as disks are sold: `376 MB`, `1.9 GB`."""
    for unit in UNITS:
        if size < 1000 or unit == UNITS[-1]:
            digits = 1 if unit != "bytes" and size < 10 else 0
            return f"{size:.{digits}f} {unit}"
        size /= 1000
    raise AssertionError(size)
