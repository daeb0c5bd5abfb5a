"""Counting loads nothing, waits for nobody, and says what a chat would then do."""

import asyncio
from typing import Any

from localm.errors import DeviceLost
from tests.unit.fake_engine import (
    FAKE_TEMPLATE,
    FakeEngine,
    FakePage,
    no_task_is_left,
    record,
    settle,
    two_engines,
)

USER = {"role": "user", "content": "u" * 10}
ANSWER = {"role": "assistant", "content": "a" * 20}
SYSTEM = {"role": "system", "content": "s" * 5}
FILE = {"name": "f.txt", "text": "t" * 30}


async def counted(page: FakePage, messages: list[Any], **more: Any) -> dict[str, Any]:
    fields = {"model": "guide", "attachments": [], "options": {}} | more
    id = f"count {len(page.posted)}"
    page.send("count", id=id, messages=messages, **fields)
    return await page.result(id)


async def loaded(engines: tuple[FakeEngine, FakeEngine], window: int = 1024) -> FakePage:
    page = FakePage(engines, [record(context_window=window), record("other")])
    page.load("load")
    await page.result("load")
    return page


async def test_without_the_model_it_is_an_estimate_and_nothing_is_loaded() -> None:
    first, second = engines = two_engines()
    page = FakePage(engines)
    result = await counted(page, [SYSTEM, USER, ANSWER, USER], attachments=[FILE])
    assert result["is_estimate"]
    assert result["fits"]
    assert (result["context_window"], result["max_tokens"]) == (1024, 64)
    assert len(result["message_tokens"]) == 4
    assert all(one > 0 for one in result["message_tokens"] + result["attachment_tokens"])
    assert first.calls == second.calls == []


async def test_with_the_model_the_messages_together_are_the_prompt() -> None:
    page = await loaded(two_engines())
    for messages in ([USER], [SYSTEM, USER, ANSWER, USER], [USER, ANSWER, USER | {"content": ""}]):
        result = await counted(page, messages)
        assert not result["is_estimate"]
        expected = sum(len(one["content"]) + FAKE_TEMPLATE for one in messages)
        assert sum(result["message_tokens"]) == expected
        assert result["attachment_tokens"] == []


async def test_files_are_counted_each_as_they_are_read() -> None:
    page = await loaded(two_engines())
    result = await counted(page, [USER], attachments=[FILE, FILE | {"text": "t" * 31}])
    one, other = result["attachment_tokens"]
    assert other == one + 1
    sent = USER | {"attachments": [FILE]}
    with_file = await counted(page, [sent])
    alone = await counted(page, [USER], attachments=[FILE])
    whole = sum(alone["message_tokens"]) + sum(alone["attachment_tokens"])
    assert sum(with_file["message_tokens"]) == whole


async def test_an_empty_conversation_and_one_that_waits_for_a_prompt_are_counted() -> None:
    page = await loaded(two_engines())
    assert (await counted(page, []))["message_tokens"] == []
    result = await counted(page, [USER, ANSWER])
    assert len(result["message_tokens"]) == 2
    assert result["fits"]
    assert (await counted(page, [], attachments=[FILE]))["attachment_tokens"][0] > 30


async def test_it_says_what_would_be_dropped_as_the_chat_then_does() -> None:
    page = await loaded(two_engines(), window=130)
    messages = [SYSTEM, USER, ANSWER, USER, ANSWER, USER]
    result = await counted(page, messages)
    page.send("chat", id="chat", model="guide", messages=messages, options={})
    assert result["dropped_messages"] == (await page.result("chat"))["dropped_messages"] == 2
    assert result["max_tokens"] == 32  # a quarter of the window
    roomy = await counted(page, messages, options={"max_tokens": 1})
    assert (roomy["max_tokens"], roomy["dropped_messages"]) == (1, 0)


async def test_a_last_message_that_is_too_long_does_not_fit() -> None:
    page = await loaded(two_engines(), window=100)
    assert not (await counted(page, [USER, ANSWER, {"role": "user", "content": "x" * 99}]))["fits"]
    result = await counted(page, [USER, ANSWER, USER], attachments=[FILE | {"text": "x" * 99}])
    assert (result["fits"], result["dropped_messages"]) == (False, 2)


async def test_a_text_without_end_is_not_counted() -> None:
    first, _ = engines = two_engines()
    page = await loaded(engines)
    result = await counted(page, [{"role": "user", "content": "x" * 1_000_000}])
    assert (result["fits"], result["is_estimate"]) == (False, True)
    assert "count prompt" not in first.calls


async def test_an_answer_under_way_is_not_waited_for() -> None:
    first, _ = engines = two_engines()
    page = await loaded(engines)
    gate = asyncio.Event()
    first.scripts.append(["one", gate])
    page.chat("1")
    await page.until("1", "chunk")
    page.chat("2")  # in line
    assert not (await counted(page, [USER]))["is_estimate"]
    assert page.ends("1") == []
    gate.set()
    await page.result("2")
    await no_task_is_left()


async def test_a_model_that_is_loading_is_not_waited_for() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.load_gates.append(gate)
    page = FakePage(engines)
    page.load("load")
    await settle()
    assert (await counted(page, [USER]))["is_estimate"]
    assert page.ends("load") == []
    gate.set()
    await page.result("load")


async def test_what_is_counted_once_is_not_counted_again() -> None:
    class Counting(FakeEngine):
        async def count_tokens(self, js_object: Any, text: str) -> int:
            self.calls.append(f"count {text[:1]}")
            return await super().count_tokens(js_object, text)

    engine = Counting()
    page = await loaded((engine, FakeEngine("transformers.js", "wasm", engine.memory)))
    for text in ("x", "xy"):
        await counted(page, [USER, ANSWER, {"role": "user", "content": text}])
    page.send("chat", id="1", model="guide", messages=[USER, ANSWER, USER], options={})
    await page.result("1")
    assert [one for one in engine.calls if one.startswith("count ")].count("count a") == 1
    assert engine.calls.count("count u") == 1
    page.send("evict", id="2", model="guide")
    await page.result("2")
    page.load("3")
    await page.result("3")
    await counted(page, [USER])
    assert engine.calls.count("count u") == 2


async def test_an_engine_that_fails_meanwhile_is_an_estimate() -> None:
    class Lost(FakeEngine):
        async def count_prompt(self, *_: Any) -> int:
            raise DeviceLost("gone")

    lost = Lost()
    page = await loaded((lost, FakeEngine("transformers.js", "wasm", lost.memory)))
    assert (await counted(page, [USER]))["is_estimate"]


async def test_an_unknown_model_is_an_error() -> None:
    page = FakePage(two_engines())
    page.send("count", id="1", model="nope", messages=[], attachments=[], options={})
    assert (await page.error("1"))["code"] == "unknown-model"
