"""Which builds a repository's files amount to, and which of them are chosen."""

from __future__ import annotations

import json

import pytest

from build_scripts.webllm_models import TARGET, models_json
from localm.hub_address import parse_hub_address
from localm_host.libraries import known_libraries, library_for
from localm_host.model_files import NoBuild, builds_in
from localm_host.model_id import BadModelId, ModelId, is_repo, parse_model_id

COMMON = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"]
OTHERS = ["README.md", ".gitattributes", "model.safetensors", "onnx/decoder_model.onnx", "x.py"]
HUB = parse_hub_address("http://hub.example:1/hub")


def test_onnx_builds_are_told_apart_by_their_endings() -> None:
    names = ["", "_fp16", "_quantized", "_int8", "_uint8", "_q4", "_q4f16", "_bnb4", "_strange"]
    files = [f"onnx/model{name}.onnx" for name in names]
    data = ["onnx/model_q4.onnx_data", "onnx/model_q4.onnx_data_1", "onnx/model_fp16.onnx_data"]
    builds = builds_in([*files, *data, *COMMON, *OTHERS, "chat_template.jinja"])
    dtypes = ["fp32", "fp16", "q8", "int8", "uint8", "q4", "q4f16", "bnb4"]
    assert list(builds.onnx) == dtypes
    assert builds.onnx["q4"] == ("onnx/model_q4.onnx", *data[:2])
    assert builds.webllm == ()
    chosen = builds.chosen("all")
    assert list(chosen.onnx) == ["q8", "q4", "q4f16"]
    assert chosen.paths.isdisjoint(OTHERS)
    assert {"chat_template.jinja", *COMMON} < chosen.paths


@pytest.mark.parametrize(
    ("names", "dtypes"),
    [(["", "_fp16"], ["fp32"]), (["_fp16", "_bnb4"], ["fp16"]), (["", "_q4"], ["q4"])],
)
def test_without_the_usual_dtypes_the_plainest_is_chosen(
    names: list[str], dtypes: list[str]
) -> None:
    builds = builds_in([*[f"onnx/model{name}.onnx" for name in names], *COMMON])
    assert list(builds.chosen("onnx").onnx) == dtypes


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json"])
def test_a_graph_alone_is_no_build(missing: str) -> None:
    files = [name for name in COMMON if name != missing]
    assert not builds_in(["onnx/model.onnx", *files])


@pytest.mark.parametrize("weights", ["tensor-cache.json", "ndarray-cache.json"])
def test_mlc_build_is_config_weights_and_tokenizer(weights: str) -> None:
    files = ["mlc-chat-config.json", weights, "params_shard_0.bin", "params_shard_10.bin"]
    others = ["tokenizer.json", "tokenizer_config.json", "merges.txt", "vocab.json", "own.wasm"]
    builds = builds_in([*files, *others, *OTHERS, "mlc-model-manifest.json"])
    assert builds.paths == {*files, *others, "mlc-model-manifest.json"}
    assert builds.library_files == ("own.wasm",)
    assert not builds_in([*files[:2], *others])


def test_a_dtype_asks_for_onnx_alone() -> None:
    mlc = ["mlc-chat-config.json", "tensor-cache.json", "params_shard_0.bin"]
    builds = builds_in([*mlc, *COMMON, "onnx/model_q4.onnx"])
    assert str(builds.chosen("all")) == "WebLLM · ONNX q4"
    assert str(builds.chosen("all", ["q4"])) == "ONNX q4"
    assert str(builds.chosen("webllm", ["q4"])) == "WebLLM"
    with pytest.raises(NoBuild, match="no ONNX build in q8, but: WebLLM · ONNX q4"):
        builds.chosen("all", ["q8"])


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("org/name", ModelId("org/name")),
        (" mlc-ai/SmolLM2-1.7B_x ", ModelId("mlc-ai/SmolLM2-1.7B_x")),
        ("https://huggingface.co/org/name", ModelId("org/name")),
        ("https://hf.co/org/name/?library=x#files", ModelId("org/name")),
        ("https://huggingface.co/org/name/tree/v1.0/onnx", ModelId("org/name", "v1.0")),
        ("https://huggingface.co/org/name/blob/main/config.json", ModelId("org/name", "main")),
        ("http://hub.example:1/hub/org/name/resolve/abc/x.bin", ModelId("org/name", "abc")),
    ],
)
def test_a_model_is_named_by_id_or_address(text: str, model: ModelId) -> None:
    assert parse_model_id(text, HUB) == model


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "org/name/extra",
        "../../etc",
        "org/..",
        "a--b/c",
        "https://huggingface.co/org",
        "https://huggingface.co/spaces/org/name",
        "https://elsewhere.example/org/name",
        "org/%2e%2e",
    ],
)
def test_what_names_no_model_is_refused(text: str) -> None:
    with pytest.raises(BadModelId):
        parse_model_id(text, HUB)


def test_ids_of_a_cache_folder_are_unambiguous() -> None:
    assert is_repo("a/b")
    assert not any(is_repo(text) for text in ("a--b/c", "a/b--c", "a/..", "./a", "a/b\n", "a/b/c"))


def test_webllms_list_is_the_one_that_is_pinned() -> None:
    assert TARGET.read_text(encoding="utf-8") == models_json()


def test_webllms_list_tells_f16_by_the_id_alone() -> None:
    records = {record["model_id"]: record for record in json.loads(TARGET.read_text())}
    assert records["Qwen3-0.6B-q4f16_1-MLC"]["needs_f16"]
    assert not records["Qwen3-0.6B-q4f32_1-MLC"]["needs_f16"]
    assert not any("embed" in model_id for model_id in records)
    assert all(record["memory_mb"] > 0 for record in records.values())
    # Qwen3.5 keeps a state that WebLLM must be told about.
    assert records["Qwen3.5-0.8B-q4f32_1-MLC"]["overrides"]["max_history_size"] == 1


def test_a_known_repository_has_the_library_of_its_full_context() -> None:
    path = library_for("mlc-ai/SmolLM2-360M-Instruct-q4f32_1-MLC")
    assert path
    assert path.endswith("/SmolLM2-360M-Instruct-q4f32_1_cs1k-webgpu.wasm")
    assert library_for("somebody/else") is None
    assert all(path.endswith(".wasm") for path in known_libraries().values())
