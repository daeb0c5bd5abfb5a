"""A file of conversations, read: our own export, or what other apps write.

Which format it is, its content says; a file name says nothing. Our own is checked strictly, and a
file that is wrong anywhere is refused whole (archive_localm.py). What another app wrote follows no
schema that anybody published: there everything that can be understood is taken, and what is not is
counted and named (archive_chatgpt.py, archive_webllm_chat.py).
"""

import time
from dataclasses import dataclass
from typing import Any

from localm import archive_chatgpt, archive_localm, archive_webllm_chat
from localm.archive_parts import Skipped
from localm.errors import UnknownArchive
from localm.json_text import parse
from localm.protocol import ArchiveSource, RestoreResult
from localm.records import Archive

ZIP_BEGINS = "PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds, where it came from, and what was left out of it, a sentence each."""

    archive: Archive
    source: ArchiveSource
    skipped: list[str]


def restore(text: str) -> RestoreResult:
    """What the page gets. Raises BadArchive, NewerArchive, UnknownArchive."""
    reading = read_archive(text)
    return RestoreResult(archive=reading.archive, source=reading.source, skipped=reading.skipped)


def read_archive(text: str, now_ms: float | None = None) -> Reading:
    """The conversations in a file's text.

    `now_ms` is the time given to what carries none. Raises BadArchive for our own format with
    something wrong in it, NewerArchive for a later version of it, UnknownArchive for anything else.
    """
    data = _parsed(text)
    now = time.time() * 1000 if now_ms is None else now_ms
    if archive_localm.recognises(data):
        return Reading(archive_localm.read(data), "localm", [])
    skipped = Skipped()
    if archive_chatgpt.recognises(data):
        source: ArchiveSource = "chatgpt"
        conversations = archive_chatgpt.read(data, now, skipped)
    elif archive_webllm_chat.recognises(data):
        source = "webllm-chat"
        conversations = archive_webllm_chat.read(data, now, skipped)
    else:
        raise UnknownArchive("JSON, but of no format that is known here")
    if not conversations:
        raise UnknownArchive(
            "no conversation in it", message="This file holds no conversation. Choose another one."
        )
    archive = Archive(
        format="localm",
        version=archive_localm.VERSION,
        exported_ms=now,
        conversations=conversations,
        presets=[],
    )
    return Reading(archive, source, skipped.sentences())


def _parsed(text: str) -> Any:
    if text.startswith(ZIP_BEGINS):
        raise UnknownArchive(
            "a ZIP file",
            message="This is a ZIP file. Unpack it, and choose conversations.json from it.",
        )
    try:
        return parse(text.removeprefix("\ufeff"))
    except ValueError as error:
        raise UnknownArchive(f"not JSON: {error}") from error
