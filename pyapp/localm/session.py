"""What all requests of one worker share: engines, model records, the cache, the probe, the line.

Whatever may take a model out of memory waits for its turn in line, so no answer loses its model.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from localm.catalog import ModelRecord, smaller_model
from localm.engines.contract import CancelToken, Engine
from localm.errors import UnknownModel
from localm.loader import Loader
from localm.model_cache import Hear, LoadEvent, ModelCache, Waiter
from localm.model_store import ModelStore
from localm.probe import Probe, ProbeOnce
from localm.protocol import Evict, EvictResult, Load, LoadResult, ProbeInfo, WorkerMessage
from localm.routing import engine_for
from localm.token_counts import TokenCounts
from localm.waiting import Line

Post = Callable[[WorkerMessage], None]


def stamped(post: Post, id: str) -> Hear:
    """Posts what happens to a shared load under the id of one request."""

    def hear(event: LoadEvent) -> None:
        post(replace(event, id=id))

    return hear


class Session:
    """The state behind every request. `engines` stand in the order of fall-back."""

    def __init__(
        self,
        engines: Sequence[Engine],
        records: Sequence[ModelRecord],
        look: Callable[[], Awaitable[Probe]],
        store: ModelStore,
    ) -> None:
        self.records = {record.id: record for record in records}  # of the site and the catalogue
        self.found: dict[str, ModelRecord] = {}  # looked up or imported in this worker's life
        self.store = store
        self.probe = ProbeOnce(look)
        self.loader = Loader(engines, self.probe, self.smaller)
        self.cache = ModelCache(self.loader.unload)
        self.line = Line()
        self.token_counts = TokenCounts()

    @property
    def engines(self) -> tuple[Engine, ...]:
        """In the order of fall-back."""
        return self.loader.engines

    async def record(self, model_id: str) -> ModelRecord:
        """The model's record. Raises UnknownModel."""
        known = self.records | self.found
        if model_id not in known:
            known |= {one.id: one for one in await self.store.added_records()}
        if model_id not in known:
            raise UnknownModel(model_id)
        return known[model_id]

    async def load(self, message: Load, post: Post, cancel: CancelToken) -> LoadResult:
        """Load a model. Raises Cancelled, NoEngineLeft, UnknownModel."""
        record = await self.record(message.model)
        started = time.perf_counter()
        with self.cache.waiting(record.id, stamped(post, message.id), cancel) as waiter:
            engine = engine_for(self.engines, await self._object(record, waiter))
        load_s = time.perf_counter() - started
        return LoadResult(engine=engine.id, device=engine.device, model=record.id, load_s=load_s)

    async def evict(self, message: Evict, cancel: CancelToken) -> EvictResult:
        """Unload a model and delete its files of every engine. Raises Cancelled, UnknownModel."""
        record = await self.record(message.model)
        async with self.line.turn(cancel):
            await self.cache.empty(record.id)
            freed = [await engine.evict(record) for engine in self.engines]
        self.found.pop(record.id, None)
        self.token_counts.forget(record.id)
        return EvictResult(model=record.id, freed_bytes=sum(freed))

    def probe_info(self) -> ProbeInfo | None:
        """What the probe saw; None before the first load."""
        seen = self.probe.seen
        if seen is None:
            return None
        return ProbeInfo(
            webgpu=seen.webgpu,
            adapter=seen.adapter,
            features=list(seen.features),
            max_buffer_bytes=seen.max_buffer_bytes,
            reason=seen.reason,
        )

    async def _object(self, record: ModelRecord, waiter: Waiter) -> Any:
        def load(hear: Hear, cancel: CancelToken) -> Awaitable[Any]:
            return self.loader.load(record, hear, cancel)

        if self.cache.has(record.id):  # takes no other model's place
            return await self.cache.get(waiter, load)
        async with self.line.turn(waiter.cancel):
            return await self.cache.get(waiter, load)

    def smaller(self, record: ModelRecord) -> ModelRecord | None:
        """The next smaller model of the site or the catalogue."""
        return smaller_model(self.records.values(), record)
