"""The list of engines is walked in order, and each failure is one line and one announcement."""

import logging

import pytest

from localm.engines.contract import CancelToken
from localm.errors import Cancelled, DownloadFailed, InternalError, LoadFailed, NoEngineLeft
from localm.loader import Loader
from localm.model_cache import LoadEvent
from localm.probe import Probe, ProbeOnce
from localm.protocol import Fallback, Progress
from localm.routing import engine_for
from tests.unit.fake_engine import FakeEngine, FakeObject, record, two_engines, webgpu


async def no_webgpu() -> Probe:
    return Probe(webgpu=False, reason="This browser has no WebGPU.")


async def test_first_engine_that_can_is_taken() -> None:
    first, second = two_engines()
    js_object = await Loader([first, second], ProbeOnce(webgpu)).load(
        record(), lambda _: None, CancelToken()
    )
    assert first.matches(js_object)
    assert second.calls == []


async def test_failed_load_continues_with_the_next_engine(caplog: pytest.LogCaptureFixture) -> None:
    first, second = two_engines()
    first.load_errors.append(DownloadFailed("TypeError: Failed to fetch\nat x"))
    heard: list[LoadEvent] = []
    loader = Loader([first, second], ProbeOnce(webgpu))
    with caplog.at_level(logging.INFO, "localm"):
        js_object = await loader.load(record(), heard.append, CancelToken())
    assert second.matches(js_object)
    notes = [event for event in heard if isinstance(event, Fallback)]
    reason = "TypeError: Failed to fetch"
    assert notes == [Fallback("", "webllm", "webgpu", "download-failed", reason, 0)]
    assert any(isinstance(event, Progress) for event in heard)
    lines = [line.rsplit("=", 1)[0] if "seconds=" in line else line for line in caplog.messages]
    assert lines == [
        "probe webgpu=True adapter=fake",
        "load start engine=webllm device=webgpu model=guide",
        "load failure engine=webllm device=webgpu model=guide "
        "error=download-failed: TypeError: Failed to fetch",
        "load start engine=transformers.js device=wasm model=guide",
        "load success engine=transformers.js device=wasm model=guide seconds",
    ]


async def test_engine_that_the_probe_rules_out_is_not_tried() -> None:
    first, second = two_engines()
    heard: list[LoadEvent] = []
    loader = Loader([first, second], ProbeOnce(no_webgpu))
    assert second.matches(await loader.load(record(), heard.append, CancelToken()))
    assert first.calls == []
    reason = "This browser has no WebGPU."
    assert heard[0] == Fallback("", "webllm", "webgpu", "webgpu-unavailable", reason, 0)


async def test_engine_without_a_build_is_skipped_as_unsupported() -> None:
    first, second = two_engines()
    first.refuses = "Guide has no build for WebLLM."
    heard: list[LoadEvent] = []
    loader = Loader([first, second], ProbeOnce(webgpu))
    await loader.load(record(), heard.append, CancelToken())
    assert isinstance(heard[0], Fallback)
    assert heard[0].code == "unsupported-model"


async def test_no_engine_left_lists_every_reason_in_a_line() -> None:
    first, second = two_engines()
    first.refuses = "No build."
    second.load_errors.append(LoadFailed("broke\nbadly"))
    heard: list[LoadEvent] = []
    with pytest.raises(NoEngineLeft) as caught:
        await Loader([first, second], ProbeOnce(webgpu)).load(record(), heard.append, CancelToken())
    assert caught.value.detail.splitlines() == [
        "webllm (webgpu): unsupported-model: No build.",
        "transformers.js (wasm): load-failed: broke",
    ]
    assert len([event for event in heard if isinstance(event, Fallback)]) == 1


async def test_cancelled_load_stops_at_once(caplog: pytest.LogCaptureFixture) -> None:
    first, second = two_engines()
    first.load_errors.append(Cancelled())
    loader = Loader([first, second], ProbeOnce(webgpu))
    with caplog.at_level(logging.INFO, "localm"), pytest.raises(Cancelled):
        await loader.load(record(), lambda _: None, CancelToken())
    assert second.calls == []
    assert not any("failure" in line for line in caplog.messages)


async def test_load_after_an_engine_tries_only_what_comes_after_it() -> None:
    first, second = two_engines()
    loader = Loader([first, second], ProbeOnce(webgpu))
    js_object = await loader.load(record(), lambda _: None, CancelToken(), after=first)
    assert second.matches(js_object)
    assert first.calls == []
    note = Fallback("", "x", "wasm", "device-lost", "gone", 0)
    with pytest.raises(NoEngineLeft, match="No engine could run") as caught:
        await loader.load(record(), lambda _: None, CancelToken(), second, [note])
    assert caught.value.detail == "x (wasm): device-lost: gone"


async def test_failed_unload_is_one_log_line(caplog: pytest.LogCaptureFixture) -> None:
    engine = FakeEngine(unload_error=RuntimeError("lost\ndevice"))
    loader = Loader([engine], ProbeOnce(webgpu))
    js_object = await loader.load(record(), lambda _: None, CancelToken())
    await loader.unload(js_object)
    assert caplog.messages == ["unload failure error=RuntimeError: lost device"]


def test_object_that_no_engine_recognises_is_a_defect() -> None:
    with pytest.raises(InternalError):
        engine_for(two_engines(), FakeObject("nobody", "guide"))
