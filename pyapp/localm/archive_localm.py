"""Our own export, version 1: docs/export-format.md. It is read strictly, all or nothing.

What a reader would have to guess is an error that names its place. A field that is not known is
one too: it would be lost without a word.
"""

from typing import Any, cast

from localm.chat_input import checked_options
from localm.errors import BadArchive, BadMessage, NewerArchive
from localm.records import Archive, ArchivedConversation, ConversationRecord, MessageRecord, Preset
from localm.shapes import MAX_NUMBER, Misfit, check

FORMAT = "localm"
VERSION = 1
MAX_TIME_MS = 8.64e15  # JavaScript's last moment
MAX_SHOWN = 40


def recognises(data: Any) -> bool:
    """Whether a parsed file says that it is ours."""
    return isinstance(data, dict) and data.get("format") == FORMAT


def read(data: Any) -> Archive:
    """The archive, checked. Raises BadArchive with the place, NewerArchive."""
    _check_version(data.get("version"))
    try:
        _check_top(data)
    except Misfit as misfit:
        raise _broken("", misfit) from misfit
    ids, messages = set[str](), set[str]()
    conversations = [
        _conversation(item, number, ids, messages)
        for number, item in enumerate(data["conversations"], 1)
    ]
    return cast(Archive, data | {"conversations": conversations})


def _check_version(version: Any) -> None:
    is_number = isinstance(version, int) and not isinstance(version, bool)
    if not is_number or version < 1:
        raise _broken("", Misfit("version", "must be a whole number above 0"))
    if version > VERSION:
        raise NewerArchive(f"version {version}; this app reads up to {VERSION}")


def _check_top(data: dict[str, Any]) -> None:
    """Everything but what is inside the conversations."""
    check(_emptied(data, "conversations"), Archive)
    check(data["conversations"], list[object], "conversations")
    _check_time(data["exported_ms"], "exported_ms")
    for number, preset in enumerate(cast(list[Preset], data["presets"])):
        if not preset["name"].strip():
            raise Misfit(f"presets[{number}].name", "must not be empty")


def _emptied(item: Any, key: str) -> Any:
    """The object without what is in that list: it is checked part by part, to name the place."""
    return item | {key: []} if isinstance(item, dict) and key in item else item


def _conversation(
    item: Any, number: int, ids: set[str], all_messages: set[str]
) -> ArchivedConversation:
    place = f"conversation {number}{_quoted_title(item)}"
    try:
        check(_emptied(item, "messages"), ArchivedConversation)
        check(item["messages"], list[object], "messages")
        record = cast(ConversationRecord, item["conversation"])
        _check_record(record, ids)
    except Misfit as misfit:
        raise _broken(place, misfit) from misfit
    messages = _messages(item["messages"], place, all_messages)
    leaf = record["leaf"]
    if leaf not in {one["id"] for one in messages} and (leaf or messages):
        raise _broken(place, Misfit("leaf", "must be the id of one of its messages"))
    return ArchivedConversation(conversation=record, messages=messages)


def _check_record(record: ConversationRecord, ids: set[str]) -> None:
    if not record["id"]:
        raise Misfit("id", "must not be empty")
    if record["id"] in ids:
        raise Misfit("id", "is the id of another conversation too")
    ids.add(record["id"])
    for key in ("created_ms", "updated_ms"):
        _check_time(record[key], key)
    try:
        checked_options(record["options"])
    except BadMessage as error:
        raise Misfit("options:", error.detail) from error


def _messages(items: list[Any], place: str, all_ids: set[str]) -> list[MessageRecord]:
    """The messages, each after the one that it follows: so none can follow itself."""
    earlier = {""}
    for number, item in enumerate(items, 1):
        try:
            _check_message(item, earlier, all_ids)
        except Misfit as misfit:
            raise _broken(f"{place}, message {number}", misfit) from misfit
        earlier.add(item["id"])
        all_ids.add(item["id"])
    return [_at_rest(item) for item in items]


def _check_message(item: Any, earlier: set[str], all_ids: set[str]) -> None:
    check(item, MessageRecord)
    if not item["id"]:
        raise Misfit("id", "must not be empty")
    if item["id"] in all_ids:
        raise Misfit("id", "is the id of an earlier message too")
    if item["parent"] not in earlier:
        raise Misfit("parent", "must be empty or the id of an earlier message")
    _check_time(item["created_ms"], "created_ms")


def _at_rest(message: MessageRecord) -> MessageRecord:
    """No tab writes on at an answer that was under way when it was exported."""
    if message["state"] != "streaming":
        return message
    return message | {"state": "interrupted"}


def _check_time(value: float, field: str) -> None:
    if not 0 <= value <= min(MAX_TIME_MS, MAX_NUMBER):
        raise Misfit(field, "must be milliseconds since 1970")


def _quoted_title(item: Any) -> str:
    try:
        title = item["conversation"]["title"]
    except (KeyError, TypeError, IndexError):
        return ""
    return f" (“{title[:MAX_SHOWN]}”)" if isinstance(title, str) and title else ""


def _broken(place: str, misfit: Misfit) -> BadArchive:
    fault = f"{misfit.field or 'it'} {misfit.complaint}"
    where = f"In {place}, {fault}" if place else f"In the file, {fault}"
    return BadArchive(
        f"{place}: {fault}" if place else fault,
        message=f"This export is damaged, and nothing was imported. {where}. "
        "Export it again, or choose another file.",
    )
