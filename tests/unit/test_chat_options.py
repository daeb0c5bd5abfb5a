"""What can be set for an answer is passed on, or done alike for every engine; nothing reloads."""

import asyncio
import json
from typing import Any

import pytest

from localm.engines.contract import Completion
from localm.errors import BadSchema, DeviceLost
from tests.unit.fake_engine import FakePage, no_task_is_left, record, two_engines

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
FORMAT = {"type": "json_schema", "schema": json.dumps(SCHEMA)}
ANY_OBJECT = {"type": "json_object", "schema": ""}


async def test_options_reach_the_engine_and_the_model_stays_where_it_is() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines)
    page.chat("1")
    await page.result("1")
    loaded = page.worker.session.cache.object_of("guide")
    page.chat("2", top_k=5, presence_penalty=-1.5, frequency_penalty=0.5, reasoning=True)
    page.chat("3", response_format=FORMAT, stop=["a"], temperature=2, seed=1)
    await page.end("3")
    plain, full, asked_for_json = first.requests[:3]
    assert (plain.top_k, plain.presence_penalty, plain.frequency_penalty) == (None, 0, 0)
    assert (plain.reasoning, plain.grammar) == (None, None)
    assert (full.top_k, full.presence_penalty, full.frequency_penalty) == (5, -1.5, 0.5)
    assert full.reasoning is None  # this model cannot be told
    assert asked_for_json.grammar is not None
    assert json.loads(asked_for_json.grammar) == SCHEMA
    assert page.worker.session.cache.object_of("guide") is loaded
    assert first.calls.count("load guide") == 1


async def test_a_model_that_can_think_is_told_whether_it_should() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines, [record("qwen3-0.6b")])
    page.chat("1", model="qwen3-0.6b")
    page.chat("2", model="qwen3-0.6b", reasoning=False)
    page.chat("3", model="qwen3-0.6b", reasoning=True)
    await page.result("3")
    assert [one.reasoning for one in first.requests] == [None, False, True]


async def test_stop_text_ends_the_answer_and_interrupts_the_engine() -> None:
    first, _ = engines = two_engines()
    first.scripts.append(["one S", "TO", "P two", " three", " four"])
    page = FakePage(engines)
    page.chat("1", stop=["STOP"])
    result = await page.result("1")
    assert page.text("1") == "one "
    assert result["finish_reason"] == "stop"
    assert "interrupt" in first.calls
    page.chat("2")
    assert (await page.result("2"))["finish_reason"] == "stop"
    assert page.text("2") == "Hello world"


async def test_what_only_looked_like_a_stop_text_is_sent_at_the_end() -> None:
    first, _ = engines = two_engines()
    first.scripts.append(["one S", "TO"])
    page = FakePage(engines)
    page.chat("1", stop=["STOP"])
    await page.result("1")
    assert page.text("1") == "one STO"


async def test_after_a_person_stopped_it_nothing_more_goes_out() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["one", " S", gate, "x"])
    page = FakePage(engines)
    page.chat("1", stop=["STOP"])
    await page.until("1", "chunk")
    page.cancel("1")
    gate.set()
    assert (await page.result("1"))["finish_reason"] == "abort"
    assert page.text("1") in ("one", "one ")


async def test_stop_text_begins_anew_when_another_engine_takes_over() -> None:
    first, second = engines = two_engines()
    first.scripts.append(["Half S", "T", DeviceLost("gone")])
    second.scripts.append(["OP whole"])
    page = FakePage(engines)
    page.chat("1", stop=["STOP"])
    await page.result("1")
    assert page.text("1") == "OP whole"


async def test_json_that_fits_is_answered_at_once() -> None:
    first, _ = engines = two_engines()
    first.scripts.append(["{", '"a": 1}'])
    page = FakePage(engines)
    page.chat("1", response_format=FORMAT)
    await page.result("1")
    assert page.of("1", "restart") == []
    (request,) = first.requests
    assert request.messages[0]["role"] == "system"
    assert FORMAT["schema"] in request.messages[0]["content"]


async def test_json_that_does_not_fit_is_asked_for_once_more_with_the_fault_named() -> None:
    first, second = engines = two_engines()
    first.scripts.extend([['{"a": "x"}'], ['{"a": 2}']])
    page = FakePage(engines)
    page.chat("1", response_format=FORMAT)
    result = await page.result("1")
    fault = "“a” must be of type integer"
    assert [one["reason"] for one in page.of("1", "restart")] == [
        f"The answer was not the JSON that was asked for: {fault}."
    ]
    assert page.text("1") == '{"a": 2}'
    assert result["engine"] == "webllm"
    assert fault in first.requests[1].messages[-1]["content"]
    assert first.requests[1].messages[-1]["content"].startswith("Hi\n\n")
    assert second.calls == []


async def test_json_that_fails_twice_ends_in_its_own_error_and_the_next_request_works() -> None:
    first, second = engines = two_engines()
    first.scripts.extend([["Sure!"], ["{}"]])
    page = FakePage(engines)
    page.chat("1", response_format=FORMAT)
    error = await page.error("1")
    assert error["code"] == "bad-json"
    assert error["detail"] == "the value lacks “a”"
    assert page.text("1") == "{}"  # stays as a version
    assert len(first.requests) == 2
    page.chat("2")
    await page.result("2")
    assert second.calls == []
    assert first.calls.count("load guide") == 1
    await no_task_is_left()


async def test_json_that_was_cut_off_says_so() -> None:
    first, _ = engines = two_engines()
    cut: list[Any] = ['{"a": 1', Completion("length", 5, 4)]
    first.scripts.extend([cut, cut])
    page = FakePage(engines)
    page.chat("1", response_format=ANY_OBJECT)
    error = await page.error("1")
    assert error["code"] == "bad-json"
    assert "cut off" in error["message"]


async def test_json_that_a_person_stopped_is_not_asked_for_again() -> None:
    first, _ = engines = two_engines()
    gate = asyncio.Event()
    first.scripts.append(["{", gate, "x"])
    page = FakePage(engines)
    page.chat("1", response_format=ANY_OBJECT)
    await page.until("1", "chunk")
    page.cancel("1")
    gate.set()
    assert (await page.result("1"))["finish_reason"] == "abort"
    assert len(first.requests) == 1


async def test_a_schema_that_cannot_be_used_is_refused_before_anything_is_loaded() -> None:
    first, second = engines = two_engines()
    page = FakePage(engines)
    bad = {"type": "json_schema", "schema": '{"properties": {"a": {"type": "strnig"}}}'}
    page.chat("1", response_format=bad)
    error = await page.error("1")
    assert error["code"] == "bad-schema"
    assert "/properties/a/type" in error["message"]
    assert first.calls == second.calls == []


async def test_a_schema_that_an_engine_cannot_take_is_no_reason_for_another_engine() -> None:
    first, second = engines = two_engines()
    first.scripts.append([BadSchema("GrammarMatcherInitError: no")])
    page = FakePage(engines)
    page.chat("1", response_format=FORMAT)
    assert (await page.error("1"))["code"] == "bad-schema"
    assert second.calls == []
    assert page.worker.session.cache.loaded("guide")


async def test_an_engine_that_fails_at_the_second_try_hands_over_to_the_next() -> None:
    first, second = engines = two_engines()
    first.scripts.extend([["no"], ["n", DeviceLost("gone")]])
    second.scripts.append(['{"a": 3}'])
    page = FakePage(engines)
    page.chat("1", response_format=FORMAT)
    assert (await page.result("1"))["engine"] == "transformers.js"
    assert page.text("1") == '{"a": 3}'


async def test_files_are_read_before_their_prompt() -> None:
    first, _ = engines = two_engines()
    page = FakePage(engines)
    files = [{"name": "a.csv", "text": "1,2"}]
    message = {"role": "user", "content": "Sum up.", "attachments": files}
    page.send("chat", id="1", model="guide", messages=[message], options={})
    await page.result("1")
    content = "a.csv:\n```csv\n1,2\n```\n\nSum up."
    assert first.requests[0].messages == [{"role": "user", "content": content}]


@pytest.mark.parametrize("has_files", [True, False])
async def test_too_long_a_prompt_says_by_how_much_and_whether_files_are_why(
    has_files: bool,
) -> None:
    page = FakePage(two_engines(), [record(context_window=100)])
    message: dict[str, Any] = {"role": "user", "content": "x" * 100}
    if has_files:
        message["attachments"] = [{"name": "", "text": "y" * 100}]
    page.send("chat", id="1", model="guide", messages=[message], options={})
    error = await page.error("1")
    assert error["code"] == "prompt-too-long"
    tokens, fits = (int(one.split()[0]) for one in error["detail"].split("; "))
    assert f"has {tokens} tokens, {tokens - fits} more than fit" in error["message"]
    assert ("file" in error["message"]) is has_files
