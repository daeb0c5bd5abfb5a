"""Builds the ONNX model for transformers.js out of the checkpoint.

onnxruntime-genai's builder makes the graph (fused GroupQueryAttention, one shared embedding). What
is changed here: transformers.js wants a number where the builder writes `kv_cache_dim`, and the
weights are stored as fp16 with a Cast in front. That is exact because they were rounded to it;
ONNX Runtime folds the Cast when it loads, and computes in fp32.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)

from .shape import SHAPE

CONFIGS = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")

# transformers.js' names of files by dtype: q8 is "quantized", q4 is "q4".
QUANTIZED = {"model_quantized.onnx": 8, "model_q4.onnx": 4}
BLOCK_SIZE = 32


def export(checkpoint: Path) -> ModelProto:
    """The builder's graph with fp32 weights inside the file."""
    with tempfile.TemporaryDirectory() as folder:
        builder = [sys.executable, "-m", "onnxruntime_genai.models.builder"]
        options = ["-p", "fp32", "-e", "cpu", "-c", f"{folder}/cache"]
        command = [*builder, "-i", str(checkpoint), "-o", f"{folder}/out", *options]
        subprocess.run(command, check=True, capture_output=True)
        return onnx.load(f"{folder}/out/model.onnx")


def name_head_dim(model: ModelProto) -> None:
    """Replaces the symbolic size of the KV cache's last axis by its number."""
    for value in [*model.graph.input, *model.graph.output]:
        for size in value.type.tensor_type.shape.dim:
            if size.dim_param == "kv_cache_dim":
                size.dim_value = SHAPE.head_dim


def _as_fp16(weight: TensorProto) -> TensorProto | None:
    """The same numbers in fp16, or None where fp16 does not hold them."""
    if weight.data_type != TensorProto.FLOAT:
        return None
    numbers = numpy_helper.to_array(weight)
    short = numbers.astype(np.float16)
    if not np.array_equal(short.astype(np.float32), numbers):
        return None
    return numpy_helper.from_array(short, weight.name + ".fp16")


def _cast(stored: TensorProto, name: str) -> NodeProto:
    return helper.make_node("Cast", [stored.name], [name], name + ".Cast", to=TensorProto.FLOAT)


def store_as_fp16(model: ModelProto) -> None:
    """Stores every weight that fp16 holds exactly as fp16, followed by a Cast to fp32."""
    weights, nodes = [*model.graph.initializer], [*model.graph.node]
    stored = {weight.name: _as_fp16(weight) for weight in weights}
    casts = [_cast(short, name) for name, short in stored.items() if short is not None]
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(stored[weight.name] or weight for weight in weights)
    model.graph.node.extend([*casts, *nodes])


def quantize(model: ModelProto, bits: int) -> ModelProto:
    """Weights in blocks of 4 or 8 bits; the embedding, which is also the head, stays whole.

    accuracy_level 0 keeps the activations in fp32, so that CPU, WASM and WebGPU agree.
    """
    copy = ModelProto()
    copy.CopyFrom(model)
    config = DefaultWeightOnlyQuantConfig(
        block_size=BLOCK_SIZE, is_symmetric=True, accuracy_level=0, bits=bits
    )
    quantizer = MatMulNBitsQuantizer(copy, nodes_to_exclude=["/lm_head/MatMul"], algo_config=config)
    quantizer.process()
    return quantizer.model.model


def _write(model: ModelProto, path: Path) -> None:
    for about in ("producer_name", "producer_version", "doc_string"):
        model.ClearField(about)
    path.write_bytes(model.SerializeToString(deterministic=True))


def build(checkpoint: Path, out: Path) -> None:
    """Writes the whole folder that transformers.js loads."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "onnx").mkdir(parents=True)
    for name in CONFIGS:
        shutil.copyfile(checkpoint / name, out / name)
    model = export(checkpoint)
    name_head_dim(model)
    builds = {"model.onnx": model}
    builds |= {name: quantize(model, bits) for name, bits in QUANTIZED.items()}
    for name, one in builds.items():
        store_as_fp16(one)
        _write(one, out / "onnx" / name)
