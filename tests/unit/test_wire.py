"""What the page sends is checked strictly; what the worker sends survives."""

import json
from typing import Any

import pytest

from localm.errors import BadMessage
from localm.protocol import (
    Cancel,
    Chat,
    Chunk,
    Count,
    Done,
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
    Progress,
    Restore,
    Verify,
)
from localm.records import Attachment
from localm.wire import parse_page_message, to_json

HI = {"role": "user", "content": "Hi"}
CHAT: dict[str, Any] = {
    "type": "chat",
    "id": "1",
    "model": "guide",
    "messages": [HI],
    "options": {},
}

COUNT = CHAT | {"type": "count", "attachments": []}
CSV: Attachment = {"name": "a.csv", "text": "1,2"}
FILE: ImportFile = {"path": "a/b.json", "bytes": 3}

GOOD: list[tuple[dict[str, Any], PageMessage]] = [
    ({"type": "hello", "version": 3, "hub": "https://hub.test"}, Hello(3, "https://hub.test")),
    # Of another version only the number is read.
    ({"type": "hello", "version": 1, "more": 1}, Hello(1, "")),
    ({"type": "load", "id": "1", "model": "guide"}, Load("1", "guide")),
    ({"type": "cancel", "id": "2", "target": "1"}, Cancel("2", "1")),
    ({"type": "models", "id": "3"}, Models("3")),
    ({"type": "evict", "id": "4", "model": "guide"}, Evict("4", "guide")),
    ({"type": "hub", "id": "5", "address": ""}, Hub("5", "")),
    ({"type": "find", "id": "6", "text": "org/name"}, Find("6", "org/name")),
    ({"type": "download", "id": "7", "model": "m"}, Download("7", "m")),
    ({"type": "verify", "id": "8", "model": "m"}, Verify("8", "m")),
    (
        {"type": "import", "id": "9", "name": "n", "ticket": "t", "files": [FILE]},
        Import("9", "n", "t", [FILE]),
    ),
    ({"type": "restore", "id": "10", "text": ""}, Restore("10", "")),
    (CHAT, Chat("1", "guide", [{"role": "user", "content": "Hi"}], {})),
    (COUNT, Count("1", "guide", [{"role": "user", "content": "Hi"}], [], {})),
    # While somebody writes: nothing yet, a blank prompt, an answer that was the last word.
    (COUNT | {"messages": [], "attachments": [CSV]}, Count("1", "guide", [], [CSV], {})),
    (
        COUNT | {"messages": [{"role": "assistant", "content": ""}]},
        Count("1", "guide", [{"role": "assistant", "content": ""}], [], {}),
    ),
    # Files say something without a word beside them.
    (
        CHAT | {"messages": [{"role": "user", "content": "", "attachments": [CSV]}]},
        Chat("1", "guide", [{"role": "user", "content": "", "attachments": [CSV]}], {}),
    ),
    (
        CHAT | {"messages": [HI | {"attachments": []}]},
        Chat("1", "guide", [{"role": "user", "content": "Hi"}], {}),
    ),
]


@pytest.mark.parametrize(("data", "message"), GOOD)
def test_good_message_is_read(data: dict[str, Any], message: PageMessage) -> None:
    assert parse_page_message(json.dumps(data)) == message


@pytest.mark.parametrize(
    "options",
    [
        {"temperature": 0},
        {"temperature": 2.0},
        {"top_p": 1},
        {"top_p": 0.01},
        {"max_tokens": 1},
        {"seed": 0},
        {"seed": -1},
        {"seed": 2**53 - 1},
        {"temperature": 0.5, "top_p": 0.5, "max_tokens": 5, "seed": 5},
        {"top_k": 1},
        {"stop": []},
        {"stop": ["\n", "b"]},
        {"presence_penalty": -2, "frequency_penalty": 2.0},
        {"reasoning": True},
        {"reasoning": False},
        {"response_format": {"type": "json_object", "schema": ""}},
        {"response_format": {"type": "json_schema", "schema": "not looked at here"}},
    ],
)
def test_options_in_their_ranges_are_read(options: dict[str, Any]) -> None:
    message = parse_page_message(json.dumps(CHAT | {"options": options}))
    assert isinstance(message, Chat)
    assert message.options == options


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"temperature": -0.1}, "temperature must be a number from 0 to 2"),
        ({"temperature": 2.1}, "temperature must be a number from 0 to 2"),
        ({"temperature": "1"}, "temperature must be a number from 0 to 2"),
        ({"temperature": True}, "temperature must be"),
        ({"temperature": None}, "temperature must be"),
        ({"top_p": 0}, "top_p must be above 0"),
        ({"top_p": 1.1}, "top_p must be"),
        ({"top_k": 0}, "top_k must be a whole number from 1"),
        ({"top_k": 1.5}, "top_k must be"),
        ({"max_tokens": 0}, "max_tokens must be"),
        ({"max_tokens": 1.5}, "max_tokens must be"),
        ({"max_tokens": True}, "max_tokens must be"),
        ({"seed": 1.0}, "seed must be"),
        ({"seed": 2**53}, "seed must be"),
        ({"stop": "a"}, "stop must be a list"),
        ({"stop": [""]}, "stop must be at most 8 texts, none of them empty"),
        ({"stop": ["a", 5]}, "stop must be"),
        ({"stop": ["a"] * 9}, "stop must be"),
        ({"presence_penalty": 2.1}, "presence_penalty must be a number from -2 to 2"),
        ({"frequency_penalty": -2.1}, "frequency_penalty must be a number from -2 to 2"),
        ({"reasoning": 1}, "reasoning must be true or false"),
        ({"response_format": "json"}, "expected an object"),
        ({"response_format": {"type": "json_object"}}, "schema is missing"),
        ({"response_format": {"type": "xml", "schema": ""}}, "response_format must be one of"),
        ({"response_format": {"type": "json_object", "schema": "{}"}}, "schema must be empty"),
        ({"unknown": 1}, "unknown"),
        ([], "expected an object"),
        (None, "expected an object"),
    ],
)
def test_options_out_of_their_ranges_are_refused_by_name(options: Any, named: str) -> None:
    error = refused(CHAT | {"options": options})
    assert named in error.detail
    assert named in error.message
    refused(COUNT | {"options": options})


@pytest.mark.parametrize(
    "messages",
    [
        [],
        {},
        "Hi",
        ["Hi"],
        [{"role": "user"}],
        [{"role": "user", "content": ""}],
        [{"role": "user", "content": " \n\t"}],
        [{"role": "user", "content": None}],
        [{"role": "user", "content": "Hi", "name": "me"}],
        [HI | {"attachments": {}}],
        [HI | {"attachments": [{"name": "a"}]}],
        [HI | {"attachments": [CSV | {"type": "text/csv"}]}],
        [{"role": "user", "content": " ", "attachments": []}],
        [{"role": "tool", "content": "Hi"}],
        [{"role": ["user"], "content": "Hi"}],
        [HI, {"role": "assistant", "content": "Hello"}],
        [{"role": "system", "content": "Be kind."}],
        [HI, {"role": "system", "content": "Be kind."}, HI],
    ],
)
def test_conversations_that_cannot_be_answered_are_refused(messages: Any) -> None:
    refused(CHAT | {"messages": messages})


@pytest.mark.parametrize(
    "data",
    [
        {"type": "hello"},
        {"type": "hello", "version": "1"},
        {"type": "hello", "version": 3, "hub": "", "id": "1"},
        {"type": "hello", "version": 3},
        {"type": "hello", "version": 3, "hub": 3},
        {"type": "find", "id": "1"},
        COUNT | {"attachments": [{"name": 5, "text": ""}]},
        COUNT | {"messages": [HI, {"role": "system", "content": ""}]},
        {"type": "count", "id": "1", "model": "guide", "messages": [], "options": {}},
        {"type": "import", "id": "1", "name": "n", "ticket": "t", "files": [{"path": "a"}]},
        {"type": "load", "id": "1"},
        {"type": "load", "id": "1", "model": ""},
        {"type": "load", "id": "1", "model": 5},
        {"type": "load", "id": "1", "model": "guide", "more": 1},
        {"type": "cancel", "id": "1"},
        {"type": "ready", "id": "1"},
        {"type": ["chat"], "id": "1"},
        {"id": "1"},
    ],
)
def test_messages_of_another_shape_are_refused(data: dict[str, Any]) -> None:
    refused(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"chat"',
        '{"type": "hello", "version": NaN}',
        '{"type": "hello", "version": Infinity}',
        "[" * 200_000,
        '{"type": "hello", "version": ' + "9" * 10_000 + "}",
    ],
)
def test_text_that_is_no_message_is_refused_without_an_id(text: str) -> None:
    with pytest.raises(BadMessage) as caught:
        parse_page_message(text)
    assert caught.value.id == ""


def test_refusal_names_the_id_where_it_can_be_read() -> None:
    for id, read in [("7", "7"), (7, ""), (None, "")]:
        with pytest.raises(BadMessage) as caught:
            parse_page_message(json.dumps(CHAT | {"id": id, "options": 1}))
        assert caught.value.id == read


def test_blank_message_is_refused_in_words_for_a_person() -> None:
    with pytest.raises(BadMessage, match="Write a message first"):
        parse_page_message(json.dumps(CHAT | {"messages": [{"role": "user", "content": " "}]}))


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "👋🏽",
        "a\u2028b",
        "\x1b[0m",
        "אב",
        "$$ $& $1",
        pytest.param("a" * 10**6, id="long"),
    ],
)
def test_any_text_survives_both_ways(text: str) -> None:
    sent = json.dumps(CHAT | {"messages": [{"role": "user", "content": text}]})
    message = parse_page_message(sent)
    assert isinstance(message, Chat)
    assert message.messages[0]["content"] == text
    out = to_json(Chunk("1", text))
    assert out.isascii()
    assert json.loads(out) == {"type": "chunk", "id": "1", "delta": text}


@pytest.mark.parametrize(
    ("text", "read"),
    [("\ud83dHi", "\ufffdHi"), ("Hi\ud83d", "Hi\ufffd"), ("\udc4b\ud83d👋", "\ufffd\ufffd👋")],
)
def test_half_a_surrogate_pair_is_replaced_in_a_prompt_and_sent_in_an_answer(
    text: str, read: str
) -> None:
    message = parse_page_message(
        json.dumps(CHAT | {"messages": [{"role": "user", "content": text}]})
    )
    assert isinstance(message, Chat)
    assert message.messages[0]["content"] == read
    out = to_json(Chunk("1", text))
    assert json.loads(out)["delta"] == text


def test_half_a_surrogate_pair_is_replaced_wherever_a_model_reads_it() -> None:
    half, whole = "a\ud83d", "a\ufffd"
    format = {"type": "json_schema", "schema": half}
    message = parse_page_message(
        json.dumps(
            CHAT
            | {"messages": [HI | {"attachments": [{"name": half, "text": half}]}]}
            | {"options": {"stop": [half], "response_format": format}}
        )
    )
    assert isinstance(message, Chat)
    assert message.messages[0]["attachments"] == [{"name": whole, "text": whole}]
    assert message.options["stop"] == [whole]
    assert message.options["response_format"]["schema"] == whole


def test_message_is_tagged_with_its_class_in_lower_case() -> None:
    assert json.loads(to_json(Done("1", {"cancelled": True}))) == {
        "type": "done",
        "id": "1",
        "result": {"cancelled": True},
    }


def test_number_that_json_lacks_is_not_sent() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json(Progress("1", "loading", float("nan"), 0))


def refused(data: dict[str, Any]) -> BadMessage:
    with pytest.raises(BadMessage) as caught:
        parse_page_message(json.dumps(data))
    assert caught.value.id == data.get("id", "")
    assert caught.value.detail
    return caught.value
