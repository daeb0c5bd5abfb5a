"""Generates with PyTorch, token by token, and says how clear each choice was."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import Qwen3ForCausalLM

from .conversations import Message
from .paths import CHECKPOINT
from .shape import END_TOKEN
from .tokenizer import load_tokenizer, render

# Logits of one position, float32 [vocabulary] -> the token and how clear the choice was.
Choose = Callable[[Tensor], tuple[int, float]]


@dataclass(frozen=True)
class Answer:
    """A generated answer; `margin` is the smallest one of its choices, the end included."""

    prompt_token_ids: list[int]
    token_ids: list[int]
    text: str
    finish_reason: str
    margin: float


def greedy(logits: Tensor) -> tuple[int, float]:
    """The most likely token, and its distance to the second in logits."""
    best = logits.topk(2)
    return int(best.indices[0]), float(best.values[0] - best.values[1])


@torch.no_grad()
def generate(
    model: Qwen3ForCausalLM,
    messages: list[Message],
    choose: Choose = greedy,
    max_tokens: int = 96,
) -> Answer:
    """Answers a conversation. Without a KV cache: slower, and nothing that could be wrong."""
    tokenizer = load_tokenizer(CHECKPOINT)
    end = tokenizer.token_to_id(END_TOKEN)
    prompt = tokenizer.encode(render(messages)).ids
    tokens: list[int] = []
    margins: list[float] = []
    finish_reason = "length"
    while len(tokens) < max_tokens:
        token, margin = choose(model(torch.tensor([prompt + tokens])).logits[0, -1])
        margins.append(margin)
        if token == end:
            finish_reason = "stop"
            break
        tokens.append(token)
    return Answer(prompt, tokens, tokenizer.decode(tokens), finish_reason, min(margins))
