"""Which engine answers, why, and what happens when a load fails: within the same request."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import OpenWire
from tests.browser.support.faulty_server import (
    Fault,
    FaultyServer,
    cut_off,
    html_instead,
    not_found,
    patched,
)
from tests.browser.support.reference import greedy

LIBRARY = "guide-webgpu.wasm"
WEIGHTS = "/tensor-cache.json"
LACKS_ONE = patched(b"apply_penalty_inplace", b"apply_penalty_other__")
# The same bytes under another shape: the library then throws what is not an Error.
OTHER_SHAPE = patched(b'"shape": [192, 2048]', b'"shape": [2048, 192]')
ENTRY = greedy()[0]


def test_without_webgpu_the_cpu_answers_and_the_reason_is_given(
    cpu_browser: Browser, open_wire: OpenWire
) -> None:
    answer = open_wire(cpu_browser).chat(ENTRY["messages"], temperature=0)
    assert answer.text == ENTRY["text"]
    assert (answer.result["engine"], answer.result["device"]) == ("transformers.js", "wasm")
    skipped = answer.of("fallback")
    assert [f["engine"] for f in skipped] == ["webllm", "transformers.js"]
    assert {f["code"] for f in skipped} == {"webgpu-unavailable"}
    assert all("WebGPU" in f["reason"] for f in skipped)


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        pytest.param(LIBRARY, not_found, id="404"),
        pytest.param(LIBRARY, html_instead, id="html"),
        pytest.param(LIBRARY, cut_off, id="cut-off"),
        pytest.param(LIBRARY, LACKS_ONE, id="lacks-one"),
        pytest.param(WEIGHTS, OTHER_SHAPE, id="does-not-fit-its-weights"),
    ],
)
def test_broken_webllm_build_falls_back_within_the_chat(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer, path: str, fault: Fault
) -> None:
    server.break_path(path, fault)
    wire = open_wire(gpu_browser)
    answer = wire.chat(ENTRY["messages"], temperature=0)
    assert answer.text == ENTRY["text"]
    assert answer.result["usage"]["completion_tokens"] == len(ENTRY["token_ids"]) + 1  # and its end
    assert answer.result["engine"] == "transformers.js"
    assert [f["engine"] for f in answer.of("fallback")] == ["webllm"]
    assert len(wire.log_lines("load failure")) == 1
    assert len(wire.log_lines("load start")) == 2
    assert len(wire.log_lines("load success")) == 1


def test_after_both_engines_failed_the_next_request_tries_again(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    server.break_path(LIBRARY, html_instead)
    server.break_path("onnx/model.onnx", not_found)
    wire = open_wire(gpu_browser)
    failed = wire.chat(ENTRY["messages"], temperature=0)
    assert failed.end["type"] == "error"
    assert failed.end["code"] == "no-engine"
    assert "webllm" in failed.end["detail"] and "transformers.js" in failed.end["detail"]
    server.mend()
    answer = wire.chat(ENTRY["messages"], temperature=0)
    assert answer.text == ENTRY["text"]
    assert answer.result["engine"] == "webllm"


def test_the_probe_runs_once_in_a_session_with_three_loads(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    server.break_path(LIBRARY, not_found)
    server.break_path("onnx/model.onnx", not_found)
    wire = open_wire(gpu_browser)
    for _ in range(2):
        assert wire.load().end["code"] == "no-engine"
    server.mend()
    assert wire.load().result["engine"] == "webllm"
    assert len(wire.log_lines("load start")) == 7
    assert len(wire.log_lines("probe")) == 1


def test_five_requests_at_once_share_one_load(
    gpu_browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    wire = open_wire(gpu_browser)
    ids = [wire.post_chat(ENTRY["messages"], temperature=0) for _ in range(5)]
    answers = [wire.finish(request_id) for request_id in ids]
    assert [a.text for a in answers] == [ENTRY["text"]] * 5
    assert len(wire.log_lines("load start")) == 1
    assert server.count(LIBRARY) == 1
    assert server.count("/tensor-cache.json") == 1
