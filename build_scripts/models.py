"""Puts the embedded model's builds under URLs that name their content, once they are verified.

static/models/manifest.json, written by the model's pipeline, says what each file must be.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from build_scripts.files import STATIC, BuildError, copy, files_under, sha256_of

MODEL = "guide"
BUILDS = ("mlc", "onnx")
LIBRARY = "guide-webgpu.wasm"


def copy_models(out: Path) -> dict[str, Any]:
    """models/guide/<build>/resolve/<revision>/...; answers the `models` entry of site.js."""
    urls = {build: copy_build(build, out) for build in BUILDS if source(build).is_dir()}
    if not urls:
        return {}
    return {MODEL: {**urls, "library": LIBRARY}}


def source(build: str) -> Path:
    return STATIC / "models" / MODEL / build


def copy_build(build: str, out: Path) -> str:
    folder = source(build)
    revision = verified_revision(build)
    target = f"models/{MODEL}/{build}/resolve/{revision}"
    for path in files_under(folder):
        copy(path, out / target / path.relative_to(folder))
    return f"../{target}/"


def verified_revision(build: str) -> str:
    """The manifest's revision, after a check of every file."""
    path = STATIC / "models" / "manifest.json"
    if not path.exists():
        raise BuildError(f"static/models/manifest.json is missing. {REMEDY}")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    verify(path.parent, f"{MODEL}/{build}/", manifest["files"])
    return str(manifest["revisions"][f"{MODEL}/{build}"])


def verify(models: Path, prefix: str, files: list[dict[str, Any]]) -> None:
    """Exactly the manifest's files below `prefix`, with exactly their contents."""
    there = {path.relative_to(models).as_posix() for path in files_under(models / prefix)}
    wanted = {f["path"]: f["sha256"] for f in files if f["path"].startswith(prefix)}
    if there != wanted.keys():
        names = ", ".join(sorted(there ^ wanted.keys()))
        raise BuildError(f"The embedded model and its manifest differ in {names}. {REMEDY}")
    for name, digest in wanted.items():
        if sha256_of(models / name) != digest:
            raise BuildError(f"{name} is not the file that the manifest names. {REMEDY}")


REMEDY = "Check the models out again (`git checkout static/models`) or make them (`make model`)."
