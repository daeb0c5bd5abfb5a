"""The worker's door: every id ends once, and nothing that arrives breaks it."""

import asyncio
import json

import pytest

from localm.protocol import PROTOCOL_VERSION
from tests.unit.archive_data import documented
from tests.unit.fake_engine import FakePage, no_task_is_left, settle, two_engines


async def test_hello_is_answered_with_the_order_of_fall_back() -> None:
    page = FakePage(two_engines())
    engines = ["webllm", "transformers.js"]
    assert page.posted == [
        {"type": "ready", "version": PROTOCOL_VERSION, "engines": engines, "probe": None}
    ]


async def test_another_version_is_refused_and_so_is_what_follows() -> None:
    page = FakePage(two_engines(), greet=False)
    page.send("hello", version=99)
    page.chat("1")
    assert [(one["id"], one["code"]) for one in page.posted] == [
        ("", "version-mismatch"),
        ("1", "version-mismatch"),
    ]
    await no_task_is_left()


async def test_nothing_is_served_before_a_hello() -> None:
    page = FakePage(two_engines(), greet=False)
    for type, fields in [("models", {}), ("cancel", {"target": "2"}), ("load", {"model": "guide"})]:
        page.send(type, id="1", **fields)
    assert [one["code"] for one in page.posted] == ["version-mismatch"] * 3


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("{", ""),
        ('{"type": "chat", "id": "7", "model": "guide", "messages": [], "options": {}}', "7"),
        ('{"type": "what", "id": "7"}', "7"),
    ],
)
async def test_bad_message_ends_in_a_code_and_the_next_one_works(text: str, id: str) -> None:
    page = FakePage(two_engines())
    page.worker.handle(text)
    assert (page.posted[-1]["id"], page.posted[-1]["code"]) == (id, "bad-message")
    page.chat("8")
    await page.result("8")


async def test_unknown_model_ends_in_a_code() -> None:
    page = FakePage(two_engines())
    page.chat("1", model="nope")
    page.load("2", model="nope")
    page.send("evict", id="3", model="nope")
    for id in ("1", "2", "3"):
        assert (await page.error(id))["code"] == "unknown-model"


async def test_id_that_is_under_way_is_refused_without_ending_the_first_request() -> None:
    page = FakePage(two_engines())
    page.chat("1")
    page.chat("1")
    page.send("models", id="1")
    page.worker.handle('{"type": "chat", "id": "1"}')
    refusals = page.of("", "error")
    assert [one["code"] for one in refusals] == ["bad-message"] * 3
    assert (await page.result("1"))["finish_reason"] == "stop"
    page.chat("1")  # free again
    await settle()
    assert len(page.of("1", "done")) == 2


async def test_cancel_says_whether_the_target_was_under_way() -> None:
    page = FakePage(two_engines())
    page.chat("1")
    page.send("cancel", id="2", target="1")
    page.send("cancel", id="3", target="nobody")
    assert await page.result("2") == {"cancelled": True}
    assert await page.result("3") == {"cancelled": False}
    await page.result("1")
    page.send("cancel", id="4", target="1")
    assert await page.result("4") == {"cancelled": False}


async def test_load_says_which_engine_holds_the_model() -> None:
    page = FakePage(two_engines())
    page.load("1")
    result = await page.result("1")
    assert result.pop("load_s") > 0
    assert result == {"engine": "webllm", "device": "webgpu", "model": "guide"}
    assert [one["phase"] for one in page.of("1", "progress")] == ["loading", "loading"]


async def test_cancelled_load_ends_in_an_error() -> None:
    first, _ = engines = two_engines()
    first.load_gates.append(asyncio.Event())
    page = FakePage(engines)
    page.load("1")
    await page.until("1", "progress")
    page.cancel("1")
    assert (await page.error("1"))["code"] == "cancelled"
    await no_task_is_left()


async def test_early_load_is_shared_by_the_first_question() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.load_gates.append(gate)
    page = FakePage(engines)
    page.load("1")
    await page.until("1", "progress")
    page.chat("2")
    await settle()
    page.cancel("1")
    gate.set()
    await page.error("1")
    assert (await page.result("2"))["finish_reason"] == "stop"
    assert first.calls == ["load guide", "generate"]


async def test_models_tell_what_is_loaded() -> None:
    page = FakePage(two_engines())
    page.load("1")
    await page.result("1")
    page.send("models", id="2")
    models = (await page.result("2"))["models"]
    assert [(one["id"], one["loaded"]) for one in models] == [("guide", True), ("other", False)]


async def test_file_of_conversations_is_read_while_no_model_is_loaded() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines)
    page.send("restore", id="1", text=json.dumps(documented()))
    result = await page.result("1")
    assert result == {"archive": documented(), "source": "localm", "skipped": []}
    page.send("restore", id="2", text='{"format": "localm", "version": 99}')
    assert (await page.error("2"))["code"] == "newer-archive"
    assert first.calls == []


async def test_evict_unloads_and_deletes_for_every_engine_after_the_answer() -> None:
    first, second = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["one", gate, "two"])
    page = FakePage(engines)
    page.chat("1")
    await page.until("1", "chunk")
    page.send("evict", id="2", model="guide")
    await settle()
    assert "evict guide" not in first.calls
    gate.set()
    assert await page.result("2") == {"model": "guide", "freed_bytes": 0}
    assert page.text("1") == "onetwo"
    assert first.calls[-2:] == ["unload guide", "evict guide"]
    assert second.calls == ["evict guide"]
    assert first.memory.held == []


async def test_defect_of_an_engine_ends_as_internal_with_its_last_lines(
    caplog: pytest.LogCaptureFixture,
) -> None:
    first, _ = engines = two_engines()
    first.scripts.append([ZeroDivisionError("oh\nno")])
    page = FakePage(engines)
    page.chat("1")
    error = await page.error("1")
    assert error["code"] == "internal"
    assert "ZeroDivisionError: oh" in error["detail"]
    assert "fake_engine.py" in error["detail"]
    assert caplog.messages == ["internal error=ZeroDivisionError: oh no"]
    page.chat("2")
    await page.result("2")


async def test_requests_for_two_models_alternate_without_ever_holding_two() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines)
    for number in range(10):
        page.chat(f"{number}", model=("guide", "other")[number % 2])
    for number in range(10):
        assert (await page.result(f"{number}"))["model"] == ("guide", "other")[number % 2]
    assert first.memory.most == 1
    await no_task_is_left()
