"""What the readers of other apps' files share: values of any kind, and what was left out."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from localm.records import ArchivedConversation, ConversationRecord, MessageRecord, Role

# Reason -> the sentence for one, and for more.
REASONS = {
    "tool": (
        "1 message to or from a tool was left out.",
        "{} messages to or from tools were left out.",
    ),
    "system": (
        "1 instruction of the other app was left out.",
        "{} instructions of the other app were left out.",
    ),
    "thinking": (
        "1 note of the model’s thinking was left out.",
        "{} notes of the model’s thinking were left out.",
    ),
    "unreadable": (
        "1 message could not be read and was left out.",
        "{} messages could not be read and were left out.",
    ),
    "media": (
        "1 picture, recording or file is only named: it is not in the export.",
        "{} pictures, recordings or files are only named: they are not in the export.",
    ),
    "conversation": (
        "1 conversation without a message was left out.",
        "{} conversations without a message were left out.",
    ),
}
MAX_TITLE_LENGTH = 200
MAX_MADE_TITLE_LENGTH = 60
MAX_TIME_MS = 8.64e15  # JavaScript's last moment


class Skipped:
    """How many of what was left out, and why."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, reason: str, count: int = 1) -> None:
        """One of REASONS."""
        self._counts[reason] += count

    def sentences(self) -> list[str]:
        """One for each reason that there was."""
        counted = ((self._counts[reason], words) for reason, words in REASONS.items())
        return [one if n == 1 else more.format(n) for n, (one, more) in counted if n > 0]


def all_read(
    items: Iterable[Any],
    read: Callable[[dict[str, Any]], ArchivedConversation | None],
    skipped: Skipped,
) -> list[ArchivedConversation]:
    """What `read` makes of each item that is something to it; of two with one id the first."""
    found: dict[str, ArchivedConversation] = {}
    for item in items:
        one = read(as_dict(item))
        if one is None:
            skipped.add("conversation")
        else:
            found.setdefault(one["conversation"]["id"], one)
    return list(found.values())


def as_text(value: Any) -> str:
    """The value, when it is a text."""
    return value if isinstance(value, str) else ""


def as_dict(value: Any) -> dict[str, Any]:
    """The value, when it is an object."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The value, when it is a list."""
    return value if isinstance(value, list) else []


def as_ms(value: Any, unit_ms: float = 1) -> float:
    """A moment in milliseconds since 1970; 0 for what is none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return 0
    # False for NaN, and for what is too large to become a float.
    return value * unit_ms if 0 < value <= MAX_TIME_MS / unit_ms else 0


def stable_id(source: str, *parts: str) -> str:
    """The same id for the same conversation, so that a second import of it can be told."""
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return f"{source}-{hashlib.sha256(text).hexdigest()[:24]}"


def message_id(conversation: str, number: int) -> str:
    """Ids that sort as the messages do: what has the same time is kept in this order."""
    return f"{conversation}-{number:06d}"


def message(
    id: str, parent: str, role: Role, content: str, created_ms: float, author: str = ""
) -> MessageRecord:
    """A message as other apps have it: complete, without attachments or figures."""
    return MessageRecord(
        id=id,
        parent=parent,
        role=role,
        content=content,
        attachments=[],
        created_ms=created_ms,
        state="complete",
        author=author,
        result=None,
    )


def conversation(
    id: str, title: str, messages: list[MessageRecord], leaf: str, times_ms: tuple[float, float]
) -> ArchivedConversation:
    """A conversation around its messages, of which there is at least one."""
    created_ms, updated_ms = times_ms
    given = " ".join(title.split())[:MAX_TITLE_LENGTH]
    record = ConversationRecord(
        id=id,
        title=given or _made_title(messages),
        title_is_edited=bool(given),
        created_ms=created_ms,
        updated_ms=max(created_ms, updated_ms),
        pinned=False,
        leaf=leaf,
        model="",
        system="",
        options={},
    )
    return ArchivedConversation(conversation=record, messages=messages)


def _made_title(messages: list[MessageRecord]) -> str:
    prompts = (one["content"] for one in messages if one["role"] == "user")
    first = next(prompts, messages[0]["content"])
    return " ".join(first.split())[:MAX_MADE_TITLE_LENGTH]
