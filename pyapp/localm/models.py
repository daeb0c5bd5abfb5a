"""What a person does with models: list, find, fetch, verify, import. A function for each."""

from dataclasses import dataclass

from localm.advice import estimated_bytes, lack, recommended, room_lack
from localm.catalog import Build, ModelRecord
from localm.engines.contract import CancelToken, Engine
from localm.errors import DownloadFailed, NoRepository, NoRoom, UnsupportedModel
from localm.files import Report, Room
from localm.finder import Found, find, import_folder
from localm.model_info import BuildInfo, FoundBuild, ModelInfo, ModelState
from localm.model_store import Stock
from localm.probe import Probe
from localm.protocol import (
    Download,
    DownloadResult,
    Find,
    FindResult,
    Hub,
    HubResult,
    Import,
    ImportResult,
    ModelsResult,
    Phase,
    Progress,
    Verify,
    VerifyResult,
)
from localm.session import Post, Session

NO_RUNG = "None of its builds runs on this computer."


def reporter(post: Post, id: str) -> Report:
    """Posts how far a request has come."""

    def report(phase: Phase, loaded: float, total: float) -> None:
        post(Progress(id, phase, loaded, total))

    return report


async def list_models(session: Session) -> ModelsResult:
    """The catalogue and what was added, with what is here of each, and advice for this computer."""
    probe = await session.probe.get()
    await session.store.hub.current(CancelToken())  # its pages are linked
    await session.store.refresh()
    room = await session.store.room()
    records = [*session.records.values(), *await session.store.added_records()]
    ladders = {one.id: await _ladder(session, one, probe) for one in records}
    fits = {id: ladder.first.build for id, ladder in ladders.items() if ladder.first}
    best = recommended(records, fits, probe)
    models = [_info(session, one, ladders[one.id], room, one.id == best) for one in records]
    return ModelsResult(models=models)


async def use_hub(session: Session, message: Hub, cancel: CancelToken) -> HubResult:
    """Fetch from another hub. Raises BadHub."""
    session.store.choose_hub(message.address)
    hub, mirror = await session.store.hub.current(cancel)
    return HubResult(address=hub.address, mirror=mirror)


async def look_up(session: Session, message: Find, cancel: CancelToken) -> FindResult:
    """What the hub has under an id; each build that can run is a model from now on."""
    probe = await session.probe.get()
    finding = await find(session.store, message.text, cancel)
    session.found |= {one.record.id: one.record for one in finding.models}
    builds = [_found_build(session, one, probe) for one in finding.models]
    reasons = [one["reason"] for one in builds]
    explanation = finding.explanation or (reasons[0] if all(reasons) else "")
    return FindResult(
        repository=finding.repository.id,
        revision=finding.repository.revision,
        page_url=session.store.hub.page_url(finding.repository.id),
        builds=builds,
        explanation=explanation,
    )


async def download(
    session: Session, message: Download, post: Post, cancel: CancelToken
) -> DownloadResult:
    """Fetch the first rung that this computer can take; the next one where the hub lacks it."""
    record = await session.record(message.model)
    probe = await session.probe.get()
    report = reporter(post, message.id)
    last: DownloadFailed | None = None
    rungs = _rungs(session, record, probe)
    for build in dict.fromkeys(one.build for one in rungs if not one.reason):
        try:
            manifest = await session.store.ensure(build, record, report, cancel)
            return DownloadResult(model=record.id, stored_bytes=manifest.total_bytes)
        except NoRepository as error:
            last = error
        except NoRoom as error:
            smaller = session.smaller(record)
            error.offer = smaller.id if smaller else ""
            raise
    raise last or UnsupportedModel(message=Ladder(rungs, {}).unfit)


async def verify(
    session: Session, message: Verify, post: Post, cancel: CancelToken
) -> VerifyResult:
    """Hash what is here of every build of the model, and repair it."""
    record = await session.record(message.model)
    report = reporter(post, message.id)
    count, repaired = 0, []
    for build in record.builds:
        if (await session.store.stock(build)).stored:
            manifest = await session.store.plan(build, record, cancel)
            count += len(manifest.files)
            repaired += await session.store.repair(build, record, report, cancel)
    return VerifyResult(model=record.id, files=count, repaired=repaired)


async def take_folder(
    session: Session, message: Import, post: Post, cancel: CancelToken
) -> ImportResult:
    """Make a folder of this computer a model."""
    report = reporter(post, message.id)
    try:
        record = await import_folder(
            session.store, message.name, message.ticket, message.files, report, cancel
        )
    finally:
        session.store.files.forget(message.ticket)
    session.found[record.id] = record
    return ImportResult(model=record.id)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a model's ladder on this computer."""

    engine: Engine
    build: Build
    reason: str  # why it is not tried; "" when it is


@dataclass(frozen=True, slots=True)
class Ladder:
    """A model on this computer: its steps, and what is here of each of its builds."""

    rungs: tuple[Rung, ...]
    stocks: dict[str, Stock]  # by the build's key

    @property
    def first(self) -> Rung | None:
        """The first step that this computer can take."""
        return next((one for one in self.rungs if not one.reason), None)

    @property
    def unfit(self) -> str:
        """Why there is none; "" when there is one."""
        return "" if self.first else next((one.reason for one in self.rungs), NO_RUNG)

    @property
    def state(self) -> ModelState:
        """Of what is here."""
        if any(stock.whole for stock in self.stocks.values()):
            return "stored"
        return "partial" if self.stored_bytes else "available"

    @property
    def stored_bytes(self) -> float:
        """Of all builds."""
        return sum(stock.stored for stock in self.stocks.values())


async def _ladder(session: Session, record: ModelRecord, probe: Probe) -> Ladder:
    stocks = {build.key: await session.store.stock(build) for build in record.builds}
    return Ladder(_rungs(session, record, probe), stocks)


def _rungs(session: Session, record: ModelRecord, probe: Probe) -> tuple[Rung, ...]:
    return tuple(
        Rung(engine, build, engine.supports(record, probe))
        for engine in session.engines
        if (build := engine.build(record, probe))
    )


def _info(
    session: Session, record: ModelRecord, ladder: Ladder, room: Room, is_best: bool
) -> ModelInfo:
    rung = ladder.first or next(iter(ladder.rungs), None)
    known = ladder.stocks[rung.build.key].total if rung else 0
    bytes = known or (estimated_bytes(rung.build, record.parameters) if rung else 0)
    lacks_room = room_lack(bytes, room) if ladder.state == "available" else ""
    return ModelInfo(
        id=record.id,
        name=record.name,
        parameters=record.parameters,
        license=record.license,
        page_url=session.store.hub.page_url(record.page_repository),
        context_window=record.context_window,
        reasoning=record.reasoning,
        origin=record.origin,
        embedded=record.embedded,
        loaded=session.cache.loaded(record.id),
        state=ladder.state,
        builds=[_build_info(one, ladder.stocks[one.build.key]) for one in ladder.rungs],
        memory_mb=rung.build.memory_mb if rung else 0,
        download_bytes=bytes,
        download_is_estimated=not known,
        stored_bytes=ladder.stored_bytes,
        unfit="" if record.embedded else ladder.unfit or lacks_room,
        recommended=is_best and not lacks_room,
    )


def _build_info(rung: Rung, stock: Stock) -> BuildInfo:
    return BuildInfo(
        engine=rung.engine.id,
        device=rung.engine.device,
        dtype=rung.build.dtype,
        memory_mb=rung.build.memory_mb,
        download_bytes=stock.total,
        stored_bytes=stock.stored,
        reason=rung.reason,
    )


def _found_build(session: Session, found: Found, probe: Probe) -> FoundBuild:
    build = found.candidate.build
    reasons = [lack(build, device, probe) for device in build.devices]
    rungs = _rungs(session, found.record, probe)
    return FoundBuild(
        model=found.record.id,
        engine=rungs[0].engine.id if rungs else "",
        dtype=build.dtype,
        download_bytes=found.candidate.bytes,
        reason=found.candidate.reason or (reasons[0] if all(reasons) else ""),
    )
