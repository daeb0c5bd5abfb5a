"""Puts the embedded model's builds under URLs that name their content, once they are verified.

static/models/manifest.json, written by the model's pipeline, says what each file must be.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from build_scripts.files import STATIC, BuildError, copy, files_under, sha256_of
from localm.builds import build_paths
from localm.catalog import Build

MODELS = STATIC / "models"

MODEL = "guide"
# The dtypes that are served, of those that are kept for tests.
BUILDS = (Build("mlc", "q0f32", MODEL), Build("onnx", "fp32", MODEL))


def copy_models(out: Path) -> dict[str, Any]:
    """models/guide/<build>/resolve/<revision>/...; answers the `models` entry of site.js."""
    return {MODEL: {build.format: copy_build(build, out) for build in BUILDS}}


def copy_build(build: Build, out: Path) -> dict[str, Any]:
    """The build's folder, relative to the app's, and what each of its files must be."""
    manifest = read_manifest()
    prefix = f"{MODEL}/{build.format}/"
    verify(MODELS, prefix, manifest["files"])
    ours = [one for one in manifest["files"] if one["path"].startswith(prefix)]
    listed = {one["path"].removeprefix(prefix): one for one in ours}
    target = f"models/{MODEL}/{build.format}/resolve/{manifest['revisions'][prefix[:-1]]}/"
    wanted = build_paths(build, listed)
    for path in wanted:
        copy(MODELS / prefix / path, out / target / path)
    return {"url": f"../{target}", "files": [{**listed[path], "path": path} for path in wanted]}


def read_manifest() -> Any:
    path = MODELS / "manifest.json"
    if not path.exists():
        raise BuildError(f"static/models/manifest.json is missing. {REMEDY}")
    return json.loads(path.read_text(encoding="utf-8"))


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
