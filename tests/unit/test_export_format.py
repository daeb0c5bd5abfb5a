"""docs/export-format.md describes the types as they are."""

import re
from typing import get_args, get_type_hints

import pytest

from localm import archive_localm
from localm.records import (
    Archive,
    ArchivedConversation,
    ArchiveFormat,
    Attachment,
    ChatOptions,
    ChatResult,
    ConversationRecord,
    FinishReason,
    MessageRecord,
    MessageState,
    Preset,
    Role,
    Timings,
    Usage,
)
from tests.unit.archive_data import FORMAT_PAGE, documented

PAGE = FORMAT_PAGE.read_text(encoding="utf-8")
TYPES = [Archive, ArchivedConversation, ConversationRecord, MessageRecord, ChatOptions, ChatResult]


def section(title: str) -> str:
    """What stands under a heading that names a type."""
    found = re.search(rf"^## (?:[^\n]*\b)?{title}\b[^\n]*\n(.*?)(?=^## |\Z)", PAGE, re.S | re.M)
    assert found, title
    return found[1]


@pytest.mark.parametrize("type", TYPES, ids=lambda type: type.__name__)
def test_each_field_has_its_line_in_order(type: type) -> None:
    lines = re.findall(r"^\| `(\w+)` \|", section(type.__name__), re.M)
    assert lines == list(get_type_hints(type))


@pytest.mark.parametrize("type", [Attachment, Preset])
def test_small_ones_share_a_table(type: type) -> None:
    lines = re.findall(r"^\| `(\w+)` \|", section(type.__name__), re.M)
    assert lines == list(get_type_hints(type))


def test_figures_are_all_named() -> None:
    for key in [*get_type_hints(Usage), *get_type_hints(Timings)]:
        assert f"`{key}`" in section("ChatResult")


@pytest.mark.parametrize(
    ("closed", "title"),
    [
        (ArchiveFormat, "Archive"),
        (Role, "MessageRecord"),
        (MessageState, "MessageRecord"),
        (FinishReason, "ChatResult"),
    ],
)
def test_every_word_of_a_closed_set_is_named(closed: object, title: str) -> None:
    for word in get_args(closed):
        assert f'`"{word}"`' in section(title)


def test_example_is_of_the_version_that_is_written() -> None:
    assert documented()["version"] == archive_localm.VERSION
    assert f"version {archive_localm.VERSION}" in PAGE
