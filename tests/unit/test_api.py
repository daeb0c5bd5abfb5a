"""The Python API: an async iterator that interrupts and drains when it is left early."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest

import localm
from localm import api
from localm.errors import (
    BadMessage,
    BadSchema,
    DeviceLost,
    GenerationFailed,
    InternalError,
    NoEngineLeft,
    UnknownModel,
)
from localm.records import ResponseFormat
from tests.unit.fake_engine import FakeEngine, a_session, no_task_is_left, record, two_engines


@pytest.fixture
def engines() -> Iterator[tuple[FakeEngine, FakeEngine]]:
    engines = two_engines()
    localm.use(a_session(engines, [record(), record("other")]))
    yield engines
    api._registered.clear()


async def test_answer_comes_piece_by_piece(engines: tuple[FakeEngine, FakeEngine]) -> None:
    assert [text async for text in localm.chat("Hello")] == ["Hello", " world"]
    assert engines[0].requests[0].messages == [{"role": "user", "content": "Hello"}]
    await no_task_is_left()


async def test_conversation_model_and_options_are_passed_on(
    engines: tuple[FakeEngine, FakeEngine],
) -> None:
    session = a_session(engines, [record("mine")])
    answer = localm.chat(
        [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}],
        model="mine",
        session=session,
        max_tokens=3,
    )
    assert [text async for text in answer]
    assert engines[0].calls == ["load mine", "generate"]
    assert engines[0].requests[0].max_tokens == 3


async def test_every_option_is_a_keyword(engines: tuple[FakeEngine, FakeEngine]) -> None:
    engines[0].scripts.append(['{"a": [1', "]}, and more"])
    answer = localm.chat(
        [{"role": "user", "content": "Sum", "attachments": [{"name": "a.csv", "text": "1"}]}],
        temperature=1,
        top_p=0.5,
        top_k=3,
        seed=1,
        stop=[", and"],
        presence_penalty=1,
        frequency_penalty=-1,
        reasoning=False,
        response_format={"type": "json_object", "schema": ""},
    )
    assert "".join([text async for text in answer]) == '{"a": [1]}'
    (request,) = engines[0].requests
    assert (request.top_k, request.presence_penalty, request.frequency_penalty) == (3, 1, -1)
    assert request.messages[-1]["content"].startswith("a.csv:")


async def test_leaving_early_interrupts_and_drains(
    engines: tuple[FakeEngine, FakeEngine],
) -> None:
    engines[0].scripts.append(["one", "two", "three", "four", "five", "six"])
    async with aclosing(localm.chat("Hello")) as answer:
        async for text in answer:
            assert text == "one"
            break
    assert "interrupt" in engines[0].calls
    assert not engines[0].streaming
    assert [text async for text in localm.chat("Again")] == ["Hello", " world"]
    await no_task_is_left()


async def test_cancelled_reader_interrupts_and_drains(
    engines: tuple[FakeEngine, FakeEngine],
) -> None:
    gate = asyncio.Event()
    engines[0].scripts.append(["one", gate, "two"])
    asyncio.get_running_loop().call_later(0.05, gate.set)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01), aclosing(localm.chat("Hello")) as answer:
            _ = [text async for text in answer]
    assert gate.is_set()  # the engine was awaited to its end
    assert not engines[0].streaming
    await no_task_is_left()


async def test_restart_is_told_or_raised_but_never_spliced(
    engines: tuple[FakeEngine, FakeEngine],
) -> None:
    engines[0].scripts.append(["Half", DeviceLost("gone")])
    with pytest.raises(GenerationFailed):
        _ = [text async for text in localm.chat("Hello")]
    await no_task_is_left()
    localm.use(a_session(two := two_engines(), [record()]))
    two[0].scripts.append(["Half", DeviceLost("gone")])
    pieces: list[str] = []
    async for text in localm.chat("Hello", on_restart=lambda reason: pieces.clear()):
        pieces.append(text)
    assert pieces == ["Hello", " world"]


async def test_what_goes_wrong_is_raised(engines: tuple[FakeEngine, FakeEngine]) -> None:
    with pytest.raises(UnknownModel):
        _ = [text async for text in localm.chat("Hello", model="nope")]
    with pytest.raises(BadMessage):
        _ = [text async for text in localm.chat(" ")]
    with pytest.raises(BadMessage):
        _ = [text async for text in localm.chat("Hello", temperature=9)]
    bad: ResponseFormat = {"type": "json_schema", "schema": "{"}
    with pytest.raises(BadSchema):
        _ = [text async for text in localm.chat("Hello", response_format=bad)]
    for engine in engines:
        engine.scripts.append([DeviceLost("gone")])
    with pytest.raises(NoEngineLeft):
        _ = [text async for text in localm.chat("Hello")]
    await no_task_is_left()


async def test_without_a_session_it_says_what_to_do() -> None:
    with pytest.raises(InternalError) as caught:
        _ = [text async for text in localm.chat("Hello")]
    assert "localm.use" in caught.value.detail


async def test_two_readers_are_served_in_order(engines: tuple[FakeEngine, FakeEngine]) -> None:
    async def read(text: str) -> str:
        return "".join([piece async for piece in localm.chat(text)])

    assert list(await asyncio.gather(read("one"), read("two"))) == ["Hello world"] * 2
    assert engines[0].calls == ["load guide", "generate", "generate"]
