"""The committed checkpoint: weights rounded so that every build keeps the very same numbers.

A weight is rounded to bf16 and then passed through fp16. The result is exact in both: bf16 is how
the checkpoint and the WebLLM build store it, fp16 how the ONNX build does, at half of fp32's bytes.
"""

from pathlib import Path

import torch
from torch import Tensor
from transformers import Qwen3ForCausalLM

from .paths import CHECKPOINT


def rounded(weight: Tensor) -> Tensor:
    """The nearest fp32 numbers that bf16 and fp16 both hold exactly.

    fp16 has more digits than bf16 and only fewer exponents: it takes away digits of the very
    smallest numbers, and never adds one.
    """
    result = weight.bfloat16().half().float()
    if not (result.isfinite().all() and torch.equal(result, result.bfloat16().float())):
        raise ValueError("a weight is too large for fp16, or not a number")
    return result


@torch.no_grad()
def save(model: Qwen3ForCausalLM, folder: Path) -> None:
    """Rounds the weights in place and writes weights and configs in bf16."""
    for weight in model.parameters():
        weight.copy_(rounded(weight))
    model.generation_config.do_sample = False
    model.bfloat16().save_pretrained(folder)


def load(folder: Path = CHECKPOINT) -> Qwen3ForCausalLM:
    """The rounded model in fp32 on the CPU, where it is the reference."""
    model = Qwen3ForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager"
    )
    return model.eval()
