"""A prompt can be stopped at any stage: it ends once, in abort, and the worker goes on."""

import asyncio

from localm.engines.contract import CancelToken, Completion
from localm.errors import DeviceLost, GenerationFailed
from localm.probe import Probe
from tests.unit.fake_engine import (
    FakeEngine,
    FakePage,
    no_task_is_left,
    settle,
    two_engines,
)


async def test_stop_while_waiting_in_line_ends_in_abort_and_the_line_goes_on() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["one", gate])
    page = FakePage(engines)
    for id in ("1", "2", "3"):
        page.chat(id)
    await page.until("1", "chunk")
    page.cancel("2")
    result = await page.result("2")
    assert (result["finish_reason"], result["engine"], result["device"]) == ("abort", "", None)
    gate.set()
    assert (await page.result("3"))["finish_reason"] == "stop"
    assert first.calls.count("generate") == 2


async def test_stop_while_loading_ends_in_abort_and_aborts_the_load() -> None:
    first, second = engines = two_engines()
    first.load_gates.append(asyncio.Event())
    page = FakePage(engines)
    page.chat("1")
    await page.until("1", "progress")
    page.cancel("1")
    result = await page.result("1")
    assert (result["finish_reason"], page.text("1")) == ("abort", "")
    assert result["timings"] == {"ttft_s": 0.0, "decode_tokens_per_s": 0.0}
    await settle()
    assert first.calls == ["load guide", "load aborted"]
    assert second.calls == []
    page.chat("2")
    assert (await page.result("2"))["engine"] == "webllm"
    await no_task_is_left()


async def test_stop_while_loading_leaves_the_load_to_those_who_still_wait() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.load_gates.append(gate)
    page = FakePage(engines)
    page.chat("1")
    page.chat("2")
    await page.until("1", "progress")
    page.cancel("1")
    await page.result("1")
    gate.set()
    assert (await page.result("2"))["finish_reason"] == "stop"
    assert first.calls == ["load guide", "generate"]


async def test_stop_while_looking_at_webgpu_ends_in_abort() -> None:
    gate = asyncio.Event()

    async def look() -> Probe:
        await gate.wait()
        return Probe(webgpu=True)

    first, _ = engines = two_engines()
    page = FakePage(engines, look=look)
    page.chat("1")
    await settle()
    page.cancel("1")
    assert (await page.result("1"))["finish_reason"] == "abort"
    gate.set()
    await no_task_is_left()
    assert first.calls == []


async def test_stop_before_the_first_text_is_repeated_until_the_engine_hears_it() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append([gate, "one", "two", "three"])
    page = FakePage(engines)
    page.chat("1")
    await settle()
    page.cancel("1")
    assert first.calls[-1] == "interrupt"  # at once, though this engine loses it
    gate.set()
    result = await page.result("1")
    assert result["finish_reason"] == "abort"
    assert page.text("1") == ""
    assert first.calls.count("interrupt") == 2


async def test_text_after_the_stop_is_not_shown() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["one", gate, "two", Completion("stop", 5, 2)])
    page = FakePage(engines)
    page.chat("1")
    await page.until("1", "chunk")
    page.cancel("1")
    gate.set()
    result = await page.result("1")
    assert page.text("1") == "one"
    assert (result["finish_reason"], result["engine"]) == ("abort", "webllm")


async def test_stop_of_an_engine_that_ends_by_itself_is_still_an_abort() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append([gate, Completion("stop", 5, 0)])
    page = FakePage(engines)
    page.chat("1")
    await settle()
    page.cancel("1")
    gate.set()
    assert (await page.result("1"))["finish_reason"] == "abort"


async def test_error_while_being_stopped_is_an_abort_and_the_object_stays() -> None:
    first, second = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["one", gate, GenerationFailed("stream closed")])
    page = FakePage(engines)
    page.chat("1")
    await page.until("1", "chunk")
    page.cancel("1")
    first.interrupted = False  # it raises instead of ending
    gate.set()
    assert (await page.result("1"))["finish_reason"] == "abort"
    assert second.calls == []
    assert page.of("1", "fallback") == []
    assert page.worker.session.cache.loaded("guide")


async def test_device_lost_while_being_stopped_is_an_abort_and_the_object_goes() -> None:
    first, second = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["one", gate, DeviceLost("gone")])
    page = FakePage(engines)
    page.chat("1")
    await page.until("1", "chunk")
    page.cancel("1")
    first.interrupted = False  # the device is gone before it hears
    gate.set()
    assert (await page.result("1"))["finish_reason"] == "abort"
    assert second.calls == []
    assert not page.worker.session.cache.has("guide")
    assert first.memory.held == []


async def test_stop_while_the_next_engine_loads_keeps_the_partial_text() -> None:
    first, second = engines = two_engines()
    first.scripts.append(["Half", DeviceLost()])
    second.load_gates.append(asyncio.Event())
    page = FakePage(engines)
    page.chat("1")
    await page.until("1", "fallback")
    await settle()
    page.cancel("1")
    assert (await page.result("1"))["finish_reason"] == "abort"
    assert page.text("1") == "Half"
    await no_task_is_left()
    assert first.memory.held == []


async def test_storm_of_stops_at_every_moment_leaves_one_end_each_and_a_working_worker() -> None:
    engines = two_engines()
    page = FakePage(engines)
    for number in range(60):
        page.chat(f"{number}", model="other" if number % 7 == 0 else "guide")
        await settle(number % 13)
        for _ in range(3):
            page.cancel(f"{number}")
    for number in range(60):
        assert (await page.result(f"{number}"))["finish_reason"] in ("abort", "stop")
    page.chat("last")
    assert (await page.result("last"))["finish_reason"] == "stop"
    assert page.text("last") == "Hello world"
    assert engines[0].memory.most == 1
    await no_task_is_left()


async def test_two_hundred_rapid_sends_are_answered_one_by_one() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines)
    for number in range(200):
        page.chat(f"{number}")
    for number in range(0, 200, 3):
        page.cancel(f"{number}")
    for number in range(200):
        reason = (await page.result(f"{number}"))["finish_reason"]
        assert reason == ("abort" if number % 3 == 0 else "stop")
    assert first.calls.count("load guide") == 1
    await no_task_is_left()


async def test_stop_while_tokens_are_counted_does_not_start_the_engine() -> None:
    gate = asyncio.Event()

    class Slow(FakeEngine):
        async def count_tokens(self, js_object: object, text: str) -> int:
            await gate.wait()
            return 1

    engine = Slow()
    page = FakePage([engine])
    page.chat("1")
    await settle()
    page.cancel("1")
    gate.set()
    assert (await page.result("1"))["finish_reason"] == "abort"
    assert engine.calls == ["load guide"]


async def test_second_stop_changes_nothing() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["one", gate])
    page = FakePage(engines)
    page.chat("1")
    await page.until("1", "chunk")
    page.cancel("1")
    page.cancel("1")
    gate.set()
    assert (await page.result("1"))["finish_reason"] == "abort"
    assert first.calls.count("interrupt") == 1


def test_token_calls_back_at_once_when_it_is_raised_already() -> None:
    token = CancelToken()
    called: list[int] = []
    token.request()
    token.when_requested(lambda: called.append(1))
    assert called == [1]
