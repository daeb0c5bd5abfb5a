"""The paged KV cache of TVM's runtime, created with our kernels in place of TVM's."""

import numpy as np
import tvm
from tvm import relax, tirx
from tvm.relax.frontend.nn.llm.kv_cache import AttnKind, PagedKVCache, RopeMode

from .config import ModelConfig
from .kernels import attention, cache, named


def rope_table(config: ModelConfig) -> np.ndarray:
    """Cosines and sines in float32, [2, position, head_dim / 2], computed as transformers does."""
    exponent = np.arange(0, config.head_dim, 2, dtype=np.float32) / np.float32(config.head_dim)
    frequency = np.float32(1) / np.power(np.float32(config.rope_theta), exponent)
    positions = np.arange(config.context_window_size, dtype=np.float32)
    angles = positions[:, None] * frequency[None, :]
    return np.stack([np.cos(angles), np.sin(angles)]).astype(np.float32)


def create_kv_cache(config: ModelConfig, sizes: list[tirx.Var]) -> PagedKVCache:
    """The arguments are those of `vm.builtin.paged_attention_kv_cache_create`, in its order.

    An empty tuple says that there is no such kernel: sliding windows, token trees and
    multi-head latent attention.
    """
    heads, kv_heads = config.num_attention_heads, config.num_key_value_heads
    dim = config.head_dim
    arguments = [
        relax.ShapeExpr(sizes),
        relax.ShapeExpr([0, config.num_hidden_layers]),
        *[relax.prim_value(size) for size in (heads, kv_heads, dim, dim)],
        relax.ShapeExpr([int(AttnKind.MHA)] * config.num_hidden_layers),
        relax.prim_value(False),  # no transfer between machines
        relax.prim_value(int(RopeMode.NORMAL)),
        relax.prim_value(1),  # the table below replaces scale and theta
        relax.prim_value(config.rope_theta),
        relax.const(rope_table(config)),
        relax.const(np.zeros((), "float32")),  # tells the runtime dtype and device
        _add(cache.append(kv_heads, dim)),
        relax.prim_value(0),  # no append for latent attention
        _tirx(attention.self_attention(heads, kv_heads, dim)),
        _tirx(attention.cached_attention(heads, kv_heads, dim)),
        _tirx(attention.decode_attention(heads, kv_heads, dim)),
        *[relax.Tuple([])] * 5,
        relax.Tuple([_add(attention.merge(heads, dim))]),
        _add(cache.rotary(heads, kv_heads, dim, config.context_window_size)),
        *[_add(cache.never_called())] * 3,
    ]
    create = "vm.builtin.paged_attention_kv_cache_create"
    expr = relax.call_pure_packed(create, *arguments, ty_args=relax.AnyType())
    return PagedKVCache(_expr=expr, _name="paged_kv_cache")


def _add(kernel: tirx.PrimFunc) -> tvm.ir.GlobalVar:
    return relax.BlockBuilder.current().add_func(*named(kernel))


def _tirx(kernel: tirx.PrimFunc) -> relax.Tuple:
    return relax.Tuple([tvm.ir.StringImm("tirx"), _add(kernel)])
