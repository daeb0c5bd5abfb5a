"""The simulation of WebLLM's sampler, and the reference file that engines are tested against."""

import json
from itertools import islice

import pytest

torch = pytest.importorskip("torch", reason="runs in the model pipeline's environment")
pytest.importorskip("transformers", reason="runs in the model pipeline's environment")

from build_scripts.model import checkpoint, onnx_run  # noqa: E402
from build_scripts.model.manifest import manifest  # noqa: E402
from build_scripts.model.onnx_build import CONFIGS  # noqa: E402
from build_scripts.model.paths import CHECKPOINT, GUIDE_ONNX, MANIFEST, REFERENCE  # noqa: E402
from build_scripts.model.sampling import pick, uniforms  # noqa: E402
from build_scripts.model.tokenizer import load_tokenizer, render  # noqa: E402

LOGITS = torch.log(torch.tensor([0.1, 0.5, 0.15, 0.25]))
REFERENCE_DATA = json.loads(REFERENCE.read_text(encoding="utf-8"))
GREEDY = REFERENCE_DATA["greedy"]


def test_the_generator_is_the_minimal_standard_one() -> None:
    """Park and Miller, 1993: multiplier 48271 gives 399268537 as the 10,000th state."""
    assert next(islice(uniforms(1), 9_999, None)) * (2**31 - 1) == pytest.approx(399_268_537)


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


def test_weights_are_exact_in_bf16_and_in_fp16() -> None:
    for weight in checkpoint.load().parameters():
        assert torch.equal(weight, weight.bfloat16().float())
        assert torch.equal(weight, weight.half().float())


def test_rounding_refuses_what_fp16_cannot_hold() -> None:
    with pytest.raises(ValueError, match="too large for fp16"):
        checkpoint.rounded(torch.tensor([float("nan")]))


@pytest.mark.parametrize("entry", GREEDY, ids=lambda entry: entry["name"])
def test_the_onnx_build_answers_as_pytorch_does(entry: dict) -> None:
    run = onnx_run.session(GUIDE_ONNX / "onnx" / "model.onnx")
    tokens = onnx_run.greedy_tokens(run, entry["prompt_token_ids"], REFERENCE_DATA["max_tokens"])
    assert tokens == entry["token_ids"]


@pytest.mark.parametrize("entry", GREEDY, ids=lambda entry: entry["name"])
def test_the_chat_template_renders_what_the_model_was_trained_on(entry: dict) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(CHECKPOINT)
    text = tokenizer.apply_chat_template(
        entry["messages"], tokenize=False, add_generation_prompt=True
    )
    assert text == render(entry["messages"])
    assert tokenizer(text)["input_ids"] == entry["prompt_token_ids"]


@pytest.mark.parametrize("text", ["Grüße", "你好", "مرحبا", "👩‍👩‍👧", "a$$b $& $1\n\n  \t", "1234567890"])
def test_any_text_round_trips_through_the_tokenizer(text: str) -> None:
    tokenizer = load_tokenizer(CHECKPOINT)
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


def test_the_manifest_is_that_of_the_files() -> None:
    assert json.loads(MANIFEST.read_text(encoding="utf-8")) == manifest()


def test_the_onnx_build_carries_the_checkpoint_s_own_configs() -> None:
    for name in CONFIGS:
        assert (GUIDE_ONNX / name).read_bytes() == (CHECKPOINT / name).read_bytes()
