"""Which of a repository's builds `localm pull` chooses."""

from __future__ import annotations

import pytest

from localm.builds import library_in
from localm_host.model_files import Builds, NoBuild, builds_in
from tests.unit.fake_files import MLC, ONNX

# What engines do not read, though other tools do.
OTHERS = (
    *("README.md", ".gitattributes", "model.safetensors", "onnx/decoder_model.onnx", "x.py"),
    *("vocab.json", "merges.txt", "special_tokens_map.json", "added_tokens.json"),
)


def builds(*paths: str) -> Builds:
    return builds_in("org/name", dict.fromkeys(paths, 10))


def graphs(*endings: str) -> list[str]:
    return [f"onnx/model{ending}.onnx" for ending in endings]


def test_the_usual_dtypes_are_chosen_with_what_engines_read_and_no_more() -> None:
    names = graphs("", "_fp16", "_quantized", "_int8", "_uint8", "_q4", "_q4f16", "_bnb4", "_odd")
    data = ["onnx/model_q4.onnx_data", "onnx/model_fp16.onnx_data"]
    found = builds(*names, *data, *ONNX, *OTHERS, "chat_template.jinja")
    assert list(found.onnx) == ["q4f16", "q4", "q8", "fp16", "int8", "uint8", "bnb4", "fp32"]
    chosen = found.chosen("all")
    assert list(chosen.onnx) == ["q4f16", "q4", "q8"]
    weights = {*graphs("_q4f16", "_q4", "_quantized"), data[0]}
    assert chosen.paths == {*ONNX, "chat_template.jinja", *weights}


@pytest.mark.parametrize(
    ("names", "dtypes"),
    [(["", "_fp16"], ["fp32"]), (["_fp16", "_bnb4"], ["fp16"]), (["", "_q4"], ["q4"])],
)
def test_without_the_usual_dtypes_the_plainest_is_chosen(
    names: list[str], dtypes: list[str]
) -> None:
    found = builds(*graphs(*names), *ONNX)
    assert list(found.chosen("onnx").onnx) == dtypes


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json", "tokenizer_config.json"])
def test_a_graph_alone_is_no_build_and_is_explained(missing: str) -> None:
    found = builds("onnx/model.onnx", *[name for name in ONNX if name != missing])
    assert not found
    with pytest.raises(NoBuild, match=f"without {missing}"):
        found.chosen("all")


def test_weights_of_mlc_are_a_build_also_where_no_library_is_known() -> None:
    assert builds(*MLC, *OTHERS, "tokenizer_config.json").paths == {*MLC}
    beside = builds(*MLC, "own.wasm").webllm
    assert beside
    assert library_in(beside.paths) == "own.wasm"


def test_builds_of_an_older_webllm_are_explained_and_not_pulled() -> None:
    old = ["ndarray-cache.json" if name == "tensor-cache.json" else name for name in MLC]
    with pytest.raises(NoBuild, match="older WebLLM"):
        builds(*old).chosen("all")


def test_a_dtype_asks_for_onnx_alone() -> None:
    found = builds(*MLC, *ONNX, "onnx/model_q4.onnx")
    assert str(found.chosen("all")) == "WebLLM · ONNX q4"
    assert str(found.chosen("all", ["q4"])) == "ONNX q4"
    assert str(found.chosen("webllm", ["q4"])) == "WebLLM"
    with pytest.raises(NoBuild, match="no ONNX build in q8, but: WebLLM · ONNX q4"):
        found.chosen("all", ["q8"])
