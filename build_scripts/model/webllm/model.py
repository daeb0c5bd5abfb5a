"""The model in TVM's Relax: the functions WebLLM looks up, in terms of our kernels."""

from collections.abc import Sequence
from typing import TypeVar

from tvm import tirx
from tvm.relax.frontend import nn
from tvm.relax.frontend.nn import Tensor
from tvm.relax.frontend.nn.llm.kv_cache import PagedKVCache
from tvm.relax.frontend.nn.op import reshape, tensor_ir_op

from .config import ModelConfig
from .kernels import dense, named, sampling
from .kv_cache import create_kv_cache

OutType = TypeVar("OutType", Tensor, list[Tensor])


def _call(kernel: tirx.PrimFunc, args: Sequence[Tensor], shape: Sequence) -> Tensor:
    return _call_into(kernel, args, Tensor.placeholder(list(shape), "float32"))


def _call_into(kernel: tirx.PrimFunc, args: Sequence[Tensor], out: OutType) -> OutType:
    return tensor_ir_op(*named(kernel), list(args), out)


class Projection(nn.Module):
    """A bias-free linear layer, its weight stored [in, out]."""

    def __init__(self, width: int, out_width: int) -> None:
        self.out_width = out_width
        self.weight = nn.Parameter((width, out_width))

    def forward(self, x: Tensor) -> Tensor:
        kernel = dense.linear(_rows_per_thread(x))
        return _call(kernel, [x, self.weight], [x.shape[0], self.out_width])

    def add_to(self, residual: Tensor, x: Tensor) -> Tensor:
        kernel = dense.linear_add(_rows_per_thread(x))
        return _call(kernel, [x, self.weight, residual], residual.shape)


def _rows_per_thread(x: Tensor) -> int:
    """A decode step has one row; in a prefill, of symbolic length, four share what is read."""
    return 1 if isinstance(x.shape[0], int) else 4


class RMSNorm(nn.Module):
    def __init__(self, width: int, eps: float) -> None:
        self.eps = eps
        self.weight = nn.Parameter((width,))

    def forward(self, x: Tensor) -> Tensor:
        return _call(dense.rms_norm(self.eps), [x, self.weight], x.shape)


class Attention(nn.Module):
    def __init__(self, config: ModelConfig, layer_id: int) -> None:
        self.config = config
        self.layer_id = layer_id
        width = config.num_attention_heads * config.head_dim
        self.qkv_proj = Projection(config.hidden_size, config.fused_heads * config.head_dim)
        self.q_norm = RMSNorm(config.head_dim, config.rms_norm_eps)
        self.k_norm = RMSNorm(config.head_dim, config.rms_norm_eps)
        self.o_proj = Projection(width, config.hidden_size)

    def forward(self, residual: Tensor, x: Tensor, cache: PagedKVCache) -> Tensor:
        c, n = self.config, x.shape[0]
        qkv = reshape(self.qkv_proj(x), (n, c.fused_heads, c.head_dim))
        norm = dense.qk_norm(
            c.num_attention_heads, c.num_key_value_heads, c.head_dim, c.rms_norm_eps
        )
        qkv = _call(norm, [qkv, self.q_norm.weight, self.k_norm.weight], qkv.shape)
        qkv = reshape(qkv, (1, n, c.fused_heads, c.head_dim))
        out = cache.attention_with_fused_qkv(
            self.layer_id, qkv, c.num_attention_heads, c.head_dim**-0.5
        )
        return self.o_proj.add_to(residual, reshape(out, (n, c.num_attention_heads * c.head_dim)))


class MLP(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        self.width = config.intermediate_size
        self.gate_up_proj = Projection(config.hidden_size, 2 * self.width)
        self.down_proj = Projection(self.width, config.hidden_size)

    def forward(self, residual: Tensor, x: Tensor) -> Tensor:
        gate_up = self.gate_up_proj(x)
        return self.down_proj.add_to(
            residual, _call(dense.swiglu(), [gate_up], [x.shape[0], self.width])
        )


class Layer(nn.Module):
    def __init__(self, config: ModelConfig, layer_id: int) -> None:
        self.input_layernorm = RMSNorm(config.hidden_size, config.rms_norm_eps)
        self.self_attn = Attention(config, layer_id)
        self.post_attention_layernorm = RMSNorm(config.hidden_size, config.rms_norm_eps)
        self.mlp = MLP(config)

    def forward(self, x: Tensor, cache: PagedKVCache) -> Tensor:
        x = self.self_attn(x, self.input_layernorm(x), cache)
        return self.mlp(x, self.post_attention_layernorm(x))


class Guide(nn.Module):
    """The decoder; its embedding table, stored transposed, is its output projection too."""

    def __init__(self, config: ModelConfig) -> None:
        self.config = config
        self.embed_tokens = Projection(config.hidden_size, config.vocab_size)
        self.layers = nn.ModuleList(
            [Layer(config, index) for index in range(config.num_hidden_layers)]
        )
        self.norm = RMSNorm(config.hidden_size, config.rms_norm_eps)

    def embed(self, input_ids: Tensor) -> Tensor:
        shape = [input_ids.shape[0], self.config.hidden_size]
        return _call(dense.embed(), [input_ids, self.embed_tokens.weight], shape)

    def prefill(self, input_embed: Tensor, cache: PagedKVCache) -> tuple[Tensor, PagedKVCache]:
        hidden = self.config.hidden_size
        x = reshape(input_embed, (input_embed.shape[1], hidden))
        for layer in self.layers:
            x = layer(x, cache)
        last = self.norm(_call(dense.last_row(), [x], [1, hidden]))
        return reshape(self.embed_tokens(last), (1, 1, self.config.vocab_size)), cache

    def decode(self, input_embed: Tensor, cache: PagedKVCache) -> tuple[Tensor, PagedKVCache]:
        return self.prefill(input_embed, cache)

    def create_tir_paged_kv_cache(
        self,
        max_batch_size: tirx.Var,
        max_total_seq_len: tirx.Var,
        prefill_chunk_size: tirx.Var,
        page_size: tirx.Var,
        support_sliding_window: tirx.Var,
    ) -> PagedKVCache:
        sizes = [max_batch_size, max_total_seq_len, prefill_chunk_size, page_size]
        return create_kv_cache(self.config, [*sizes, support_sliding_window])

    def softmax_with_temperature(self, logits: Tensor, temperature: Tensor) -> Tensor:
        flat = reshape(logits, (logits.shape[0], self.config.vocab_size))
        probs = _call(sampling.softmax_with_temperature(), [flat, temperature], flat.shape)
        return reshape(probs, logits.shape)

    def argsort_probs(self, probs: Tensor) -> tuple[Tensor, Tensor]:
        def out() -> list[Tensor]:
            return [Tensor.placeholder(probs.shape, dtype) for dtype in ("float32", "int32")]

        tiles = _call_into(sampling.sort_tiles(self.config.vocab_size), [probs], out())
        return _call_into(sampling.merge_tiles(self.config.vocab_size), tiles, out())

    def sample_with_top_p(
        self, ordered: Tensor, indices: Tensor, uniform: Tensor, rows: Tensor, top_p: Tensor
    ) -> Tensor:
        out = Tensor.placeholder(uniform.shape, "int32")
        args = [ordered, indices, uniform, rows, top_p]
        return _call_into(sampling.sample_with_top_p(), args, out)


def module_spec(config: ModelConfig) -> dict:
    """Shapes of the exported functions' arguments, as nn.Module.export_tvm wants them."""
    v, h = config.vocab_size, config.hidden_size
    f32, i32 = "float32", "int32"
    packed = {"$": {"param_mode": "packed", "effect_mode": "none"}}
    plain = {"$": {"param_mode": "none", "effect_mode": "none"}}
    sizes = ("max_batch_size", "max_total_seq_len", "prefill_chunk_size", "page_size")
    return {
        "embed": {"input_ids": nn.spec.Tensor(["n"], i32), **packed},
        "prefill": {
            "input_embed": nn.spec.Tensor([1, "n", h], f32),
            "cache": nn.spec.Object(object_type=PagedKVCache),
            **packed,
        },
        "decode": {
            "input_embed": nn.spec.Tensor([1, 1, h], f32),
            "cache": nn.spec.Object(object_type=PagedKVCache),
            **packed,
        },
        "create_tir_paged_kv_cache": {
            **dict.fromkeys(sizes, int),
            "support_sliding_window": int,
            **plain,
        },
        "softmax_with_temperature": {
            "logits": nn.spec.Tensor(["batch", 1, v], f32),
            "temperature": nn.spec.Tensor(["batch"], f32),
            **plain,
        },
        "argsort_probs": {"probs": nn.spec.Tensor(["batch", v], f32), **plain},
        "sample_with_top_p": {
            "ordered": nn.spec.Tensor(["batch", v], f32),
            "indices": nn.spec.Tensor(["batch", v], i32),
            "uniform": nn.spec.Tensor(["samples"], f32),
            "rows": nn.spec.Tensor(["samples"], i32),
            "top_p": nn.spec.Tensor(["batch"], f32),
            **plain,
        },
    }
