"""Puts the embedded model's builds under URLs that name their content, once they are verified.

static/models/manifest.json, written by the model's pipeline, says what each file must be.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from build_scripts.files import STATIC, BuildError, copy, files_under, sha256_of, tree_hash

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
    """The manifest's revision, after a check of every file; without a manifest, the content's."""
    manifest = STATIC / "models" / "manifest.json"
    if not manifest.exists():
        return tree_hash(source(build))[:12]
    entry = json.loads(manifest.read_text(encoding="utf-8"))["builds"][build]
    verify(build, entry["files"])
    return str(entry["revision"])


def verify(build: str, files: list[dict[str, Any]]) -> None:
    """Exactly the manifest's files, with exactly its contents."""
    folder = source(build)
    there = {path.relative_to(folder).as_posix() for path in files_under(folder)}
    wanted = {str(file["path"]): str(file["sha256"]) for file in files}
    if there != wanted.keys():
        names = ", ".join(sorted(there ^ wanted.keys()))
        raise BuildError(f"The {build} build and its manifest differ in: {names}. {REMEDY}")
    for name, digest in wanted.items():
        if sha256_of(folder / name) != digest:
            raise BuildError(f"{build}/{name} is not the file of its manifest. {REMEDY}")


REMEDY = "Check the models out again (`git checkout static/models`) or make them (`make model`)."
