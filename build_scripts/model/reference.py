"""Writes tests/data/reference.json: what the checkpoint answers in PyTorch, in fp32 on the CPU.

Every engine is tested against it. An engine adds up in another order, so a choice between two
almost equal tokens could go either way: each entry carries the smallest margin of its choices, and
an entry with too small a one is an error here, not a flaky test there.
"""

import hashlib
import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transformers import Qwen3ForCausalLM

from .checkpoint import load
from .conversations import Message
from .generate import Answer, generate
from .paths import CHECKPOINT, REFERENCE
from .reference_prompts import CONVERSATION, GREEDY, SAMPLED, TOP_PS
from .sampling import sampler
from .shape import SPECIAL_TOKENS
from .tokenizer import load_tokenizer, render

MAX_TOKENS = 96
MIN_LOGIT_GAP = 1e-2

SAMPLED_MAX_TOKENS = 48
MIN_PROBABILITY_MARGIN = 2e-4
TRIES = 100

# The app passes seeds from 2**16 on to WebLLM as they are, and this is where its generator ends.
SEEDS = (2**16, 2**31 - 2)

ABOUT = (
    "Made by `python -m build_scripts.model reference`. token_ids are without the end-of-turn "
    "token, which followed where finish_reason is stop. min_logit_gap: the smallest distance of "
    "a chosen logit to the second. min_margin: the smallest distance in probability of a draw to "
    "where another token would have been sampled. Sampled entries are cut at sampled_max_tokens "
    "and follow tvmjs' generator, seeded once per request."
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


def _is_fair(answer: Answer) -> bool:
    """No draw is close to a boundary, and the text shows every token."""
    special = set(answer.token_ids) & set(range(len(SPECIAL_TOKENS)))
    return answer.margin > MIN_PROBABILITY_MARGIN and not special and "\ufffd" not in answer.text


def _sampled(model: Qwen3ForCausalLM, prompt: str, top_p: float) -> dict[str, Any]:
    """The first fair answer of a row of seeds that is not the greedy one."""
    name = f"top_p {top_p}, {prompt}"
    messages: list[Message] = [{"role": "user", "content": prompt}]
    usual = generate(model, messages, max_tokens=SAMPLED_MAX_TOKENS)
    rng = random.Random(name)
    for seed in (rng.randint(*SEEDS) for _ in range(TRIES)):
        choose = sampler(seed, temperature=1.0, top_p=top_p)
        answer = generate(model, messages, choose, SAMPLED_MAX_TOKENS)
        if answer.token_ids != usual.token_ids and _is_fair(answer):
            settings = {"seed": seed, "temperature": 1.0, "top_p": top_p}
            return _entry(name, messages, answer, "min_margin") | settings
    raise ValueError(f"{name}: no fair answer that differs from {usual.text!r}")


def reference() -> dict[str, Any]:
    """The whole file as data."""
    model = load()
    weights = (CHECKPOINT / "model.safetensors").read_bytes()
    greedy = [_greedy(model, name, messages) for name, messages in GREEDY.items()]
    return {
        "about": ABOUT,
        "checkpoint_sha256": hashlib.sha256(weights).hexdigest(),
        "max_tokens": MAX_TOKENS,
        "sampled_max_tokens": SAMPLED_MAX_TOKENS,
        "greedy": [*greedy, *_conversation(model, CONVERSATION)],
        "sampling": [_sampled(model, prompt, top_p) for top_p in TOP_PS for prompt in SAMPLED],
    }


def write_reference(path: Path = REFERENCE) -> None:
    """Writes the file, readable and with non-ASCII text as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(reference(), ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8")
