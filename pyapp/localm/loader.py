"""Walks the ordered list of engines until one has loaded the model."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from localm.catalog import ModelRecord
from localm.engines.contract import CancelToken, Engine
from localm.errors import (
    Cancelled,
    EngineError,
    HostBlocked,
    LocalmError,
    NeedsAccess,
    NoEngineLeft,
    NoRepository,
    NoRoom,
    OutOfMemory,
    UnsupportedModel,
    WebGpuUnavailable,
)
from localm.model_cache import Hear
from localm.probe import Probe, ProbeOnce
from localm.protocol import Fallback, Phase, Progress
from localm.routing import engine_for

log = logging.getLogger("localm")


FUTILE = {WebGpuUnavailable.code, UnsupportedModel.code}
MENDABLE: dict[str, type[LocalmError]] = {
    error.code: error for error in (HostBlocked, NeedsAccess, NoRepository, NoRoom)
}


def one_line(error: Exception) -> str:
    """An error as it stands in a log."""
    if isinstance(error, LocalmError):
        return error.one_line
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def fallback_note(engine: Engine, error: EngineError, download_bytes: float = 0) -> Fallback:
    """What is announced of an engine that failed, and of what the next one must fetch."""
    reason = error.one_line.removeprefix(f"{error.code}: ")
    return Fallback("", engine.id, engine.device, error.code, reason, download_bytes)


def no_engine_left(failures: Sequence[Fallback]) -> LocalmError:
    """Every engine's last reason, in one line each.

    Where one thing that a person can mend stopped all that were tried, it is that error.
    """
    lines = {
        (one.engine, one.device): f"{one.engine} ({one.device}): {one.code}: {one.reason}"
        for one in failures
    }
    codes = {one.code for one in failures} - FUTILE
    if len(codes) == 1 and (error := MENDABLE.get(min(codes))):
        return error(failures[-1].reason if error is NeedsAccess else "\n".join(lines.values()))
    return NoEngineLeft("\n".join(lines.values()))


class Loader:
    """The engines in the order of fall-back, and how one of them gets to hold a model."""

    def __init__(
        self,
        engines: Sequence[Engine],
        probe: ProbeOnce,
        smaller: Callable[[ModelRecord], ModelRecord | None] = lambda _: None,
    ) -> None:
        self.engines = tuple(engines)
        self._probe = probe
        self._smaller = smaller

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
                self.offer_smaller(record, error)
                failures.append(await self.announcement(engine, error, record, cancel))
                if engine is not candidates[-1]:
                    hear(failures[-1])
        raise self.nobody_left(record, failures)

    def nobody_left(self, record: ModelRecord, failures: Sequence[Fallback]) -> LocalmError:
        """What the page is told when every engine was tried: also which smaller model may do."""
        error = no_engine_left(failures)
        smaller = self._smaller(record)
        if isinstance(error, NoEngineLeft) and smaller is not None:
            error.offer = smaller.id
        return error

    async def announcement(
        self, engine: Engine, error: EngineError, record: ModelRecord, cancel: CancelToken
    ) -> Fallback:
        """What the page is told of an engine that failed, with the size of what comes next."""
        probe = await self._probe.get()
        able = [one for one in self.after(engine) if not one.supports(record, probe)]
        bytes = await able[0].missing_bytes(record, probe, cancel) if able else 0
        return fallback_note(engine, error, bytes)

    def offer_smaller(self, record: ModelRecord, error: EngineError) -> None:
        """Memory that was too small for a model is not larger for the next engine.

        Raises OutOfMemory with the next smaller model, where there is one.
        """
        smaller = self._smaller(record) if isinstance(error, OutOfMemory) else None
        if smaller is not None:
            raise OutOfMemory(
                error.detail,
                message=f"Not enough memory for {record.name}. {smaller.name} needs less.",
                offer=smaller.id,
            ) from error

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
            js_object = await engine.load(record, probe, report, cancel)
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
