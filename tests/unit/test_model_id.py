"""Ids and addresses as people type them: on the page and on the command line alike."""

import pytest

from localm.errors import BadModelId
from localm.hub_address import DEFAULT_HUB, parse_hub_address
from localm.model_id import ModelId, is_repository, parse_model_id

HUB = parse_hub_address("http://hub.example:1/hub")  # another localm's mirror


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("org/name", ModelId("org/name")),
        ("  org/name/ ", ModelId("org/name")),
        (" mlc-ai/SmolLM2-1.7B_x ", ModelId("mlc-ai/SmolLM2-1.7B_x")),
        ("onnx-community/Qwen3.5-0.8B-ONNX", ModelId("onnx-community/Qwen3.5-0.8B-ONNX")),
        ("org/name/tree/v1", ModelId("org/name", "v1")),
        ("https://huggingface.co/org/name", ModelId("org/name")),
        ("https://www.huggingface.co/org/name/", ModelId("org/name")),
        ("https://HuggingFace.co/org/name/tree/main", ModelId("org/name", "main")),
        ("https://hf.co/org/name/?library=x#files", ModelId("org/name")),
        ("hf.co/org/name", ModelId("org/name")),
        ("huggingface.co/org/name", ModelId("org/name")),
        ("https://huggingface.co/org/name/tree/v1.0/onnx", ModelId("org/name", "v1.0")),
        ("https://huggingface.co/org/name/tree/refs%2Fpr%2F1", ModelId("org/name", "refs/pr/1")),
        ("https://huggingface.co/org/name/blob/main/config.json", ModelId("org/name", "main")),
        ("http://hub.example:1/hub/org/name", ModelId("org/name")),
        ("http://HUB.example:1/hub/org/name/resolve/abc/x.bin", ModelId("org/name", "abc")),
    ],
)
def test_a_model_is_named_by_id_or_address(text: str, model: ModelId) -> None:
    assert parse_model_id(text, HUB) == model


@pytest.mark.parametrize(
    "text",
    [
        *("", "name", "org/", "/name", "org/na me", "org/name/else", "org/<script>", "../../etc"),
        *("org/..", "org/%2e%2e", "a--b/c", "org/é", f"org/{'n' * 97}"),
        *("a/b/tree/../..x y", "a/b/tree/x y", "a/b/tree/a%2f..%2fb"),
        *("https://huggingface.co/", "https://huggingface.co/org", "hf.co/org"),
        *("https://huggingface.co/datasets/org/name", "https://huggingface.co/spaces/org/name"),
        *("http://[::1/org/name", "http://hub.example:1/hub/api/models/org/name"),
    ],
)
def test_what_names_no_model_is_refused(text: str) -> None:
    with pytest.raises(BadModelId, match="no model id"):
        parse_model_id(text, HUB)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a/b",
        "https://huggingface.co.example.com/a/b",
        "http://hub.example:1/a/b",
        "http://hub.example:1/hubs/a/b",
        "http://hub.example:2/hub/a/b",
        "https://user@huggingface.co/a/b",
    ],
)
def test_an_address_elsewhere_says_where_it_may_be(text: str) -> None:
    hubs = "http://hub.example:1/hub or https://huggingface.co"
    with pytest.raises(BadModelId, match=f"is no address on {hubs}"):
        parse_model_id(text, HUB)


def test_another_hubs_pages_count_only_while_it_is_chosen() -> None:
    with pytest.raises(BadModelId, match=r"is no address on https://huggingface\.co\."):
        parse_model_id("http://hub.example:1/hub/org/name", DEFAULT_HUB)


def test_a_page_of_the_sites_own_mirror_names_a_model() -> None:
    mirror = "http://localhost:8000/hub"
    assert parse_model_id(f"{mirror}/org/name", HUB, mirror) == ModelId("org/name")
    with pytest.raises(BadModelId):
        parse_model_id("http://localhost:8000/other/org/name", HUB, mirror)


def test_ids_of_a_cache_folder_are_unambiguous() -> None:
    assert is_repository("a/b")
    bad = ("a--b/c", "a/b--c", "a/..", "./a", "a/b\n", "a/b/c")
    assert not any(is_repository(text) for text in bad)
