"""Stop is prompt and harmless; a chat leaves nothing behind."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import OpenWire
from tests.browser.support.reference import longest, max_tokens
from tests.browser.support.wire import Wire

ENTRY = longest()
ABANDON = """async (prompt) => await pyodide.runPythonAsync(`
from contextlib import aclosing
import localm
async with aclosing(localm.chat(PROMPT, temperature=0)) as answer:
    async for text in answer:
        break
text
`, { globals: pyodide.toPy({ PROMPT: prompt }) })"""
LIVE_PROXIES = "() => pyodide.pyimport('localm.interop').live_proxies()"


def ask(wire: Wire, limit: int = 200) -> str:
    return wire.post_chat(ENTRY["messages"], temperature=0, max_tokens=limit)


def stop_once(wire: Wire) -> int:
    """Stop an answer after its first text; returns how many tokens came that were not shown."""
    request_id = ask(wire)
    wire.wait_for(request_id, "chunk")
    cancelled = wire.cancel(request_id)
    stopped = wire.finish(request_id)
    assert wire.finish(cancelled).result == {"cancelled": True}
    assert stopped.result["finish_reason"] == "abort"
    assert ENTRY["text"].startswith(stopped.text)
    return int(stopped.result["usage"]["completion_tokens"]) - len(stopped.of("chunk"))


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_stop_ends_an_answer_within_a_token_twenty_times_in_a_row(
    browser: Browser, open_wire: OpenWire
) -> None:
    wire = open_wire(browser)
    wire.load()
    unseen = [stop_once(wire) for _ in range(20)]
    assert max(unseen) <= 2, "tokens went on after Stop"
    answer = wire.finish(ask(wire, max_tokens()))
    assert answer.text == ENTRY["text"]


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_stop_while_the_model_loads_ends_in_abort_and_the_next_prompt_works(
    browser: Browser, open_wire: OpenWire
) -> None:
    wire = open_wire(browser)
    request_id = ask(wire)
    wire.wait_for(request_id, "progress")
    wire.cancel(request_id)
    stopped = wire.finish(request_id)
    assert stopped.result["finish_reason"] == "abort" and stopped.text == ""
    answer = wire.finish(ask(wire, max_tokens()))
    assert answer.text == ENTRY["text"]


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_ten_chats_leave_no_more_proxies_than_two(browser: Browser, open_wire: OpenWire) -> None:
    wire = open_wire(browser)
    counts = []
    for _ in range(10):
        wire.chat("Hello", temperature=0, max_tokens=8)
        counts.append(wire.worker.evaluate(LIVE_PROXIES))
    assert counts[9] <= counts[1], f"live proxies grew: {counts}"


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_stream_left_half_way_leaves_no_lock_behind(browser: Browser, open_wire: OpenWire) -> None:
    wire = open_wire(browser)
    prompt = ENTRY["messages"][-1]["content"]
    for _ in range(3):
        assert ENTRY["text"].startswith(wire.worker.evaluate(ABANDON, prompt))
    answer = wire.finish(ask(wire, max_tokens()))
    assert answer.text == ENTRY["text"]
