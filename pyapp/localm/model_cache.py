"""ModelCache: model id -> pending load -> engine object, in one slot. It is the only truth.

It knows neither engines nor records: how to load and unload is handed in. Memory never holds two
models: loads run one at a time, and one that starts empties every other slot first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from localm.engines.contract import CancelToken
from localm.errors import Cancelled
from localm.protocol import Fallback, Progress
from localm.waiting import unless_cancelled

LoadEvent = Progress | Fallback  # with an empty id: whoever hears it puts its own
Hear = Callable[[LoadEvent], None]
LoadModel = Callable[[Hear, CancelToken], Awaitable[Any]]
UnloadModel = Callable[[Any], Awaitable[None]]  # does not raise


@dataclass(eq=False, slots=True)
class Waiter:
    """A request that wants a model: it hears of its loads, and it keeps them alive."""

    model_id: str
    hear: Hear
    cancel: CancelToken


@dataclass(eq=False, slots=True)
class PendingLoad:
    """What a slot holds until the engine object is there."""

    model_id: str
    cancel: CancelToken = field(default_factory=CancelToken)
    fallbacks: list[Fallback] = field(default_factory=list)
    task: asyncio.Task[Any] = field(init=False)


class ModelCache:
    """One slot per model id, of which at most one is filled."""

    def __init__(self, unload: UnloadModel) -> None:
        self._unload = unload
        self._slots: dict[str, Any] = {}  # PendingLoad, then the engine object itself
        self._running: list[PendingLoad] = []
        self._waiters: list[Waiter] = []
        self._one_at_a_time = asyncio.Lock()

    def has(self, model_id: str) -> bool:
        """Whether the model is loading or loaded."""
        return model_id in self._slots

    def loaded(self, model_id: str) -> bool:
        """Whether the engine object is there."""
        return self.has(model_id) and not isinstance(self._slots[model_id], PendingLoad)

    def object_of(self, model_id: str) -> Any:
        """The engine object, when it is there; None while it is not."""
        return self._slots[model_id] if self.loaded(model_id) else None

    @contextmanager
    def waiting(self, model_id: str, hear: Hear, cancel: CancelToken) -> Iterator[Waiter]:
        """Be a waiter: hear of the model's loads, now and while in line for them.

        When the last waiter leaves, or its token is raised, a pending load is aborted.
        """
        waiter = Waiter(model_id, hear, cancel)
        self._waiters.append(waiter)
        slot = self._slots.get(model_id)
        for event in slot.fallbacks if isinstance(slot, PendingLoad) else ():
            hear(event)
        cancel.when_requested(lambda: self._leave(waiter))
        try:
            yield waiter
        finally:
            self._leave(waiter)

    async def get(self, waiter: Waiter, load: LoadModel) -> Any:
        """The engine object: the one that is there, or that of the one shared load."""
        if waiter.cancel.requested:
            raise Cancelled
        slot = self._slots.get(waiter.model_id)
        if slot is None:
            slot = self._start(waiter, load)
        if isinstance(slot, PendingLoad):
            return await unless_cancelled(slot.task, waiter.cancel)
        return slot

    async def replace(self, waiter: Waiter, failed_object: Any, load: LoadModel) -> Any:
        """Load into the slot of an object that failed; share it when that has been done already."""
        if self._slots.get(waiter.model_id) is failed_object:
            self._start(waiter, load)
        return await self.get(waiter, load)

    async def discard(self, model_id: str, failed_object: Any) -> None:
        """Empty the slot and unload, if this very object still is in the slot."""
        if self._slots.get(model_id) is failed_object:
            await self.empty(model_id)

    async def empty(self, model_id: str) -> None:
        """Unload the model. A load of it that is under way is aborted and awaited."""
        slot = self._slots.pop(model_id, None)
        if isinstance(slot, PendingLoad):
            slot.cancel.request()
        async with self._one_at_a_time:
            if slot is not None and not isinstance(slot, PendingLoad):
                await self._unload(slot)

    def _start(self, waiter: Waiter, load: LoadModel) -> PendingLoad:
        leaving = [slot for slot in self._slots.values() if not isinstance(slot, PendingLoad)]
        for other in self._running:
            other.cancel.request()
        pending = PendingLoad(waiter.model_id)
        self._slots = {waiter.model_id: pending}
        self._running.append(pending)
        pending.task = asyncio.create_task(self._run(pending, load, leaving))
        pending.task.add_done_callback(_retrieve)
        return pending

    async def _run(self, pending: PendingLoad, load: LoadModel, leaving: list[Any]) -> Any:
        try:
            async with self._one_at_a_time:
                for js_object in leaving:
                    await self._unload(js_object)
                return await self._load(pending, load)
        finally:
            self._running.remove(pending)
            if self._slots.get(pending.model_id) is pending:
                del self._slots[pending.model_id]

    async def _load(self, pending: PendingLoad, load: LoadModel) -> Any:
        if pending.cancel.requested:
            raise Cancelled
        js_object = await load(lambda event: self._tell(pending, event), pending.cancel)
        if self._slots.get(pending.model_id) is not pending:  # the engine saw the abort too late
            await self._unload(js_object)
            raise Cancelled
        self._slots[pending.model_id] = js_object
        return js_object

    def _tell(self, pending: PendingLoad, event: LoadEvent) -> None:
        if pending.cancel.requested:
            return
        if isinstance(event, Fallback):
            pending.fallbacks.append(event)
        for waiter in [one for one in self._waiters if one.model_id == pending.model_id]:
            waiter.hear(event)

    def _leave(self, waiter: Waiter) -> None:
        if waiter in self._waiters:
            self._waiters.remove(waiter)
        if any(other.model_id == waiter.model_id for other in self._waiters):
            return
        if isinstance(self._slots.get(waiter.model_id), PendingLoad):
            self._slots.pop(waiter.model_id).cancel.request()


def _retrieve(task: "asyncio.Task[Any]") -> None:
    """Mark a failure as seen: the loader has logged it, and whoever waited has got it."""
    if not task.cancelled():
        task.exception()
