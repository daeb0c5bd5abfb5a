"""Text to message and back. What the page sends is checked strictly, once, here.

JSON escapes everything outside ASCII on the way out, so that any text survives: NUL, halves of a
surrogate pair, the separators that JavaScript once did not allow in a string.
"""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any, NoReturn, get_args

from localm.errors import BadMessage
from localm.protocol import (
    PROTOCOL_VERSION,
    Cancel,
    Chat,
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
from localm.records import ChatMessage, ChatOptions, Role

MAX_SEED = 2**53 - 1  # the integers that JavaScript's numbers hold exactly
MAX_COUNT = 2**31 - 1
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # json.loads has joined the pairs


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


class Fields:
    """The keys of one object, taken out one by one; what is left at the end is unknown."""

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise BadMessage(f"expected an object, got {type(data).__name__}")
        self._data: dict[str, Any] = dict(data)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def take(self, key: str) -> Any:
        """Any value."""
        if key not in self._data:
            raise BadMessage(f"{key} is missing")
        return self._data.pop(key)

    def text(self, key: str) -> str:
        """A string, possibly empty."""
        value = self.take(key)
        if not isinstance(value, str):
            raise BadMessage(f"{key} must be a string")
        return value

    def name(self, key: str) -> str:
        """A string that is not empty."""
        value = self.text(key)
        if not value:
            raise BadMessage(f"{key} must not be empty")
        return value

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number from low to high."""
        value = self.take(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise BadMessage(f"{key} must be a whole number from {low} to {high}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """A number from low to high."""
        value = self.take(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise BadMessage(f"{key} must be a number")
        if not low <= value <= high:
            raise BadMessage(f"{key} must be from {low} to {high}")
        return value

    def items(self, key: str) -> list[Any]:
        """A list."""
        value = self.take(key)
        if not isinstance(value, list):
            raise BadMessage(f"{key} must be a list")
        return value

    def clear(self) -> None:
        """Whatever is left does not matter."""
        self._data.clear()

    def end(self) -> None:
        """Nothing else may be there."""
        if self._data:
            raise BadMessage(f"unknown: {', '.join(sorted(self._data))}")


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


def checked_messages(items: list[Any]) -> list[ChatMessage]:
    """A conversation that ends with something said by the user. Raises BadMessage."""
    messages = [_chat_message(Fields(item)) for item in items]
    if any(message["role"] == "system" for message in messages[1:]):
        raise BadMessage("a system message must be the first one")
    if not messages or messages[-1]["role"] != "user":
        raise BadMessage("the last message must be the user's")
    if not messages[-1]["content"].strip():
        raise BadMessage("the last message is blank", message="Write a message first.")
    return messages


def checked_options(data: Any) -> ChatOptions:
    """How to sample, each number in its range. Raises BadMessage."""
    given = Fields(data)
    options: ChatOptions = {}
    if "temperature" in given:
        options["temperature"] = given.number("temperature", 0, 2)
    if "top_p" in given:
        options["top_p"] = given.number("top_p", 0, 1)
    if options.get("top_p") == 0:
        raise BadMessage("top_p must be above 0")
    if "max_tokens" in given:
        options["max_tokens"] = given.integer("max_tokens", 1, MAX_COUNT)
    if "seed" in given:
        options["seed"] = given.integer("seed", -MAX_SEED, MAX_SEED)
    given.end()
    return options


def _chat_message(data: Fields) -> ChatMessage:
    role, content = data.text("role"), data.text("content")
    data.end()
    # WebLLM's tokenizer takes half a pair for a whole one, and swallows the character after it.
    content = LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", content)
    for known in get_args(Role):
        if role == known:
            return ChatMessage(role=known, content=content)
    raise BadMessage(f"unknown role {role!r}")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
