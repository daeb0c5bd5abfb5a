"""precache.json: what a browser keeps for a start without the server, in the order of need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from build_scripts.files import files_under, sha256_of, write

# The app without its Python, then what is needed first: Python, WebLLM, the fall-back, the models.
ORDER = (
    "index.html",
    "app-",
    "vendor/pyodide-",
    "vendor/web-llm-",
    "vendor/hash-wasm-",
    "models/guide/mlc/",
    "vendor/transformers-",
    "vendor/onnxruntime-web-",
    "models/guide/onnx/",
    "vendor/micropip-",
    "vendor/workbox-",  # the browser keeps a service worker's scripts by itself; for completeness
)
# hub.json is kept too, but a server may answer it with values of its own, so it has no hash.
LEFT_OUT = ("LICENSE", "THIRD_PARTY_NOTICES.md", "hub.json", "precache.json", "service_worker.js")


def write_precache(out: Path) -> None:
    """[{path, bytes, sha256}, ...]; the hash is over the file as it is, not as it is sent."""
    paths = [path.relative_to(out).as_posix() for path in files_under(out)]
    wanted = [path for path in paths if not path.endswith(LEFT_OUT)]
    entries = [entry(out, path) for path in sorted(wanted, key=rank)]
    write(out / "precache.json", json.dumps(entries, indent=1) + "\n")


def entry(out: Path, path: str) -> dict[str, Any]:
    return {"path": path, "bytes": (out / path).stat().st_size, "sha256": sha256_of(out / path)}


def rank(path: str) -> int:
    """The place in ORDER; a file that no line names is a mistake in ORDER, so it raises."""
    return next(place for place, start in enumerate(ORDER) if path.startswith(start))
