"""The worker's door: JSON text in, JSON text out, one task per request.

Every id ends in exactly one `done` or `error`; what nobody foresaw ends here too, as `internal`.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from localm import archive, counting, models
from localm.catalog import ModelRecord
from localm.chat import run_prompt
from localm.engines.contract import CancelToken, Engine
from localm.errors import BadHub, BadMessage, InternalError, LocalmError, VersionMismatch
from localm.model_store import ModelStore
from localm.probe import Probe
from localm.protocol import (
    PROTOCOL_VERSION,
    Cancel,
    CancelResult,
    Chat,
    Count,
    Done,
    Download,
    Error,
    Evict,
    Find,
    Hello,
    Hub,
    Import,
    Load,
    Models,
    PageMessage,
    Ready,
    Restore,
    Result,
    Verify,
    WorkerMessage,
)
from localm.session import Session
from localm.wire import parse_page_message, to_json

log = logging.getLogger("localm")

Request = Load | Chat | Count | Evict | Models | Hub | Find | Download | Verify | Import | Restore


@dataclass(eq=False, slots=True)
class UnderWay:
    """A request that has not ended. Its task is kept here, or the loop might lose it."""

    cancel: CancelToken = field(default_factory=CancelToken)
    task: asyncio.Task[None] | None = None


class Worker:
    """Answers the page. `post` takes JSON text; `session` is shared with the Python API."""

    def __init__(
        self,
        engines: Sequence[Engine],
        records: Sequence[ModelRecord],
        look: Callable[[], Awaitable[Probe]],
        post: Callable[[str], None],
        store: ModelStore,
    ) -> None:
        self.session = Session(engines, records, look, store)
        self._post_text = post
        self._under_way: dict[str, UnderWay] = {}
        self._greeted = False

    def handle(self, text: str) -> None:
        """Take one message. Never raises; must be called from a running event loop."""
        id = ""
        try:
            message = parse_page_message(text)
            id = "" if isinstance(message, Hello) or message.id in self._under_way else message.id
            self._dispatch(message)
        except BadMessage as error:
            self._post(_error_message("" if error.id in self._under_way else error.id, error))
        except Exception as error:
            self._post(_error_message(id, _known(error)))

    def _dispatch(self, message: PageMessage) -> None:
        match message:
            case Hello():
                self._greet(message)
            case _ if not self._greeted:
                raise VersionMismatch("the first message must be a hello")
            case _ if message.id in self._under_way:
                raise BadMessage(f"the id {message.id!r} is already under way")
            case Cancel():
                self._post(Done(message.id, self._cancel(message.target)))
            case _:
                self._start(message)

    def _greet(self, hello: Hello) -> None:
        self._greeted = hello.version == PROTOCOL_VERSION
        if not self._greeted:
            raise VersionMismatch(f"page {hello.version}, worker {PROTOCOL_VERSION}")
        self._choose_hub(hello.hub)
        engines = list(dict.fromkeys(engine.id for engine in self.session.engines))
        self._post(Ready(PROTOCOL_VERSION, engines, self.session.probe_info()))

    def _choose_hub(self, address: str) -> None:
        """An address that was kept by another version may not pass: the site's default serves."""
        try:
            self.session.store.choose_hub(address)
        except BadHub:
            log.warning("hub address refused: %s", address[:200])

    def _cancel(self, target: str) -> CancelResult:
        request = self._under_way.get(target)
        if request is not None:
            request.cancel.request()
        return CancelResult(cancelled=request is not None)

    def _start(self, message: Request) -> None:
        request = self._under_way[message.id] = UnderWay()
        request.task = asyncio.create_task(self._serve(message, request.cancel))

    async def _serve(self, message: Request, cancel: CancelToken) -> None:
        end: Done | Error
        try:
            end = Done(message.id, await self._result(message, cancel))
        except Exception as error:  # the one catch-all: whatever it is, the page must hear of it
            end = _error_message(message.id, _known(error))
        del self._under_way[message.id]
        self._post(end)

    async def _result(self, message: Request, cancel: CancelToken) -> Result:
        match message:
            case Chat():
                return await run_prompt(self.session, message, self._post, cancel)
            case Count():
                return await counting.count(self.session, message)
            case Load():
                return await self.session.load(message, self._post, cancel)
            case Evict():
                return await self.session.evict(message, cancel)
            case Models():
                return await models.list_models(self.session)
            case Hub():
                return await models.use_hub(self.session, message, cancel)
            case Find():
                return await models.look_up(self.session, message, cancel)
            case Download():
                return await models.download(self.session, message, self._post, cancel)
            case Verify():
                return await models.verify(self.session, message, self._post, cancel)
            case Import():
                return await models.take_folder(self.session, message, self._post, cancel)
            case Restore():
                return archive.restore(message.text)

    def _post(self, message: WorkerMessage) -> None:
        self._post_text(to_json(message))


def _known(error: Exception) -> LocalmError:
    """The error itself, or InternalError for one that is a defect: logged, with its last lines."""
    if isinstance(error, LocalmError):
        return error
    lines = traceback.format_exception(error)[-3:]
    log.error("internal error=%s: %s", type(error).__name__, " ".join(str(error).split()))
    return InternalError("".join(lines).strip())


def _error_message(id: str, error: LocalmError) -> Error:
    return Error(id, error.code, error.message, error.detail, error.offer)
