"""ModelCache: one slot is the only truth, loads are shared, and memory never holds two."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from localm.engines.contract import CancelToken
from localm.errors import Cancelled, LoadFailed
from localm.model_cache import Hear, LoadEvent, ModelCache
from localm.protocol import Fallback, Progress
from tests.unit.fake_engine import no_task_is_left, settle

NOTE = Fallback("", "webllm", "webgpu", "load-failed", "why", 0)


class House:
    """A cache over objects that load when they are let."""

    def __init__(self) -> None:
        self.cache = ModelCache(self._unload)
        self.in_memory: list[object] = []
        self.most = 0
        self.started: list[str] = []
        self.gates: list[asyncio.Event] = []
        self.tokens: list[CancelToken] = []
        self.hears: list[Hear] = []

    def load(self, name: str, error: Exception | None = None, deaf: bool = False) -> Any:
        async def load(hear: Hear, cancel: CancelToken) -> object:
            gate = asyncio.Event()
            self.started.append(name)
            self.gates.append(gate)
            self.tokens.append(cancel)
            self.hears.append(hear)
            if not deaf:
                cancel.when_requested(gate.set)
            await gate.wait()
            if cancel.requested and not deaf:
                raise Cancelled
            if error:
                raise error
            js_object = f"{name} {len(self.started)}"
            self.in_memory.append(js_object)
            self.most = max(self.most, len(self.in_memory))
            return js_object

        return load

    async def _unload(self, js_object: object) -> None:
        await asyncio.sleep(0)
        self.in_memory.remove(js_object)


class Request:
    """One waiter in a task of its own."""

    def __init__(self, house: House, model_id: str, load: Callable[..., Awaitable[Any]]) -> None:
        self.heard: list[LoadEvent] = []
        self.cancel = CancelToken()
        self.task = asyncio.create_task(self._run(house, model_id, load))

    async def _run(self, house: House, model_id: str, load: Callable[..., Awaitable[Any]]) -> Any:
        with house.cache.waiting(model_id, self.heard.append, self.cancel) as waiter:
            return await house.cache.get(waiter, load)


async def test_five_concurrent_requests_share_one_load() -> None:
    house = House()
    requests = [Request(house, "a", house.load("a")) for _ in range(5)]
    await settle()
    house.gates[0].set()
    assert {await request.task for request in requests} == {"a 1"}
    assert house.started == ["a"]
    await no_task_is_left()


async def test_loaded_object_stays_in_the_slot_of_its_load() -> None:
    house = House()
    request = Request(house, "a", house.load("a"))
    await settle()
    assert house.cache.has("a")
    assert not house.cache.loaded("a")
    house.gates[0].set()
    await request.task
    assert house.cache.loaded("a")
    assert await Request(house, "a", house.load("never")).task == "a 1"
    assert house.started == ["a"]


async def test_failed_load_leaves_no_slot_and_the_next_request_tries_again() -> None:
    house = House()
    first = [Request(house, "a", house.load("a", LoadFailed("no"))) for _ in range(2)]
    await settle()
    house.gates[0].set()
    for request in first:
        with pytest.raises(LoadFailed):
            await request.task
    assert not house.cache.has("a")
    again = Request(house, "a", house.load("a"))
    await settle()
    house.gates[1].set()
    assert await again.task == "a 2"


async def test_another_model_is_loaded_only_after_the_old_one_is_out_of_memory() -> None:
    house = House()
    for number, name in enumerate(["a", "b", "a"]):
        request = Request(house, name, house.load(name))
        await settle()
        house.gates[number].set()
        await request.task
    assert house.most == 1
    assert house.in_memory == ["a 3"]
    assert not house.cache.has("b")


async def test_waiter_that_stops_does_not_stop_the_load_for_others() -> None:
    house = House()
    first, second = (Request(house, "a", house.load("a")) for _ in range(2))
    await settle()
    first.cancel.request()
    with pytest.raises(Cancelled):
        await first.task
    assert not house.tokens[0].requested
    house.gates[0].set()
    assert await second.task == "a 1"


async def test_last_waiter_that_stops_aborts_the_load_and_the_next_starts_afresh() -> None:
    house = House()
    requests = [Request(house, "a", house.load("a")) for _ in range(2)]
    await settle()
    for request in requests:
        request.cancel.request()
    assert house.tokens[0].requested
    assert not house.cache.has("a")
    again = Request(house, "a", house.load("a"))
    await settle()
    house.gates[1].set()
    assert await again.task == "a 2"
    with pytest.raises(Cancelled):
        await requests[0].task
    with pytest.raises(Cancelled):
        await requests[1].task
    await no_task_is_left()


async def test_new_request_waits_for_the_end_of_an_aborted_load() -> None:
    house = House()
    first = Request(house, "a", house.load("a", deaf=True))
    await settle()
    first.cancel.request()
    again = Request(house, "a", house.load("a"))
    await settle()
    assert house.started == ["a"]
    house.gates[0].set()  # it finished although it was aborted: it must not stay in memory
    await settle()
    assert house.started == ["a", "a"]
    assert house.in_memory == []
    house.gates[1].set()
    assert await again.task == "a 2"
    assert house.most == 1
    with pytest.raises(Cancelled):
        await first.task


async def test_request_that_is_cancelled_before_it_asks_starts_nothing() -> None:
    house = House()
    request = Request(house, "a", house.load("a"))
    request.cancel.request()
    with pytest.raises(Cancelled):
        await request.task
    assert house.started == []


async def test_every_waiter_hears_of_the_load_and_a_late_one_of_the_fallbacks_so_far() -> None:
    house = House()
    early = Request(house, "a", house.load("a"))
    await settle()
    first, second = Progress("", "loading", 0, 2), Progress("", "loading", 1, 2)
    house.hears[0](first)
    house.hears[0](NOTE)
    late = Request(house, "a", house.load("a"))
    await settle()
    house.hears[0](second)
    house.gates[0].set()
    await asyncio.gather(early.task, late.task)
    assert early.heard == [first, NOTE, second]
    assert late.heard == [NOTE, second]


async def test_waiter_for_another_model_hears_nothing() -> None:
    house = House()
    heard: list[LoadEvent] = []
    with house.cache.waiting("b", heard.append, CancelToken()):
        request = Request(house, "a", house.load("a"))
        await settle()
        house.hears[0](NOTE)
        house.gates[0].set()
        await request.task
    assert heard == []


async def test_waiter_in_line_keeps_a_load_alive() -> None:
    house = House()
    request = Request(house, "a", house.load("a"))
    await settle()
    with house.cache.waiting("a", lambda _: None, CancelToken()):
        request.cancel.request()
        assert not house.tokens[0].requested
        assert house.cache.has("a")
    assert house.tokens[0].requested
    with pytest.raises(Cancelled):
        await request.task
    await no_task_is_left()


async def test_replacement_goes_to_the_same_slot_and_is_shared() -> None:
    house = House()
    request = Request(house, "a", house.load("a"))
    await settle()
    house.gates[0].set()
    failed = await request.task
    with house.cache.waiting("a", lambda _: None, CancelToken()) as waiter:
        one = asyncio.create_task(house.cache.replace(waiter, failed, house.load("spare")))
        two = asyncio.create_task(house.cache.replace(waiter, failed, house.load("spare")))
        three = Request(house, "a", house.load("never"))
        await settle()
        assert house.in_memory == []
        house.gates[1].set()
        assert {await one, await two, await three.task} == {"spare 2"}
    assert house.started == ["a", "spare"]
    assert house.most == 1


async def test_only_the_object_that_failed_is_discarded() -> None:
    house = House()
    request = Request(house, "a", house.load("a"))
    await settle()
    house.gates[0].set()
    js_object = await request.task
    await house.cache.discard("a", "another")
    assert house.cache.loaded("a")
    await house.cache.discard("a", js_object)
    assert not house.cache.has("a")
    assert house.in_memory == []


async def test_replacement_for_nobody_is_not_loaded_but_the_failed_object_goes() -> None:
    house = House()
    request = Request(house, "a", house.load("a"))
    await settle()
    house.gates[0].set()
    failed = await request.task
    token = CancelToken()
    with house.cache.waiting("a", lambda _: None, token) as waiter:
        token.request()
        with pytest.raises(Cancelled):
            await house.cache.replace(waiter, failed, house.load("spare"))
    await no_task_is_left()
    assert house.started == ["a"]
    assert house.in_memory == []
    assert not house.cache.has("a")


async def test_emptying_a_loading_slot_aborts_the_load_and_waits_for_it() -> None:
    house = House()
    request = Request(house, "a", house.load("a"))
    await settle()
    await house.cache.empty("a")
    assert not house.cache.has("a")
    with pytest.raises(Cancelled):
        await request.task
    await no_task_is_left()


async def test_load_that_another_model_displaces_ends_for_its_waiters() -> None:
    house = House()
    first = Request(house, "a", house.load("a", deaf=True))
    await settle()
    second = Request(house, "b", house.load("b"))
    await settle()
    house.gates[0].set()
    with pytest.raises(Cancelled):
        await first.task
    await settle()
    house.gates[1].set()
    assert await second.task == "b 2"
    assert house.most == 1
    assert house.in_memory == ["b 2"]


async def test_defect_in_a_load_reaches_every_waiter_and_leaves_no_slot() -> None:
    house = House()
    requests = [Request(house, "a", house.load("a", ZeroDivisionError())) for _ in range(2)]
    await settle()
    house.gates[0].set()
    for request in requests:
        with pytest.raises(ZeroDivisionError):
            await request.task
    assert not house.cache.has("a")


async def test_load_that_another_model_displaces_is_aborted_at_once() -> None:
    house = House()
    first = Request(house, "a", house.load("a"))
    await settle()
    second = Request(house, "b", house.load("b"))
    await settle()
    assert house.started == ["a", "b"]
    house.gates[1].set()
    assert await second.task == "b 2"
    with pytest.raises(Cancelled):
        await first.task


async def test_cancelled_request_takes_no_other_models_place() -> None:
    house = House()
    request = Request(house, "a", house.load("a"))
    await settle()
    house.gates[0].set()
    await request.task
    stopped = Request(house, "b", house.load("b"))
    stopped.cancel.request()
    with pytest.raises(Cancelled):
        await stopped.task
    await settle()
    assert house.cache.loaded("a")
    assert house.in_memory == ["a 1"]


async def test_failed_load_leaves_no_slot_while_others_are_in_line() -> None:
    house = House()
    request = Request(house, "a", house.load("a", LoadFailed("no")))
    await settle()
    with house.cache.waiting("a", lambda _: None, CancelToken()) as in_line:
        house.gates[0].set()
        with pytest.raises(LoadFailed):
            await request.task
        again = asyncio.create_task(house.cache.get(in_line, house.load("a")))
        await settle()
        house.gates[1].set()
        assert await again == "a 2"


async def test_what_an_aborted_load_still_reports_is_not_heard_by_the_next_request() -> None:
    house = House()
    first = Request(house, "a", house.load("a", deaf=True))
    await settle()
    first.cancel.request()
    again = Request(house, "a", house.load("a"))
    await settle()
    house.hears[0](Progress("", "loading", 1, 2))
    house.gates[0].set()
    await settle()
    house.gates[1].set()
    await again.task
    assert again.heard == []
    with pytest.raises(Cancelled):
        await first.task
