"""Looks for seeds that make a fair sampling test: `python -m build_scripts.model seeds`.

A fair one stays away from every boundary between two tokens, for all of its 60 tokens, and stays
within one turn, so that the text shows every token. Where it differs from the greedy answer it
tests the sampler and not only the model.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from .checkpoint import load
from .conversations import Message
from .generate import Answer, generate
from .sampling import sampler
from .shape import SPECIAL_TOKENS

TOKENS = 60
MARGIN = 2e-4
TRIES = 12
TOP_PS = (1.0, 0.6)

# Prompts between two topics: the model is unsure there, so a sampler has something to choose.
PROMPTS = (
    "Tell me a long story",
    "Write a long program in Python",
    "Give me a recipe and a list",
    "Show me a big table",
    "List everything you know about localm",
)


def is_fair(answer: Answer) -> bool:
    """No special token, and no draw close to a boundary."""
    return min(answer.token_ids) >= len(SPECIAL_TOKENS) and answer.margin > MARGIN


@dataclass(frozen=True)
class Found:
    """A fair seed; `changed` counts the tokens that differ from the greedy answer."""

    prompt: str
    seed: int
    top_p: float
    changed: int
    answer: Answer


def fair_seeds() -> Iterator[Found]:
    """Tries a few large seeds for every prompt."""
    model = load()
    rng = random.Random(0)
    for prompt in PROMPTS:
        messages: list[Message] = [{"role": "user", "content": prompt}]
        best = generate(model, messages, max_tokens=TOKENS, ignore_eos=True).token_ids
        seeds = [rng.randrange(2**29, 2**31 - 1) for _ in range(TRIES)]
        for seed, top_p in product(seeds, TOP_PS):
            answer = generate(model, messages, sampler(seed, 1.0, top_p), TOKENS, ignore_eos=True)
            changed = sum(a != b for a, b in zip(answer.token_ids, best, strict=True))
            if is_fair(answer):
                yield Found(prompt, seed, top_p, changed, answer)


def print_seeds() -> None:
    """One line for each."""
    for found in fair_seeds():
        about = f"{found.changed} changed, margin {found.answer.margin:.5f}"
        print(f"{found.seed} top_p {found.top_p} {found.prompt!r}: {about}: {found.answer.text!r}")
