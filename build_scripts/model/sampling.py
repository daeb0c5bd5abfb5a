"""Samples as WebLLM 0.2.86 does, so that the tests know which token a seed must give.

Read in its lib/index.js: `setSeed`, then one `randomFloat` per token, the first included. The
generator is tvmjs' LinearCongruentialGenerator; the sampler sorts the probabilities, cuts them at
top_p, and inverts the cumulative distribution.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from .generate import Choose

MODULUS = 2**31 - 1
MULTIPLIER = 48_271


def uniforms(seed: int) -> Iterator[float]:
    """The numbers in (0, 1) that WebLLM draws after `setSeed(seed)`, for a positive seed."""
    state = seed % MODULUS or 1
    while True:
        state = state * MULTIPLIER % MODULUS
        yield state / MODULUS


def pick(logits: Tensor, uniform: float, temperature: float, top_p: float) -> tuple[int, float]:
    """The sampled token, and the distance in probability to where another one would be.

    Kept are the most likely tokens up to and including the first that reaches top_p.
    """
    probs, order = torch.softmax(logits / temperature, -1).double().sort(descending=True)
    cumulative = probs.cumsum(-1)
    last = min(int((cumulative < top_p).sum()), len(probs) - 1)
    target = uniform * float(cumulative[last])
    place = min(int((cumulative <= target).sum()), last)
    margin = float((cumulative[:last] - target).abs().min()) if last else 1.0
    if top_p < 1:
        margin = min(margin, float((cumulative - top_p).abs().min()))
    return int(order[place]), margin


def sampler(seed: int, temperature: float, top_p: float) -> Choose:
    """A chooser for `generate` that follows one seed."""
    draws = uniforms(seed)
    return lambda logits: pick(logits, next(draws), temperature, top_p)
