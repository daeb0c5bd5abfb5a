"""The stored PyTorch reference: what every engine must answer, token for token."""

import json
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parents[2] / "data" / "reference.json"


@cache
def reference() -> dict[str, Any]:
    """The whole file."""
    return dict(json.loads(PATH.read_text()))


def greedy() -> list[dict[str, Any]]:
    """Prompts of their own with PyTorch's greedy answer."""
    return [entry for entry in reference()["greedy"] if "conversation" not in entry["name"]]


def conversation() -> list[dict[str, Any]]:
    """Five turns; each one's messages hold the model's own answers so far."""
    return [entry for entry in reference()["greedy"] if "conversation" in entry["name"]]


def sampled() -> list[dict[str, Any]]:
    """Answers drawn from PyTorch's probabilities with the numbers that WebLLM draws for a seed."""
    return list(reference()["sampling"])


def max_tokens() -> int:
    """Where PyTorch's answers were cut."""
    return int(reference()["max_tokens"])


def named(name: str) -> dict[str, Any]:
    """One greedy entry."""
    return next(entry for entry in greedy() if entry["name"] == name)


def longest() -> dict[str, Any]:
    """The prompt with the longest answer: time enough to stop it or to break something."""
    return max(greedy(), key=lambda entry: len(entry["token_ids"]))
