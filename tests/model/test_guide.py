"""The embedded model in the pipeline's own environment: rounding, sampling, ONNX, chat template.

Run by `.venv-model/bin/python -m pytest tests/model`.
"""

import json
from itertools import islice
from typing import Any

import pytest
import torch
from transformers import AutoTokenizer

from build_scripts.model import checkpoint, onnx_run
from build_scripts.model.batches import IGNORE, example
from build_scripts.model.paths import CHECKPOINT, GUIDE_ONNX, REFERENCE
from build_scripts.model.sampling import pick, sampler, uniforms
from build_scripts.model.tokenizer import load_tokenizer, render

LOGITS = torch.log(torch.tensor([0.1, 0.5, 0.15, 0.25]))
REFERENCE_DATA = json.loads(REFERENCE.read_text(encoding="utf-8"))
each_sampled_entry = pytest.mark.parametrize(
    "entry", REFERENCE_DATA["sampling"], ids=lambda entry: str(entry["name"])
)
each_greedy_entry = pytest.mark.parametrize(
    "entry", REFERENCE_DATA["greedy"], ids=lambda entry: str(entry["name"])
)


def test_the_generator_is_the_minimal_standard_one() -> None:
    """Multiplier 48271: its 10,000th state is known from the C++ standard's minstd_rand."""
    last = next(islice(uniforms(1), 9_999, None))
    assert round(last * (2**31 - 1)) == 399_268_537


@pytest.mark.parametrize(
    ("uniform", "token"), [(0.0, 1), (0.49, 1), (0.51, 3), (0.76, 2), (0.89, 2), (0.91, 0)]
)
def test_a_draw_inverts_the_sorted_cumulative_distribution(uniform: float, token: int) -> None:
    assert pick(LOGITS, uniform, 1.0, 1.0)[0] == token


def test_top_p_keeps_the_token_that_reaches_it() -> None:
    kept = {pick(LOGITS, draw / 100, 1.0, 0.6)[0] for draw in range(100)}
    assert kept == {1, 3}


def test_the_margin_is_the_distance_to_the_nearest_boundary() -> None:
    assert pick(LOGITS, 0.7, 1.0, 1.0)[1] == pytest.approx(0.05, abs=1e-6)


def test_only_answers_and_their_ends_are_learnt() -> None:
    tokenizer = load_tokenizer(CHECKPOINT)
    turns = [("user", "Hi"), ("assistant", "Hello!"), ("user", "Bye"), ("assistant", "Good night")]
    one = example([{"role": role, "content": content} for role, content in turns])
    learnt = [label for label in one.labels if label != IGNORE]
    text = tokenizer.decode(learnt, skip_special_tokens=False)
    assert text == "Hello!<|im_end|>Good night<|im_end|>"


def test_weights_are_exact_in_bf16_and_in_fp16() -> None:
    for weight in checkpoint.load().parameters():
        assert torch.equal(weight, weight.bfloat16().float())
        assert torch.equal(weight, weight.half().float())


@pytest.mark.parametrize("weight", [float("nan"), 1e6])
def test_rounding_refuses_what_fp16_cannot_hold(weight: float) -> None:
    with pytest.raises(ValueError, match="fp16"):
        checkpoint.rounded(torch.tensor([weight]))


@each_greedy_entry
def test_the_onnx_build_answers_as_pytorch_does(entry: dict[str, Any]) -> None:
    run = onnx_run.session(GUIDE_ONNX / "onnx" / "model.onnx")
    tokens = onnx_run.answer_tokens(run, entry["prompt_token_ids"], REFERENCE_DATA["max_tokens"])
    assert tokens == entry["token_ids"]


@each_sampled_entry
def test_the_onnx_build_samples_as_pytorch_does(entry: dict[str, Any]) -> None:
    run = onnx_run.session(GUIDE_ONNX / "onnx" / "model.onnx")
    choose = sampler(entry["seed"], entry["temperature"], entry["top_p"])
    most = REFERENCE_DATA["sampled_max_tokens"]
    tokens = onnx_run.answer_tokens(run, entry["prompt_token_ids"], most, choose)
    assert tokens == entry["token_ids"]


@each_greedy_entry
def test_the_chat_template_renders_what_the_model_learnt_from(entry: dict[str, Any]) -> None:
    tokenizer = AutoTokenizer.from_pretrained(CHECKPOINT)
    text = tokenizer.apply_chat_template(
        entry["messages"], tokenize=False, add_generation_prompt=True
    )
    assert text == render(entry["messages"])
    assert tokenizer(text)["input_ids"] == entry["prompt_token_ids"]


def test_the_template_renders_a_system_block_without_a_system_message() -> None:
    prompt = render([{"role": "user", "content": "Hi"}])
    assert prompt == (
        "<|im_start|>system\n<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    )


@pytest.mark.parametrize(
    "text", ["Grüße", "你好", "مرحبا", "👩\u200d👩\u200d👧", "a$$b $& $1\n\n  \t", "1234567890"]
)
def test_any_text_round_trips_through_the_tokenizer(text: str) -> None:
    tokenizer = load_tokenizer(CHECKPOINT)
    assert tokenizer.decode(tokenizer.encode(text).ids) == text
