"""`python -m webllm CHECKPOINT_DIR OUT_DIR`, from build_scripts/model."""

import sys
from pathlib import Path

from . import build

if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
