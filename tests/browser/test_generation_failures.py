"""An engine that fails while it answers: the same request ends in an answer, never spliced."""

from playwright.sync_api import Browser

from tests.browser.conftest import OpenWire
from tests.browser.support import gpu_faults
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.reference import max_tokens, named
from tests.browser.support.wire import Exchange, Wire

ENTRY = named("starter, Python")  # long enough to break in the middle


def ask(wire: Wire) -> str:
    """Post the prompt."""
    return wire.post_chat(ENTRY["messages"], temperature=0, max_tokens=max_tokens())


def check_answered(answer: Exchange) -> None:
    """The whole answer, from one engine, and not called stopped."""
    assert answer.text == ENTRY["text"]
    assert answer.result["finish_reason"] == ENTRY["finish_reason"]


def open_loaded(browser: Browser, open_wire: OpenWire, server: FaultyServer) -> Wire:
    """A worker whose WebLLM is loaded and whose GPU can be broken."""
    gpu_faults.install(server)
    wire = open_wire(browser)
    assert wire.load().result["engine"] == "webllm"
    return wire


def test_failure_before_the_first_text_is_answered_by_the_next_engine(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    wire = open_loaded(gpu_browser, open_wire, server)
    gpu_faults.refuse_next_submit(wire.worker)
    answer = wire.finish(ask(wire))
    assert gpu_faults.refused(wire.worker) == 1
    check_answered(answer)
    assert answer.result["engine"] == "transformers.js"
    assert answer.of("restart") == []
    assert len(wire.log_lines("inference failure")) == 1


def test_failure_after_some_text_restarts_the_answer_and_marks_it(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    wire = open_loaded(gpu_browser, open_wire, server)
    request_id = ask(wire)
    wire.wait_for(request_id, "chunk")
    gpu_faults.refuse_next_submit(wire.worker)
    answer = wire.finish(request_id)
    assert gpu_faults.refused(wire.worker) == 1
    check_answered(answer)
    assert answer.result["engine"] == "transformers.js"
    assert len(answer.of("restart")) == 1
    kinds = [m["type"] for m in answer.messages]
    assert "chunk" in kinds[: kinds.index("restart")]


def test_device_destroyed_during_load_ends_in_an_answer(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    gpu_faults.install(server)
    wire = open_wire(gpu_browser)
    request_id = ask(wire)
    wire.page.wait_for_function(
        "(id) => wire.log.some((m) => m.id === id && m.phase === 'compiling')", arg=request_id
    )
    assert gpu_faults.destroy_devices(wire.worker) > 0
    check_answered(wire.finish(request_id))


def test_device_destroyed_between_answers_ends_in_an_answer(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    wire = open_loaded(gpu_browser, open_wire, server)
    check_answered(wire.finish(ask(wire)))
    assert gpu_faults.destroy_devices(wire.worker) > 0
    check_answered(wire.finish(ask(wire)))


def test_device_destroyed_while_streaming_ends_in_an_answer(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    wire = open_loaded(gpu_browser, open_wire, server)
    request_id = ask(wire)
    wire.wait_for(request_id, "chunk")
    assert gpu_faults.destroy_devices(wire.worker) > 0
    answer = wire.finish(request_id)
    check_answered(answer)
    assert len(answer.of("restart")) == 1
