"""Writes tests/data/reference.json: what the checkpoint answers in PyTorch, in fp32 on the CPU.

Every engine is tested against it. An engine adds up in another order, so a choice between two
almost equal tokens could go either way: each entry carries the smallest margin of its choices, and
an entry with too small a one is an error here, not a flaky test there.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transformers import Qwen3ForCausalLM

from .checkpoint import load
from .conversations import Message
from .generate import Answer, generate
from .paths import CHECKPOINT, REFERENCE
from .reference_prompts import CONVERSATION, GREEDY, SAMPLING, Sampling
from .sampling import sampler
from .tokenizer import load_tokenizer, render

MAX_TOKENS = 48
SAMPLED_TOKENS = 60
MIN_LOGIT_GAP = 1e-2
MIN_PROBABILITY_MARGIN = 1e-4

ABOUT = (
    "Made by `python -m build_scripts.model reference`. token_ids are without the end-of-turn "
    "token, which followed where finish_reason is stop. min_logit_gap: the smallest distance of "
    "a chosen logit to the second. min_margin: the smallest distance in probability of a draw to "
    "where another token would have been sampled. Sampled entries ignore the end of turn "
    "(WebLLM's ignore_eos) and follow tvmjs' generator, seeded once per request."
)


def _entry(name: str, messages: list[Message], answer: Answer, margin: str) -> dict[str, Any]:
    fields = asdict(answer)
    fields[margin] = fields.pop("margin")
    return {"name": name, "messages": messages, **fields}


def _greedy(model: Qwen3ForCausalLM, name: str, messages: list[Message]) -> dict[str, Any]:
    answer = generate(model, messages, max_tokens=MAX_TOKENS)
    if answer.margin < MIN_LOGIT_GAP:
        raise ValueError(f"{name}: a near-tie, {answer.margin:.4f} ({answer.text!r})")
    return _entry(name, messages, answer, "min_logit_gap")


def _conversation(model: Qwen3ForCausalLM, questions: tuple[str, ...]) -> list[dict[str, Any]]:
    """One entry per turn; each turn sees the model's own answers, untrimmed."""
    messages: list[Message] = []
    entries = []
    for number, question in enumerate(questions, 1):
        messages = [*messages, {"role": "user", "content": question}]
        entry = _greedy(model, f"conversation, turn {number}", messages)
        entries.append(entry)
        messages = [*messages, {"role": "assistant", "content": entry["text"]}]
        _check_reusable(entry, messages)
    return entries


def _check_reusable(entry: dict[str, Any], messages: list[Message]) -> None:
    """A kept KV cache holds the generated tokens; the rendered text must give the same ones."""
    if entry["finish_reason"] != "stop":
        raise ValueError(f"{entry['name']}: not finished, so nothing is reused after it")
    ids = load_tokenizer(CHECKPOINT).encode(render(messages)).ids
    kept = entry["prompt_token_ids"] + entry["token_ids"]
    if ids[: len(kept)] != kept:
        raise ValueError(f"{entry['name']}: the answer's text has other tokens than the answer")


def _sampled(model: Qwen3ForCausalLM, one: Sampling) -> dict[str, Any]:
    messages: list[Message] = [{"role": "user", "content": one.prompt}]
    choose = sampler(one.seed, one.temperature, one.top_p)
    answer = generate(model, messages, choose, SAMPLED_TOKENS, ignore_eos=True)
    if answer.margin < MIN_PROBABILITY_MARGIN:
        raise ValueError(f"{one.name}: too close to a boundary, {answer.margin:.6f}")
    settings = {key: getattr(one, key) for key in ("seed", "temperature", "top_p")}
    return _entry(one.name, messages, answer, "min_margin") | settings


def reference() -> dict[str, Any]:
    """The whole file as data."""
    model = load()
    weights = (CHECKPOINT / "model.safetensors").read_bytes()
    greedy = [_greedy(model, name, messages) for name, messages in GREEDY.items()]
    return {
        "about": ABOUT,
        "checkpoint_sha256": hashlib.sha256(weights).hexdigest(),
        "max_tokens": MAX_TOKENS,
        "sampled_tokens": SAMPLED_TOKENS,
        "greedy": [*greedy, *_conversation(model, CONVERSATION)],
        "sampling": [_sampled(model, one) for one in SAMPLING],
    }


def write_reference(path: Path = REFERENCE) -> None:
    """Writes the file, readable and with non-ASCII text as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(reference(), ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8")
