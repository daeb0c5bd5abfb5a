"""The checkpoint's weights as WebLLM's shards: our names, projections transposed and fused.

Values are stored as bfloat16, which is exact because the checkpoint is bfloat16 already; the
runtime widens them to float32. The tied embedding is stored once.
"""

import contextlib
import io
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tvm.contrib.tvmjs import dump_tensor_cache

from .config import ModelConfig

Weights = dict[str, np.ndarray]


def write_weights(config: ModelConfig, checkpoint_dir: Path, out_dir: Path) -> None:
    """Write `tensor-cache.json` and `params_shard_*.bin`."""
    source = read_bfloat16(checkpoint_dir / "model.safetensors")
    params = dict(_arrange(config, source))
    if source:
        raise ValueError(f"weights that the WebLLM build has no place for: {sorted(source)}")
    with contextlib.redirect_stdout(io.StringIO()):
        dump_tensor_cache(params, str(out_dir), show_progress=False)
    # A second index for engines that keep bfloat16 in memory; WebLLM never asks for it.
    (out_dir / "tensor-cache-b16.json").unlink(missing_ok=True)


def read_bfloat16(path: Path) -> Weights:
    """The tensors of a safetensors file, widened to float32. numpy has no bfloat16 of its own."""
    data = path.read_bytes()
    (header_size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + header_size])
    header.pop("__metadata__", None)
    body = memoryview(data)[8 + header_size :]
    return {name: _widen(body, entry) for name, entry in header.items()}


def _widen(body: memoryview, entry: dict) -> np.ndarray:
    if entry["dtype"] != "BF16":
        raise ValueError(f"the checkpoint must be bfloat16, not {entry['dtype']}")
    begin, end = entry["data_offsets"]
    halves = np.frombuffer(body[begin:end], dtype="<u2").astype(np.uint32)
    return (halves << 16).view(np.float32).reshape(entry["shape"])


def _arrange(config: ModelConfig, source: Weights) -> Iterator[tuple[str, np.ndarray]]:
    """Our parameters in a fixed order, taking every tensor out of `source`."""

    def take(*names: str) -> np.ndarray:
        return np.concatenate([source.pop(f"model.{name}.weight") for name in names])

    def projection(*names: str) -> np.ndarray:
        return np.ascontiguousarray(take(*names).T)

    yield "embed_tokens.weight", projection("embed_tokens")
    for index in range(config.num_hidden_layers):
        layer = f"layers.{index}"
        attention, mlp = f"{layer}.self_attn", f"{layer}.mlp"
        qkv = [f"{attention}.{part}_proj" for part in "qkv"]
        gate_up = [f"{mlp}.{part}_proj" for part in ("gate", "up")]
        yield f"{attention}.qkv_proj.weight", projection(*qkv)
        yield f"{attention}.o_proj.weight", projection(f"{attention}.o_proj")
        yield f"{mlp}.gate_up_proj.weight", projection(*gate_up)
        yield f"{mlp}.down_proj.weight", projection(f"{mlp}.down_proj")
        for norm in ("self_attn.q_norm", "self_attn.k_norm"):
            yield f"{layer}.{norm}.weight", take(f"{layer}.{norm}")
        for norm in ("input_layernorm", "post_attention_layernorm"):
            yield f"{layer}.{norm}.weight", take(f"{layer}.{norm}")
    yield "norm.weight", take("norm")
    source.pop("lm_head.weight", None)
