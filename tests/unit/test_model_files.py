"""The embedded model's committed files: they belong together, and the reference is a fair test."""

import hashlib
import json
from typing import Any

import pytest

from build_scripts.model.manifest import manifest
from build_scripts.model.paths import CHECKPOINT, GUIDE_ONNX, MANIFEST, REFERENCE
from build_scripts.model.shape import SPECIAL_TOKENS
from localm.seeds import spread_seed

REFERENCE_DATA: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
SHARED = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")


def test_the_manifest_is_that_of_the_files() -> None:
    assert json.loads(MANIFEST.read_text(encoding="utf-8")) == manifest()


@pytest.mark.parametrize("name", SHARED)
def test_the_onnx_build_carries_the_checkpoints_own_configs(name: str) -> None:
    assert (GUIDE_ONNX / name).read_bytes() == (CHECKPOINT / name).read_bytes()


def test_the_reference_is_that_of_the_checkpoint() -> None:
    weights = (CHECKPOINT / "model.safetensors").read_bytes()
    assert REFERENCE_DATA["checkpoint_sha256"] == hashlib.sha256(weights).hexdigest()


def test_no_reference_answer_hangs_on_a_near_tie() -> None:
    assert all(entry["min_logit_gap"] > 1e-2 for entry in REFERENCE_DATA["greedy"])
    assert all(entry["min_margin"] > 1e-4 for entry in REFERENCE_DATA["sampling"])


@pytest.mark.parametrize("top_p", [1.0, 0.6])
def test_sampled_answers_are_many_and_show_every_token(top_p: float) -> None:
    entries = [entry for entry in REFERENCE_DATA["sampling"] if entry["top_p"] == top_p]
    assert sum(len(entry["token_ids"]) for entry in entries) >= 60
    assert len({entry["text"] for entry in entries}) == len(entries)
    assert all(min(entry["token_ids"]) >= len(SPECIAL_TOKENS) for entry in entries)


def test_seeds_of_sampled_answers_reach_webllm_unchanged() -> None:
    seeds = [entry["seed"] for entry in REFERENCE_DATA["sampling"]]
    assert len(set(seeds)) == len(seeds)
    assert all(spread_seed(seed) == seed < 2**31 - 1 for seed in seeds)


def test_one_answer_is_long_enough_to_be_stopped() -> None:
    assert max(len(entry["token_ids"]) for entry in REFERENCE_DATA["greedy"]) > 60


def test_one_reference_prompt_needs_more_than_one_prefill_chunk() -> None:
    """A chunk is 128 tokens in the WebLLM build."""
    assert max(len(entry["prompt_token_ids"]) for entry in REFERENCE_DATA["greedy"]) > 200


def test_the_template_is_where_transformers_js_looks_for_it() -> None:
    config = json.loads((GUIDE_ONNX / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert "<|im_start|>assistant" in config["chat_template"]
