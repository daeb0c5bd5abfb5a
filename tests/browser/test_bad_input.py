"""What is wrong with a request is said with a code, and the next request works."""

import json

import pytest
from playwright.sync_api import Browser

from localm.protocol import PROTOCOL_VERSION
from tests.browser.conftest import OpenWire
from tests.browser.support.reference import greedy

ENTRY = greedy()[0]


def test_bad_messages_end_in_codes_and_the_next_prompt_works(
    cpu_browser: Browser, open_wire: OpenWire
) -> None:
    wire = open_wire(cpu_browser)
    unknown = wire.finish(
        wire.post("chat", model="nowhere", messages=ENTRY["messages"], options={})
    )
    assert unknown.end["code"] == "unknown-model"
    empty = wire.chat("   ")
    assert empty.end["code"] == "bad-message"
    shapeless = wire.finish(wire.post("chat", model=7))
    assert shapeless.end["code"] == "bad-message"
    wire.post_raw("this is not JSON")
    wire.wait_for("", "error")
    assert wire.messages("")[-1]["code"] == "bad-message"
    too_long = wire.chat("word " * 4000)
    assert too_long.end["code"] == "prompt-too-long"
    assert wire.chat(ENTRY["messages"], temperature=0).text == ENTRY["text"]


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_oldest_turns_are_dropped_when_the_window_is_full(
    browser: Browser, open_wire: OpenWire
) -> None:
    wire = open_wire(browser)
    old = [
        {"role": role, "content": f"{role} {n}: " + "many words in a long turn " * 8}
        for n in range(12)
        for role in ("user", "assistant")
    ]
    answer = wire.chat([*old, *ENTRY["messages"]], temperature=0, max_tokens=8)
    assert 0 < answer.result["dropped_messages"] <= len(old)
    assert answer.result["dropped_messages"] % 2 == 0


def test_another_protocol_version_is_refused_with_a_code(
    cpu_browser: Browser, open_wire: OpenWire
) -> None:
    wire = open_wire(cpu_browser, greet=False)
    reply = wire.hello(version=PROTOCOL_VERSION + 1)
    assert (reply["type"], reply["code"]) == ("error", "version-mismatch")


def test_text_of_every_kind_survives_the_wire(cpu_browser: Browser, open_wire: OpenWire) -> None:
    """NUL, a lone surrogate, right-to-left text, an emoji of several parts: no error, no hang."""
    wire = open_wire(cpu_browser)
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    texts = ["a\u0000b", "\ud800 alone", "\u202e\u05e9\u05dc\u05d5\u05dd", family]
    for number, text in enumerate(texts):
        request_id = f"text-{number}"
        message = {"role": "user", "content": text}
        request = {"type": "chat", "id": request_id, "model": "guide", "messages": [message]}
        wire.post_raw(json.dumps(request | {"options": {"temperature": 0, "max_tokens": 4}}))
        assert wire.finish(request_id).result["finish_reason"] in ("stop", "length")


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_half_a_surrogate_pair_takes_no_other_character_with_it(
    browser: Browser, open_wire: OpenWire
) -> None:
    wire = open_wire(browser)
    halves = wire.chat("\ud83dHello\ud83d", temperature=0, max_tokens=8)
    marks = wire.chat("\ufffdHello\ufffd", temperature=0, max_tokens=8)
    assert halves.text == marks.text
    assert halves.result["usage"] == marks.result["usage"]
