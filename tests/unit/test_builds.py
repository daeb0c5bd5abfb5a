"""Builds are recognised by their files, and what cannot run is explained."""

from typing import Any

import pytest

from localm.builds import as_repository, build_paths, candidates, explanation
from localm.catalog import catalogue, known_library, mlc_dtype, webllm_build
from tests.unit.fake_files import MLC, ONNX

# As repositories of models are that see pictures too.
SEVERAL_PARTS = (*ONNX, "onnx/decoder_model_merged_q4f16.onnx", "onnx/embed_tokens_q4f16.onnx")


def sizes(*paths: str) -> dict[str, int]:
    return dict.fromkeys(paths, 10)


def test_each_onnx_dtype_is_a_build_of_its_own() -> None:
    files = sizes(*ONNX, "onnx/model.onnx", "onnx/model_q4.onnx", "onnx/model_quantized.onnx")
    found = candidates("org/name", files)
    assert [one.build.dtype for one in found] == ["q4", "q8", "fp32"]
    assert all(one.build.devices == ("webgpu", "wasm") for one in found)
    assert found[1].paths == (*ONNX[:3], "generation_config.json", "onnx/model_quantized.onnx")
    assert found[1].bytes == 50


def test_weights_beside_the_graph_belong_to_it_alone() -> None:
    data = ("onnx/model_q4.onnx_data", "onnx/model_q4.onnx_data_1")
    files = sizes(*ONNX, "onnx/model_q4.onnx", *data, "onnx/model_q4f16.onnx")
    half, whole = candidates("org/name", files)
    assert half.paths[-1] == "onnx/model_q4f16.onnx"
    assert whole.paths[-3:] == ("onnx/model_q4.onnx", *data)


def test_sixteen_bit_and_large_builds_are_for_the_gpu_alone() -> None:
    files = sizes(*ONNX, "onnx/model_q4f16.onnx") | {"onnx/model.onnx": 3_000_000_000}
    assert [one.build.devices for one in candidates("org/name", files)] == [("webgpu",)] * 2


def test_mlc_build_with_its_library_beside_it() -> None:
    (found,) = candidates("org/name-q4f32_1-MLC", sizes(*MLC, "params_shard_1.bin", "x.wasm"))
    assert (found.build.dtype, found.reason) == ("q4f32_1", "")
    assert set(found.paths) == {*MLC, "params_shard_1.bin", "x.wasm"}


def test_mlc_build_of_webllms_own_list_brings_its_library_and_memory() -> None:
    (found,) = candidates("mlc-ai/Qwen3-0.6B-q4f32_1-MLC", sizes(*MLC, "unknown.wasm"))
    assert "unknown.wasm" not in found.paths
    assert found.build == known_library("mlc-ai/Qwen3-0.6B-q4f32_1-MLC")
    assert found.build.library.endswith("Qwen3-0.6B-q4f32_1_cs1k-webgpu.wasm")
    assert found.build.memory_mb == pytest.approx(1924.98)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (sizes(*MLC), "No model library is known"),
        (sizes("mlc-chat-config.json", "ndarray-cache.json", "tokenizer.json"), "older WebLLM"),
        (sizes("mlc-chat-config.json"), "files missing"),
        (sizes(*MLC[:3]), "files missing"),
        (sizes("config.json", "onnx/model.onnx"), "without tokenizer.json, tokenizer_config.json"),
        (sizes("model.safetensors", "config.json"), "PyTorch weights"),
        (sizes("model-q4.gguf"), "GGUF weights"),
        (sizes("model.safetensors", *SEVERAL_PARTS), "in several parts"),
        (sizes("README.md"), "neither ONNX nor MLC"),
        ({}, "neither ONNX nor MLC"),
    ],
)
def test_what_cannot_run_is_explained_in_a_sentence(files: dict[str, int], says: str) -> None:
    why = explanation("org/name", files, candidates("org/name", files))
    assert says in why
    assert why.endswith((".", ")"))


def test_a_build_without_one_of_its_files_has_no_paths() -> None:
    (build,) = [b for b in catalogue()[0].builds if b.format == "onnx"]
    assert build_paths(build, [*ONNX, "onnx/model_q4.onnx"])
    assert build_paths(build, ONNX) == ()
    assert build_paths(webllm_build("Qwen3-0.6B-q4f16_1-MLC"), MLC[:2]) == ()


def test_flat_folder_gets_the_layout_of_a_repository() -> None:
    flat: dict[str, Any] = as_repository(["config.json", "model_q4.onnx", ".DS_Store"])
    assert flat == {"config.json": "config.json", "model_q4.onnx": "onnx/model_q4.onnx"}
    assert as_repository(["onnx/model.onnx", "model.onnx"])["model.onnx"] == "model.onnx"


@pytest.mark.parametrize(
    ("name", "dtype"),
    [
        ("Qwen3-0.6B-q4f16_1-MLC", "q4f16_1"),
        ("x-q0f32-MLC", "q0f32"),
        ("name-q4bf16_1", "q4bf16_1"),
        ("guide-webgpu.wasm", ""),
        ("Qwen3", ""),
    ],
)
def test_dtype_of_an_mlc_build_is_in_its_name(name: str, dtype: str) -> None:
    assert mlc_dtype(name) == dtype


def test_catalogue_has_the_eight_models_with_both_precisions_for_webllm() -> None:
    records = catalogue()
    assert len(records) == 8
    for record in records:
        plain, half = (
            [b for b in record.builds if b.format == "mlc" and b.needs_f16 is needs]
            for needs in (False, True)
        )
        assert plain and half, record.name
        assert all(b.memory_mb > 0 and b.library for b in plain + half)
    assert [r.name for r in records if not any(b.format == "onnx" for b in r.builds)] == [
        "Qwen3 8B"
    ]


def test_a_known_repository_has_the_library_of_its_full_context() -> None:
    build = known_library("mlc-ai/SmolLM2-360M-Instruct-q4f32_1-MLC")
    assert build
    assert build.library.endswith("/SmolLM2-360M-Instruct-q4f32_1_cs1k-webgpu.wasm")
    assert known_library("somebody/else") is None


def test_models_that_webllm_loads_by_a_manifest_of_their_own_have_no_known_library() -> None:
    assert known_library("mlc-ai/gemma-4-E2B-it-q4f16_1-MLC") is None
