"""Both engines answer with PyTorch's own tokens."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Contexts
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.reference import conversation, greedy, max_tokens, sampled
from tests.browser.support.wire import Exchange, Wire

EXPECTED = {"webgpu": ("webllm", "webgpu"), "wasm": ("transformers.js", "wasm")}


@pytest.fixture(scope="module", params=["webgpu", "wasm"])
def device(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def wire(
    request: pytest.FixtureRequest,
    device: str,
    module_contexts: Contexts,
    shared_server: FaultyServer,
) -> Wire:
    name = {"webgpu": "gpu_browser", "wasm": "cpu_browser"}[device]
    browser: Browser = request.getfixturevalue(name)
    wire = Wire(module_contexts.new(browser, shared_server.url).new_page(), shared_server)
    assert wire.hello()["type"] == "ready"
    return wire


PREFILLED = """() => pyodide.runPython(`
from localm import api
engine = api._registered[0].cache._slots["guide"]
(pipeline,) = engine.loadedModelIdToPipeline.values()
int(pipeline.curRoundPrefillTotalTokens)
`)"""


def prefilled(wire: Wire) -> int:
    """How many tokens of the last prompt WebLLM computed; the others came from its KV cache."""
    return int(wire.worker.evaluate(PREFILLED))


def check(answer: Exchange, expected: dict[str, Any], device: str) -> None:
    """Same text, same number of tokens, same end, from the engine that should have answered."""
    result = answer.result
    assert answer.text == expected["text"]
    end_of_turn = expected["finish_reason"] == "stop"  # is generated too, and not shown
    assert result["usage"]["completion_tokens"] == len(expected["token_ids"]) + end_of_turn
    assert result["finish_reason"] == expected["finish_reason"]
    assert (result["engine"], result["device"]) == EXPECTED[device]
    assert answer.of("restart") == []


@pytest.mark.parametrize("entry", greedy(), ids=lambda entry: entry["name"])
def test_greedy_answer_equals_pytorch(wire: Wire, device: str, entry: dict[str, Any]) -> None:
    answer = wire.chat(entry["messages"], temperature=0, max_tokens=max_tokens())
    check(answer, entry, device)


def test_conversation_with_kv_reuse_equals_pytorch(wire: Wire, device: str) -> None:
    """Each turn follows the one before, so WebLLM prefills the new part alone."""
    for turn in conversation():
        answer = wire.chat(turn["messages"], temperature=0, max_tokens=max_tokens())
        check(answer, turn, device)
        if device == "webgpu" and len(turn["messages"]) > 1:
            assert prefilled(wire) < len(turn["prompt_token_ids"]) / 2


def test_conversation_without_kv_reuse_equals_pytorch(wire: Wire, device: str) -> None:
    """Another chat in between each two turns empties the KV cache."""
    for turn in conversation():
        wire.chat("Hello", temperature=0, max_tokens=2)
        answer = wire.chat(turn["messages"], temperature=0, max_tokens=max_tokens())
        check(answer, turn, device)
        if device == "webgpu":
            assert prefilled(wire) == len(turn["prompt_token_ids"])


@pytest.mark.parametrize("top_p", [1.0, 0.6])
def test_sampled_tokens_are_the_inverse_cdf_of_pytorch(
    wire: Wire, device: str, top_p: float
) -> None:
    """The reference follows WebLLM's random numbers; the other engine has its own."""
    entries = [entry for entry in sampled() if entry["top_p"] == top_p]
    assert sum(len(entry["token_ids"]) for entry in entries) >= 60
    for entry in entries:
        options = {name: entry[name] for name in ("seed", "temperature", "top_p")}
        answer = wire.chat(entry["messages"], max_tokens=max_tokens(), **options)
        if device == "webgpu":
            check(answer, entry, device)
        else:
            again = wire.chat(entry["messages"], max_tokens=max_tokens(), **options)
            assert answer.text == again.text, "one seed, one answer"
