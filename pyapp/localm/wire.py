"""Text to message and back. What the page sends is checked strictly, once, here.

JSON escapes everything outside ASCII on the way out, so that any text survives: NUL, halves of a
surrogate pair, the separators that JavaScript once did not allow in a string.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any, NoReturn

from localm.chat_input import checked_attachments, checked_messages, checked_options, checked_turns
from localm.errors import BadMessage
from localm.fields import MAX_COUNT, MAX_SEED, Fields
from localm.protocol import (
    PROTOCOL_VERSION,
    Cancel,
    Chat,
    Count,
    Download,
    Evict,
    Find,
    Hello,
    Hub,
    Import,
    ImportFile,
    Load,
    Models,
    PageMessage,
    Restore,
    Verify,
    WorkerMessage,
)


def to_json(message: WorkerMessage) -> str:
    """The message as the page reads it. Raises ValueError for a number that JSON does not have."""
    values = {field.name: getattr(message, field.name) for field in fields(message)}
    return json.dumps({"type": type(message).__name__.lower(), **values}, allow_nan=False)


def parse_page_message(text: str) -> PageMessage:
    """The message in a text. Raises BadMessage, with the request's id where it can be read."""
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadMessage(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise BadMessage("a message is an object")
    id = data.get("id")
    try:
        return _message(Fields(data))
    except BadMessage as error:
        error.id = id if isinstance(id, str) else ""
        raise


def _hello(data: Fields) -> Hello:
    version = data.integer("version", 0, MAX_COUNT)
    # Of another version nothing else is read: it only must be told apart.
    if version != PROTOCOL_VERSION:
        data.clear()
        return Hello(version, "")
    return Hello(version, data.text("hub"))


def _load(data: Fields) -> Load:
    return Load(data.name("id"), data.name("model"))


def _chat(data: Fields) -> Chat:
    id, model = data.name("id"), data.name("model")
    messages = checked_messages(data.items("messages"))
    return Chat(id, model, messages, checked_options(data.take("options")))


def _count(data: Fields) -> Count:
    id, model = data.name("id"), data.name("model")
    messages = checked_turns(data.items("messages"))
    attachments = checked_attachments(data.items("attachments"))
    return Count(id, model, messages, attachments, checked_options(data.take("options")))


def _cancel(data: Fields) -> Cancel:
    return Cancel(data.name("id"), data.name("target"))


def _models(data: Fields) -> Models:
    return Models(data.name("id"))


def _evict(data: Fields) -> Evict:
    return Evict(data.name("id"), data.name("model"))


def _hub(data: Fields) -> Hub:
    return Hub(data.name("id"), data.text("address"))


def _find(data: Fields) -> Find:
    return Find(data.name("id"), data.text("text"))


def _download(data: Fields) -> Download:
    return Download(data.name("id"), data.name("model"))


def _verify(data: Fields) -> Verify:
    return Verify(data.name("id"), data.name("model"))


def _import(data: Fields) -> Import:
    id, name, ticket = data.name("id"), data.name("name"), data.name("ticket")
    return Import(id, name, ticket, [_import_file(one) for one in data.items("files")])


def _import_file(item: Any) -> ImportFile:
    data = Fields(item)
    file = ImportFile(path=data.name("path"), bytes=data.integer("bytes", 0, MAX_SEED))
    data.end()
    return file


def _restore(data: Fields) -> Restore:
    return Restore(data.name("id"), data.text("text"))


READERS: dict[str, Callable[[Fields], PageMessage]] = {
    "hello": _hello,
    "load": _load,
    "chat": _chat,
    "count": _count,
    "cancel": _cancel,
    "models": _models,
    "evict": _evict,
    "hub": _hub,
    "find": _find,
    "download": _download,
    "verify": _verify,
    "import": _import,
    "restore": _restore,
}


def _message(data: Fields) -> PageMessage:
    type = data.text("type")
    if type not in READERS:
        raise BadMessage(f"unknown type {type!r}")
    message = READERS[type](data)
    data.end()
    return message


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
