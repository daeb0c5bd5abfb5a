"""Writes pyapp/localm/webllm_models.json: what the pinned WebLLM knows about MLC's chat models.

    python -m build_scripts.webllm_models           write the file
    python -m build_scripts.webllm_models --check   fail when it differs

WebLLM's own list is JavaScript, so Node reads it. One record per line:

    model_id        WebLLM's name for it; it ends in -1k where the library has a short context
    repo            the hub's id of the weights
    library         the path of its .wasm below the folder of all libraries
    manifest        a file of the repository that WebLLM reads besides, or ""
    memory_mb       GPU memory that WebLLM says it needs
    buffer_bytes    the largest GPU buffer that it says it needs, 0 where it says nothing
    low_resource    WebLLM's word for models that small devices can run
    needs_f16       computes in f16, whatever WebLLM's list says about required features
    overrides       what WebLLM's list changes of the repository's own configuration
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from typing import Any

from build_scripts import vendor
from build_scripts.files import ROOT, BuildError

TARGET = ROOT / "pyapp" / "localm" / "webllm_models.json"
HUB = "https://huggingface.co/"
LIBRARIES = "https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/"
# WebLLM's ModelType: an embedding model answers nobody.
EMBEDDING = 1
READ_LIST = (
    "const { prebuiltAppConfig } = await import(process.argv[1]);"
    "console.log(JSON.stringify(prebuiltAppConfig.model_list));"
)


def models_json() -> str:
    """The whole file."""
    chat_models = [entry for entry in webllm_list() if entry.get("model_type") != EMBEDDING]
    lines = ",\n".join(f"  {json.dumps(record(entry))}" for entry in chat_models)
    return f"[\n{lines}\n]\n"


def webllm_list() -> list[dict[str, Any]]:
    module = vendor.WEB_LLM.source / "lib" / "index.js"
    if not module.exists():
        raise BuildError("WebLLM is not there yet: `make check` sets it up.")
    command = ["node", "--input-type=module", "--eval", READ_LIST, module.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"Node could not read WebLLM's list: {done.stderr.strip()}")
    models: list[dict[str, Any]] = json.loads(done.stdout)
    return models


def record(entry: dict[str, Any]) -> dict[str, Any]:
    model_id = entry["model_id"]
    return {
        "model_id": model_id,
        "repo": below(HUB, entry["model"]),
        "library": below(LIBRARIES, entry["model_lib"]),
        "manifest": entry.get("model_manifest", ""),
        "memory_mb": entry["vram_required_MB"],
        "buffer_bytes": entry.get("buffer_size_required_bytes", 0),
        "low_resource": entry["low_resource_required"],
        "needs_f16": re.search(r"-q\df16", model_id) is not None,
        "overrides": entry["overrides"],
    }


def below(prefix: str, url: str) -> str:
    """The rest of a URL; WebLLM could move its files to another host one day."""
    if not url.startswith(prefix):
        raise BuildError(f"{url} is not below {prefix}: localm must learn the new place.")
    return url.removeprefix(prefix)


def main() -> int:
    """Write the file, or compare."""
    parser = argparse.ArgumentParser(description="What WebLLM knows about MLC's chat models.")
    parser.add_argument("--check", action="store_true", help="fail when the file differs")
    checking = parser.parse_args().check
    try:
        text = models_json()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if not checking:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        name = TARGET.relative_to(ROOT)
        print(f"{name} is out of date: python -m build_scripts.webllm_models", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
