"""What counts as a hub's address, whose word is heard first, and what the page is told."""

from __future__ import annotations

import json

import pytest

from localm.errors import BadHub
from localm.hub_address import DEFAULT_HUB, HubAddress, parse_hub_address
from localm_host.hub_address import configured_hub, hub_json, pulling_hub


@pytest.mark.parametrize(
    ("text", "hub"),
    [
        ("https://huggingface.co", DEFAULT_HUB),
        ("https://huggingface.co/", DEFAULT_HUB),
        (
            "https://Hub.Example.org/hub/ https://cdn.example.org https://*.s3.example.org:8443",
            HubAddress(
                "https://hub.example.org/hub",
                ("https://cdn.example.org", "https://*.s3.example.org:8443"),
                "https://hub.example.org/hub/libraries/",
            ),
        ),
        (
            "http://[::1]:8765/hub",
            HubAddress("http://[::1]:8765/hub", (), "http://[::1]:8765/hub/libraries/"),
        ),
    ],
)
def test_address_is_a_url_and_the_hosts_of_its_files(text: str, hub: HubAddress) -> None:
    assert parse_hub_address(text) == hub


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hub.example.org",
        "ftp://hub.example.org",
        "https://",
        "https://*.example.org",
        "https://user:secret@hub.example.org",
        "https://hub.example.org?x=1",
        "https://hub.example.org#x",
        "https://hub.example.org:123456",
        "https://[::1",
        "javascript:alert(1)",
        "https://hub.example.org cdn.example.org",
        "https://hub.example.org https://cdn.example.org/path",
        "https://hub.example.org 'unsafe-eval'",
        "https://hub.example.org *",
    ],
)
def test_what_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadHub, match="Write it like https://"):
        parse_hub_address(text)


def test_the_option_comes_first_then_localm_hub_then_for_pulls_hf_endpoint() -> None:
    every = {"LOCALM_HUB": "https://b.example", "HF_ENDPOINT": "https://c.example"}
    endpoint = {"HF_ENDPOINT": "https://c.example"}
    assert configured_hub("https://a.example", every).address == "https://a.example"
    assert configured_hub(None, every).address == "https://b.example"
    assert configured_hub(None, endpoint) == DEFAULT_HUB
    assert pulling_hub("https://a.example", every).address == "https://a.example"
    assert pulling_hub(None, every).address == "https://b.example"
    assert pulling_hub(None, endpoint).address == "https://c.example"
    assert pulling_hub(None, {}) == DEFAULT_HUB
    empty = {"LOCALM_HUB": "", "HF_ENDPOINT": ""}
    assert configured_hub(None, empty) == pulling_hub(None, empty) == DEFAULT_HUB


def test_the_page_learns_the_hub_and_whether_its_server_has_models() -> None:
    assert json.loads(hub_json(DEFAULT_HUB, mirror=False)) == {
        "address": "https://huggingface.co",
        "file_hosts": ["https://*.huggingface.co", "https://*.hf.co"],
        "libraries": "https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/",
        "mirror": False,
    }
