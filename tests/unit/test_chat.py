"""A prompt is answered by whichever engine can, in one request, and answers are never spliced."""

import asyncio
import logging

import pytest

from localm.errors import DeviceLost, GenerationFailed, LoadFailed, OutOfMemory, PromptTooLong
from localm.probe import Probe
from localm.seeds import spread_seed
from tests.unit.fake_engine import (
    FakeEngine,
    FakePage,
    Memory,
    no_task_is_left,
    record,
    settle,
    two_engines,
)


async def test_answer_comes_in_chunks_and_a_result() -> None:
    page = FakePage(two_engines())
    page.chat("1")
    result = await page.result("1")
    assert [one["delta"] for one in page.of("1", "chunk")] == ["Hello", " world"]
    assert result["finish_reason"] == "stop"
    assert result["usage"] == {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}
    assert (result["engine"], result["device"], result["model"]) == ("webllm", "webgpu", "guide")
    assert result["timings"]["ttft_s"] > 0
    assert result["timings"]["decode_tokens_per_s"] > 0
    assert result["dropped_messages"] == 0
    await no_task_is_left()


async def test_options_default_to_those_of_the_record_and_small_seeds_are_spread() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines)
    page.chat("1")
    page.chat("2", temperature=0, top_p=0.5, max_tokens=7, seed=3)
    page.chat("3", seed=2**20)
    await page.result("3")
    default, given, exact = first.requests
    assert (default.temperature, default.top_p, default.max_tokens) == (0.7, 0.95, 64)
    assert default.seed is None
    assert (given.temperature, given.top_p, given.max_tokens) == (0, 0.5, 7)
    assert given.seed == spread_seed(3)
    assert exact.seed == 2**20


async def test_failed_load_is_answered_by_the_next_engine_in_the_same_request() -> None:
    first, _ = engines = two_engines()
    first.load_errors.append(OutOfMemory("bad_alloc"))
    page = FakePage(engines)
    page.chat("1")
    result = await page.result("1")
    assert result["engine"] == "transformers.js"
    assert page.text("1") == "Hello world"
    assert [one["code"] for one in page.of("1", "fallback")] == ["out-of-memory"]


async def test_without_webgpu_the_next_engine_answers_and_the_first_is_not_tried() -> None:
    async def look() -> Probe:
        return Probe(webgpu=False, reason="No WebGPU here.")

    first, _ = engines = two_engines()
    page = FakePage(engines, look=look)
    page.chat("1")
    assert (await page.result("1"))["device"] == "wasm"
    assert first.calls == []
    assert page.of("1", "fallback")[0]["reason"] == "No WebGPU here."


async def test_failure_before_any_text_falls_back_without_a_restart(
    caplog: pytest.LogCaptureFixture,
) -> None:
    first, _ = engines = two_engines()
    first.scripts.append([GenerationFailed("kernel\npanic")])
    page = FakePage(engines)
    page.chat("1")
    assert (await page.result("1"))["engine"] == "transformers.js"
    assert page.text("1") == "Hello world"
    assert page.of("1", "restart") == []
    assert [one["reason"] for one in page.of("1", "fallback")] == ["kernel"]
    assert caplog.messages == [
        "inference failure engine=webllm device=webgpu model=guide error=generation-failed: kernel"
    ]
    assert first.memory.most == 1


async def test_failure_after_some_text_restarts_and_never_splices() -> None:
    first, second = engines = two_engines()
    first.scripts.append(["Half an", DeviceLost("AbortError: gone")])
    page = FakePage(engines)
    page.chat("1")
    await page.result("1")
    kinds = [one["type"] for one in page.of("1") if one["type"] != "progress"]
    assert kinds == ["chunk", "fallback", "restart", "chunk", "chunk", "done"]
    assert page.text("1") == "Hello world"
    assert second.requests[0].messages == first.requests[0].messages


async def test_next_request_goes_to_the_engine_that_answered() -> None:
    first, second = engines = two_engines()
    first.scripts.append([DeviceLost()])
    page = FakePage(engines)
    page.chat("1")
    page.chat("2")
    assert (await page.result("2"))["engine"] == "transformers.js"
    assert first.calls == ["load guide", "generate", "unload guide"]
    assert second.calls == ["load guide", "generate", "generate"]


async def test_when_every_engine_fails_partial_text_stays_and_the_reasons_are_listed() -> None:
    first, second = engines = two_engines()
    first.scripts.append(["Half", DeviceLost("gone")])
    second.load_errors.append(LoadFailed("no such file"))
    page = FakePage(engines)
    page.chat("1")
    error = await page.error("1")
    assert error["code"] == "no-engine"
    assert error["detail"].splitlines() == [
        "webllm (webgpu): device-lost: gone",
        "transformers.js (wasm): load-failed: no such file",
    ]
    assert page.text("1") == "Half"
    page.chat("2")
    assert (await page.result("2"))["engine"] == "webllm"
    await no_task_is_left()


async def test_list_is_walked_once_and_the_last_failure_announces_no_successor() -> None:
    first, second = engines = two_engines()
    for engine in engines:
        engine.scripts.extend([[GenerationFailed("no")], [GenerationFailed("no")]])
    page = FakePage(engines)
    page.chat("1")
    error = await page.error("1")
    assert len(error["detail"].splitlines()) == 2
    assert [one["engine"] for one in page.of("1", "fallback")] == ["webllm"]
    assert first.calls.count("generate") == second.calls.count("generate") == 1
    assert first.memory.held == []


async def test_three_engines_fall_back_one_after_the_other() -> None:
    memory = Memory()
    engines = [FakeEngine("a", "webgpu", memory), FakeEngine("b", "webgpu", memory)]
    engines.append(FakeEngine("b", "wasm", memory))
    engines[0].scripts.append(["one", DeviceLost()])
    engines[1].scripts.append(["two", DeviceLost()])
    page = FakePage(engines)
    page.chat("1")
    result = await page.result("1")
    assert (result["engine"], result["device"]) == ("b", "wasm")
    assert len(page.of("1", "restart")) == 2
    assert page.text("1") == "Hello world"
    assert memory.most == 1


async def test_failed_unload_does_not_stop_the_fall_back() -> None:
    first, _ = engines = two_engines()
    first.scripts.append([DeviceLost()])
    first.unload_error = RuntimeError("lost")
    page = FakePage(engines)
    page.chat("1")
    assert (await page.result("1"))["engine"] == "transformers.js"


async def test_device_lost_while_tokens_are_counted_falls_back() -> None:
    class Lost(FakeEngine):
        async def count_tokens(self, js_object: object, text: str) -> int:
            raise DeviceLost("gone")

    memory = Memory()
    page = FakePage([Lost(memory=memory), FakeEngine("transformers.js", "wasm", memory)])
    page.chat("1")
    assert (await page.result("1"))["engine"] == "transformers.js"


async def test_five_concurrent_requests_share_one_load_and_answer_in_order() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.load_gates.append(gate)
    page = FakePage(engines)
    for number in range(5):
        page.chat(str(number))
    await settle()
    gate.set()
    for number in range(5):
        await page.result(str(number))
    assert first.calls == ["load guide"] + ["generate"] * 5
    ends = [one["id"] for one in page.posted if one["type"] == "done"]
    assert ends == list("01234")
    assert all(page.of(str(number), "progress") for number in range(5))
    await no_task_is_left()


async def test_one_generation_at_a_time_in_the_order_of_arrival() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines)
    for number in range(20):
        page.chat(f"{number}", f"question {number}")
    for number in range(20):
        await page.result(f"{number}")
    asked = [request.messages[0]["content"] for request in first.requests]
    assert asked == [f"question {number}" for number in range(20)]


async def test_load_of_another_model_waits_until_the_answer_is_there() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["one", gate, "two"])
    page = FakePage(engines)
    page.chat("1")
    await page.until("1", "chunk")
    page.load("2", "other")
    page.load("3", "guide")
    assert (await page.result("3"))["model"] == "guide"  # takes no other model's place
    await settle()
    assert first.calls == ["load guide", "generate"]
    gate.set()
    await page.result("2")
    assert page.text("1") == "onetwo"
    assert first.memory.most == 1


async def test_oldest_turns_are_dropped_and_counted() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines, [record(context_window=100)])
    messages = [
        {"role": "system", "content": "s"},
        {"role": "user", "content": "u" * 40},
        {"role": "assistant", "content": "a" * 40},
        {"role": "user", "content": "Hi"},
    ]
    page.send("chat", id="1", model="guide", messages=messages, options={})
    assert (await page.result("1"))["dropped_messages"] == 2
    assert first.requests[0].messages == [messages[0], messages[3]]


async def test_message_that_does_not_fit_is_refused_with_its_length() -> None:
    page = FakePage(two_engines(), [record(context_window=100)])
    page.chat("1", "x" * 500)
    error = await page.error("1")
    assert error["code"] == "prompt-too-long"
    assert "500 tokens" in error["message"]
    page.chat("2")
    await page.result("2")


async def test_engine_that_finds_the_prompt_too_long_gets_it_shorter() -> None:
    first, second = engines = two_engines()
    first.scripts.extend([[PromptTooLong()], [PromptTooLong()]])
    page = FakePage(engines)
    turns = [{"role": role, "content": "x"} for _ in range(2) for role in ("user", "assistant")]
    messages = [*turns, {"role": "user", "content": "Hi"}]
    page.send("chat", id="1", model="guide", messages=messages, options={})
    assert (await page.result("1"))["dropped_messages"] == 4
    assert [len(request.messages) for request in first.requests] == [5, 3, 1]
    assert second.calls == []


async def test_engine_that_finds_even_the_last_message_too_long_ends_the_request() -> None:
    first, second = engines = two_engines()
    first.scripts.append([PromptTooLong.counted(2000, 1024)])
    page = FakePage(engines)
    page.chat("1")
    error = await page.error("1")
    assert error["code"] == "prompt-too-long"
    assert second.calls == []
    assert page.worker.session.cache.loaded("guide")


async def test_prompt_too_long_after_some_text_is_a_failure_and_not_a_second_try() -> None:
    first, _ = engines = two_engines()
    first.scripts.append(["Half", PromptTooLong()])
    page = FakePage(engines)
    page.chat("1")
    assert (await page.result("1"))["engine"] == "transformers.js"
    assert len(page.of("1", "restart")) == 1


async def test_logs_hold_one_line_per_event(caplog: pytest.LogCaptureFixture) -> None:
    page = FakePage(two_engines())
    with caplog.at_level(logging.INFO, "localm"):
        page.chat("1")
        await page.result("1")
        page.chat("2")
        await page.result("2")
    events = [line.split(" engine")[0].split(" webgpu")[0] for line in caplog.messages]
    assert events == ["probe", "load start", "load success"]
