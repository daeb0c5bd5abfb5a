"""Builds both engines' models again and compares them with the committed ones, byte for byte.

The WebLLM library, its weights and the ONNX graphs all come out the same from the same pinned
packages, so bytes are compared, not tensors. Training is not repeated: its sums depend on the
processor.
"""

import tempfile
from collections.abc import Callable
from filecmp import cmp
from pathlib import Path

from . import onnx_build
from .paths import CHECKPOINT, GUIDE_MLC, GUIDE_ONNX


def _webllm(checkpoint: Path, out: Path) -> None:
    from .webllm import build

    build(checkpoint, out)


BUILDERS: dict[Path, Callable[[Path, Path], None]] = {
    GUIDE_ONNX: onnx_build.build,
    GUIDE_MLC: _webllm,
}


def _names(folder: Path) -> set[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths}


def differences(committed: Path, fresh: Path) -> list[str]:
    """Names of the files that are in one folder only, or differ."""
    one, other = _names(committed), _names(fresh)
    changed = {n for n in one & other if not cmp(committed / n, fresh / n, shallow=False)}
    return sorted((one ^ other) | changed)


def check() -> int:
    """Prints what differs; the exit status is 1 if anything does."""
    wrong = 0
    for committed, build in BUILDERS.items():
        with tempfile.TemporaryDirectory() as folder:
            build(CHECKPOINT, Path(folder, "out"))
            found = differences(committed, Path(folder, "out"))
        print(f"{committed.name}: {', '.join(found) or 'the same, byte for byte'}")
        wrong += len(found)
    return min(wrong, 1)
