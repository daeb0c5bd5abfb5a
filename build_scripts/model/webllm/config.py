"""The numbers of a checkpoint, read from its config.json: no other module here knows any."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PREFILL_CHUNK_TOKENS = 128


@dataclass(frozen=True)
class ModelConfig:
    """A Qwen3-shaped decoder as the compiler needs it: sizes in elements, windows in tokens."""

    vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    head_dim: int
    rms_norm_eps: float
    rope_theta: float
    context_window_size: int
    prefill_chunk_size: int = PREFILL_CHUNK_TOKENS

    @property
    def fused_heads(self) -> int:
        """Heads of the fused query, key and value projection."""
        return self.num_attention_heads + 2 * self.num_key_value_heads

    @property
    def group_size(self) -> int:
        """Query heads that share one key and value head."""
        return self.num_attention_heads // self.num_key_value_heads

    @classmethod
    def from_checkpoint(cls, checkpoint_dir: Path) -> Self:
        """Read `config.json`; raises ValueError for a model that these kernels do not compute."""
        raw = json.loads((checkpoint_dir / "config.json").read_text())
        _require_supported(raw)
        return cls(
            vocab_size=raw["vocab_size"],
            hidden_size=raw["hidden_size"],
            intermediate_size=raw["intermediate_size"],
            num_hidden_layers=raw["num_hidden_layers"],
            num_attention_heads=raw["num_attention_heads"],
            num_key_value_heads=raw["num_key_value_heads"],
            head_dim=raw["head_dim"],
            rms_norm_eps=raw["rms_norm_eps"],
            rope_theta=_rope_theta(raw),
            context_window_size=raw["max_position_embeddings"],
        )


def _rope_theta(raw: dict) -> float:
    """transformers 5 moved the base of the rotary embedding into `rope_parameters`."""
    return float((raw.get("rope_parameters") or raw)["rope_theta"])


def _require_supported(raw: dict) -> None:
    rope = raw.get("rope_parameters") or {}
    supported = {
        "architectures is Qwen3ForCausalLM": raw["architectures"] == ["Qwen3ForCausalLM"],
        "hidden_act is silu": raw["hidden_act"] == "silu",
        "attention_bias is false": not raw.get("attention_bias"),
        "tie_word_embeddings is true": raw["tie_word_embeddings"] is True,
        "sliding_window is null": raw.get("sliding_window") is None,
        "rope_type is default": rope.get("rope_type", "default") == "default",
        "head_dim is a multiple of 4": raw["head_dim"] % 4 == 0,
        "rope_scaling is null": raw.get("rope_scaling") is None,
    }
    missing = [condition for condition, holds in supported.items() if not holds]
    if missing:
        raise ValueError(f"config.json: the WebLLM build needs {', '.join(missing)}")
