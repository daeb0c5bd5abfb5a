"""A WebLLM build of a small Qwen3 checkpoint, from nothing but PyPI packages and emscripten.

    build(checkpoint_dir, out_dir)

`mlc-llm` is not needed: TVM compiles the model, and this package writes what WebLLM expects
beside it. The output is byte-identical from run to run.
"""

import shutil
from pathlib import Path

from .chat_config import TOKENIZER_FILES, write_chat_config
from .compile import compile_library
from .config import ModelConfig
from .link import linker
from .runtime import runtime_objects
from .weights import write_weights

__all__ = ["LIBRARY", "build"]

LIBRARY = "guide-webgpu.wasm"
CACHE_DIR = Path(__file__).parents[3] / "build" / "webllm"


def build(checkpoint_dir: Path, out_dir: Path) -> None:
    """Write the model's WebLLM files into `out_dir`; raises ValueError for an unknown shape."""
    config = ModelConfig.from_checkpoint(checkpoint_dir)
    shutil.rmtree(out_dir, ignore_errors=True)
    out_dir.mkdir(parents=True)
    for name in TOKENIZER_FILES:
        shutil.copyfile(checkpoint_dir / name, out_dir / name)
    write_chat_config(config, checkpoint_dir, out_dir)
    write_weights(config, checkpoint_dir, out_dir)
    compile_library(config, out_dir / LIBRARY, linker(runtime_objects(CACHE_DIR)))
