"""Our own export comes back as it was written, and a damaged one changes nothing."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from localm.archive import read_archive
from localm.errors import BadArchive, NewerArchive, UnknownArchive
from tests.unit.archive_data import documented

TEXTS = [
    "",
    "  spaces\t\r\n at both ends \n",
    "\0 NUL, \x07 bell, \u2028 separator, \ufeff mark",
    "مرحبا بالعالم · שלום",
    "👨\u200d👩\u200d👧 and 🏳️\u200d🌈",
    "half a pair: \ud800 and \udc00",
    '"\\/ </script> `~~~`',
]

Edit = Callable[[Any], None]


def set_at(*way: Any, to: Any) -> Edit:
    """Put a value into the file; `way` are keys and numbers."""

    def edit(archive: Any) -> None:
        for key in way[:-1]:
            archive = archive[key]
        archive[way[-1]] = to

    return edit


def drop(*way: Any) -> Edit:
    """Take a field out of the file."""

    def edit(archive: Any) -> None:
        for key in way[:-1]:
            archive = archive[key]
        del archive[way[-1]]

    return edit


CONVERSATION = ("conversations", 0, "conversation")
FIRST, SECOND = ("conversations", 0, "messages", 0), ("conversations", 0, "messages", 1)
IN_CONVERSATION = "In conversation 1 (“How high are the tides?”)"

BROKEN: list[tuple[Edit, str]] = [
    (drop("conversations"), "In the file, conversations is missing"),
    (set_at("conversations", to={}), "In the file, conversations must be a list"),
    (set_at("version", to="1"), "In the file, version must be a whole number above 0"),
    (set_at("version", to=True), "In the file, version must be a whole number above 0"),
    (set_at("version", to=0), "In the file, version must be a whole number above 0"),
    (set_at("exported_ms", to=-1), "In the file, exported_ms must be milliseconds since 1970"),
    (set_at("more", to=1), "In the file, more is not known"),
    (set_at("presets", 0, "name", to=" "), "In the file, presets[0].name must not be empty"),
    (set_at("presets", 0, "text", to=None), "In the file, presets[0].text must be a text"),
    (set_at("conversations", 0, to=[]), "In conversation 1, it must be an object"),
    (set_at(*CONVERSATION, "id", to=""), f"{IN_CONVERSATION}, id must not be empty"),
    (
        set_at(*CONVERSATION, "pinned", to=1),
        f"{IN_CONVERSATION}, conversation.pinned must be true or false",
    ),
    (
        set_at(*CONVERSATION, "title", to=7),
        "In conversation 1, conversation.title must be a text",
    ),
    (
        set_at(*CONVERSATION, "created_ms", to=float("nan")),
        f"{IN_CONVERSATION}, conversation.created_ms must be a number",
    ),
    (
        set_at(*CONVERSATION, "created_ms", to=float("inf")),
        f"{IN_CONVERSATION}, conversation.created_ms must be a number",
    ),
    (
        set_at(*CONVERSATION, "updated_ms", to=8.7e15),
        f"{IN_CONVERSATION}, updated_ms must be milliseconds since 1970",
    ),
    (
        set_at(*CONVERSATION, "options", "temperature", to=9),
        f"{IN_CONVERSATION}, options: temperature must be a number from 0 to 2",
    ),
    (
        set_at(*CONVERSATION, "leaf", to="m9"),
        f"{IN_CONVERSATION}, leaf must be the id of one of its messages",
    ),
    (
        set_at(*CONVERSATION, "leaf", to=""),
        f"{IN_CONVERSATION}, leaf must be the id of one of its messages",
    ),
    (drop(*SECOND, "role"), f"{IN_CONVERSATION}, message 2, role is missing"),
    (
        set_at(*SECOND, "role", to="tool"),
        f"{IN_CONVERSATION}, message 2, role must be one of system, user, assistant",
    ),
    (set_at(*SECOND, "id", to=""), f"{IN_CONVERSATION}, message 2, id must not be empty"),
    (
        set_at(*SECOND, "id", to="m1"),
        f"{IN_CONVERSATION}, message 2, id is the id of an earlier message too",
    ),
    (
        set_at(*SECOND, "parent", to="m2"),  # a circle of one
        f"{IN_CONVERSATION}, message 2, parent must be empty or the id of an earlier message",
    ),
    (
        set_at(*FIRST, "parent", to="m3"),  # a circle of two
        f"{IN_CONVERSATION}, message 1, parent must be empty or the id of an earlier message",
    ),
    (
        set_at(*FIRST, "attachments", 0, "text", to=None),
        f"{IN_CONVERSATION}, message 1, attachments[0].text must be a text",
    ),
    (
        set_at(*SECOND, "result", "usage", "total_tokens", to=1.5),
        f"{IN_CONVERSATION}, message 2, result.usage.total_tokens must be a whole number",
    ),
    (
        set_at(*SECOND, "result", "usage", "total_tokens", to=10**400),
        f"{IN_CONVERSATION}, message 2, result.usage.total_tokens must be a whole number",
    ),
    (
        set_at(*SECOND, "result", "device", to="npu"),
        f"{IN_CONVERSATION}, message 2, result.device must be one of webgpu, wasm",
    ),
    (
        set_at(*SECOND, "created_ms", to=-5),
        f"{IN_CONVERSATION}, message 2, created_ms must be milliseconds since 1970",
    ),
]


def test_example_of_the_documentation_comes_back_as_it_is() -> None:
    reading = read_archive(json.dumps(documented()))
    assert reading.archive == documented()
    assert (reading.source, reading.skipped) == ("localm", [])


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ascii", [True, False])
def test_every_text_comes_back_exactly(text: str, ascii: bool) -> None:
    archive = documented()
    record = archive["conversations"][0]["conversation"]
    message = archive["conversations"][0]["messages"][0]
    record["title"] = record["system"] = message["content"] = text
    message["attachments"] = [{"name": text, "text": text}]
    assert read_archive(json.dumps(archive, ensure_ascii=ascii)).archive == archive


def test_a_byte_order_mark_before_the_file_does_not_matter() -> None:
    assert read_archive("\ufeff" + json.dumps(documented())).archive == documented()


def test_an_archive_without_conversations_is_one() -> None:
    archive = documented() | {"conversations": []}
    assert read_archive(json.dumps(archive)).archive["conversations"] == []


def test_a_conversation_without_messages_has_no_leaf() -> None:
    archive = documented()
    archive["conversations"][0]["messages"] = []
    archive["conversations"][0]["conversation"]["leaf"] = ""
    assert read_archive(json.dumps(archive)).archive == archive


def test_an_answer_that_was_under_way_is_interrupted_and_keeps_its_text() -> None:
    archive = documented()
    archive["conversations"][0]["messages"][2]["state"] = "streaming"
    assert read_archive(json.dumps(archive)).archive == documented()


@pytest.mark.parametrize(("edit", "sentence"), BROKEN)
def test_a_damaged_file_is_refused_and_its_place_named(edit: Edit, sentence: str) -> None:
    archive = deepcopy(documented())
    edit(archive)
    with pytest.raises(BadArchive) as caught:
        read_archive(json.dumps(archive))
    assert caught.value.code == "bad-archive"
    assert caught.value.message == (
        f"This export is damaged, and nothing was imported. {sentence}. "
        "Export it again, or choose another file."
    )


def test_the_same_conversation_twice_is_refused() -> None:
    archive = documented()
    archive["conversations"] *= 2
    with pytest.raises(BadArchive, match=r"In conversation 2 .* id is the id of another"):
        read_archive(json.dumps(archive))


def test_one_message_in_two_conversations_is_refused() -> None:
    archive = documented()
    archive["conversations"].append(deepcopy(archive["conversations"][0]))
    archive["conversations"][1]["conversation"]["id"] = "another"
    with pytest.raises(BadArchive, match="message 1, id is the id of an earlier message too"):
        read_archive(json.dumps(archive))


@pytest.mark.parametrize("version", [2, 3, 10**30])
def test_a_newer_version_says_so_whatever_else_is_in_it(version: int) -> None:
    text = json.dumps({"format": "localm", "version": version, "chats": "of another shape"})
    with pytest.raises(NewerArchive, match="newer version") as caught:
        read_archive(text)
    assert caught.value.code == "newer-archive"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "not JSON",
        "<!doctype html>",
        "null",
        "7",
        '"text"',
        "[]",
        "{}",
        "[1, 2]",
        '{"format": "other", "version": 1}',
        '{"format": ["localm"]}',
        "[" * 200_000,
        '{"a":' * 200_000,
        "1" * 5000,
        "\ud800",
    ],
)
def test_any_other_file_is_told_from_ours(text: str) -> None:
    with pytest.raises(UnknownArchive) as caught:
        read_archive(text)
    assert caught.value.code == "unknown-archive"
    assert "Choose an export of localm" in caught.value.message


def test_a_zip_file_is_to_be_unpacked_first() -> None:
    with pytest.raises(UnknownArchive, match=r"ZIP file\. Unpack it"):
        read_archive("PK\x03\x04\ufffd\0")
