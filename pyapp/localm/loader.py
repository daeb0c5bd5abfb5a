"""Walks the ordered list of engines until one has loaded the model."""

import logging
import time
from collections.abc import Sequence
from typing import Any

from localm.catalog import ModelRecord
from localm.engines.contract import CancelToken, Engine
from localm.errors import (
    Cancelled,
    EngineError,
    LocalmError,
    NoEngineLeft,
    UnsupportedModel,
    WebGpuUnavailable,
)
from localm.model_cache import Hear
from localm.probe import Probe, ProbeOnce
from localm.protocol import Fallback, Phase, Progress
from localm.routing import engine_for

log = logging.getLogger("localm")


def one_line(error: Exception) -> str:
    """An error as it stands in a log."""
    if isinstance(error, LocalmError):
        return error.one_line
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def fallback_note(engine: Engine, error: EngineError) -> Fallback:
    """What is announced of an engine that failed."""
    reason = error.one_line.removeprefix(f"{error.code}: ")
    return Fallback("", engine.id, engine.device, error.code, reason)


def no_engine_left(failures: Sequence[Fallback]) -> NoEngineLeft:
    """Every engine's last reason, in one line each."""
    lines = {
        (one.engine, one.device): f"{one.engine} ({one.device}): {one.code}: {one.reason}"
        for one in failures
    }
    return NoEngineLeft("\n".join(lines.values()))


class Loader:
    """The engines in the order of fall-back, and how one of them gets to hold a model."""

    def __init__(self, engines: Sequence[Engine], probe: ProbeOnce) -> None:
        self.engines = tuple(engines)
        self._probe = probe

    def after(self, engine: Engine | None) -> tuple[Engine, ...]:
        """The engines that come after this one; all of them after None."""
        return self.engines if engine is None else self.engines[self.engines.index(engine) + 1 :]

    async def load(
        self,
        record: ModelRecord,
        hear: Hear,
        cancel: CancelToken,
        after: Engine | None = None,
        earlier: Sequence[Fallback] = (),
    ) -> Any:
        """The object of the first engine that can. `earlier` is what failed in this request before.

        Raises Cancelled at once when the token is raised, NoEngineLeft when none could.
        """
        probe = await self._probe.get()
        failures = list(earlier)
        candidates = self.after(after)
        for engine in candidates:
            try:
                return await self._try(engine, record, probe, hear, cancel)
            except EngineError as error:
                failures.append(fallback_note(engine, error))
                if engine is not candidates[-1]:
                    hear(failures[-1])
        raise no_engine_left(failures)

    async def unload(self, js_object: Any) -> None:
        """Free the memory as well as it goes. A failure is logged: what follows must go on."""
        try:
            await engine_for(self.engines, js_object).unload(js_object)
        except Exception as error:
            log.warning("unload failure error=%s", one_line(error))

    async def _try(
        self, engine: Engine, record: ModelRecord, probe: Probe, hear: Hear, cancel: CancelToken
    ) -> Any:
        if cancel.requested:
            raise Cancelled
        _refuse_futile(engine, record, probe)
        where = f"engine={engine.id} device={engine.device} model={record.id}"
        log.info("load start %s", where)
        started = time.perf_counter()

        def report(phase: Phase, loaded: float, total: float) -> None:
            hear(Progress("", phase, loaded, total))

        try:
            js_object = await engine.load(record, report, cancel)
        except Cancelled:
            log.info("load cancelled %s", where)
            raise
        except Exception as error:
            log.warning("load failure %s error=%s", where, one_line(error))
            raise
        log.info("load success %s seconds=%.2f", where, time.perf_counter() - started)
        return js_object


def _refuse_futile(engine: Engine, record: ModelRecord, probe: Probe) -> None:
    reason = engine.supports(record, probe)
    if not reason:
        return
    log.info("load skipped engine=%s model=%s reason=%s", engine.id, record.id, reason)
    if engine.device == "webgpu" and not probe.webgpu:
        raise WebGpuUnavailable(message=reason)
    raise UnsupportedModel(message=reason)
