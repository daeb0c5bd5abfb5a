"""The border to JavaScript: the only module that imports `js` and `pyodide.ffi`.

What must not cross it is kept on the other side (`web/bridge/`): a promise rejected with something
that is not an Error hangs the Python `await` for ever, so every bridge function rejects with Errors
alone; and a promise that came through Python and back crashes the runtime, so none does.
"""

import gc
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import js
import pyodide_js
from pyodide.ffi import JsException, create_proxy

from localm.engines.contract import CancelToken, Completion, CompletionRequest
from localm.errors import Cancelled
from localm.js_errors import Stage, from_js

_importers: list[Callable[[str], Awaitable[Any]]] = []


def use_importer(js_import: Callable[[str], Awaitable[Any]]) -> None:
    """Hand in JavaScript's `import()`: it is syntax there, so it cannot be called from here."""
    _importers[:] = [js_import]


async def import_module(url: str) -> Any:
    """The JavaScript module at the URL. Raises JsException."""
    return await _importers[0](url)


def js_error_of(error: JsException) -> tuple[str, str]:
    """Name and message of a JavaScript error, as `localm.js_errors.from_js` wants them."""
    return str(error.name), str(error.message)


@contextmanager
def mapped_errors(stage: Stage, cancel: CancelToken | None = None) -> Iterator[None]:
    """What JavaScript throws leaves as one of ours; as Cancelled when that is why it threw."""
    try:
        yield
    except JsException as error:
        # Python's garbage collector does not look inside a JsException, so a traceback in it, whose
        # frames hold it again, would keep all of this load or answer alive for ever.
        error.__traceback__ = None
        if cancel is not None and cancel.requested:
            raise Cancelled from error
        raise from_js(*js_error_of(error), stage) from error


@contextmanager
def callback(function: Callable[..., Any]) -> Iterator[Any]:
    """A Python function that JavaScript may keep for as long as the block runs."""
    js_function = create_proxy(function)
    try:
        yield js_function
    finally:
        js_function.destroy()


def abort_controller(cancel: CancelToken) -> Any:
    """A JavaScript AbortController that is raised when the token is."""
    js_controller = js.AbortController.new()
    cancel.when_requested(js_controller.abort)
    return js_controller


def request_json(request: CompletionRequest) -> str:
    """The request as the bridge takes it: text crosses the border without a proxy."""
    given = {one.name: getattr(request, one.name) for one in fields(request)}
    del given["cancel"]
    return json.dumps(given)


def completion(text: str) -> Completion:
    """How an answer ended, as the bridge tells it."""
    return Completion(**json.loads(text))


def has_function(js_object: Any, name: str) -> bool:
    """Whether the object has a method of this name: the building stone of a shape test."""
    return callable(getattr(js_object, name, None))


def post_message(text: str) -> None:
    """Send a text to the page."""
    js.postMessage(text)


def live_proxies() -> int:
    """How many JavaScript objects Python holds, its own proxies in JavaScript's hands included."""
    gc.collect()
    return int(pyodide_js._module._hiwire_num_refs())


class ConsoleHandler(logging.Handler):
    """One console line per event."""

    def emit(self, record: logging.LogRecord) -> None:
        """Warnings and worse stand out in the console; the rest is information."""
        line = f"localm: {self.format(record)}"
        if record.levelno >= logging.WARNING:
            js.console.warn(line)
        else:
            js.console.info(line)
