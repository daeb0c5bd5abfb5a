"""Writes static/models/manifest.json: every file of the embedded model with size and hash.

The app verifies what it loads against it. A build's revision changes exactly when one of its files
does, so it can stand in a URL that is cached for ever.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from .paths import GUIDE_MLC, GUIDE_ONNX, MANIFEST, MODELS

BUILDS = (GUIDE_MLC, GUIDE_ONNX)


def _file(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "path": path.relative_to(MODELS).as_posix(),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _files(folder: Path) -> list[dict[str, Any]]:
    entries = [_file(path) for path in folder.rglob("*") if path.is_file()]
    return sorted(entries, key=lambda entry: str(entry["path"]))


def revision(files: list[dict[str, Any]]) -> str:
    """The first 12 hex digits of the SHA-256 over lines of path, blank, sha256."""
    lines = "".join(f"{file['path']} {file['sha256']}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def manifest() -> dict[str, Any]:
    """Builds that are not there yet are left out."""
    builds = {build.relative_to(MODELS).as_posix(): build for build in BUILDS if build.is_dir()}
    revisions = {name: revision(_files(build)) for name, build in builds.items()}
    return {"revisions": revisions, "files": _files(MODELS / "guide")}


def write_manifest() -> None:
    """Writes the file."""
    text = json.dumps(manifest(), indent=2) + "\n"
    MANIFEST.write_text(text, encoding="utf-8")
