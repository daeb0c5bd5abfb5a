"""Runs an ONNX build in ONNX Runtime on the CPU, with a KV cache, as transformers.js does."""

from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch

from .generate import Choose, greedy
from .shape import SHAPE, SPECIAL_TOKENS

END = SPECIAL_TOKENS.index("<|im_end|>")
PARTS = [f"{n}.{part}" for n in range(SHAPE.num_hidden_layers) for part in ("key", "value")]

Cache = dict[str, np.ndarray]


def session(path: Path) -> ort.InferenceSession:
    """A session on the CPU."""
    return ort.InferenceSession(path, providers=["CPUExecutionProvider"])


def _empty_cache() -> Cache:
    empty = np.zeros((1, SHAPE.num_key_value_heads, 0, SHAPE.head_dim), np.float32)
    return {f"past_key_values.{part}": empty for part in PARTS}


def forward(run: ort.InferenceSession, ids: list[int], cache: Cache) -> tuple[np.ndarray, Cache]:
    """Logits float32 [len(ids), vocabulary] and the longer cache."""
    total = cache[f"past_key_values.{PARTS[0]}"].shape[2] + len(ids)
    inputs = {
        "input_ids": np.array([ids], np.int64),
        "attention_mask": np.ones((1, total), np.int64),
    }
    names = ["logits", *(f"present.{part}" for part in PARTS)]
    logits, *present = run.run(names, inputs | cache)
    past = (f"past_key_values.{part}" for part in PARTS)
    return logits[0], dict(zip(past, present, strict=True))


def answer_tokens(
    run: ort.InferenceSession, prompt: list[int], max_tokens: int, choose: Choose = greedy
) -> list[int]:
    """The answer's tokens, without the end of turn."""
    tokens: list[int] = []
    logits, cache = forward(run, prompt, _empty_cache())
    while len(tokens) < max_tokens:
        token, _ = choose(torch.from_numpy(logits[-1]))
        if token == END:
            break
        tokens.append(token)
        logits, cache = forward(run, [token], cache)
    return tokens
