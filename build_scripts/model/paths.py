"""Where the pipeline reads and writes: committed data, committed results, and scratch."""

from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

CORPUS = HERE / "corpus"
CHECKPOINT = HERE / "checkpoint"

# Never trained on: `ask` answers them, and a person judges the answers.
FRESH_WORDINGS = HERE / "fresh_wordings.txt"

MODELS = ROOT / "static" / "models"
GUIDE_ONNX = MODELS / "guide" / "onnx"
GUIDE_MLC = MODELS / "guide" / "mlc"
MANIFEST = MODELS / "manifest.json"

REFERENCE = ROOT / "tests" / "data" / "reference.json"

# Ignored by git: the unrounded weights and the state to resume a training run from.
SCRATCH = ROOT / "build" / "model"
