"""The embedded model's shape, shared by the trainer and by every build of its weights.

It is this small on purpose: the tests run it on software WebGPU, where a pass over the weights
is what a token costs.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A Qwen3-shaped decoder: sizes in elements, positions in tokens."""

    vocab_size: int = 2048
    hidden_size: int = 192
    intermediate_size: int = 512
    num_hidden_layers: int = 4
    num_attention_heads: int = 6
    num_key_value_heads: int = 2
    head_dim: int = 32
    rope_theta: float = 10_000.0
    rms_norm_eps: float = 1e-6
    max_position_embeddings: int = 1024
    tie_word_embeddings: bool = True


SHAPE = Shape()

CONTEXT_WINDOW = SHAPE.max_position_embeddings

# Special tokens come first in the vocabulary, in this order.
SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
PAD_TOKEN, START_TOKEN, END_TOKEN = SPECIAL_TOKENS
