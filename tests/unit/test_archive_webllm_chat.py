"""WebLLM Chat's files: one exported conversation, and its store as the browser keeps it."""

import json
from typing import Any

import pytest

from localm.archive import read_archive
from localm.errors import UnknownArchive
from localm.records import ArchivedConversation
from tests.unit.archive_data import NOW_MS, path_to, sample

STORE: dict[str, Any] = json.loads(sample("webllm_chat_store.json"))


def read(data: Any) -> list[ArchivedConversation]:
    reading = read_archive(data if isinstance(data, str) else json.dumps(data), NOW_MS)
    assert reading.source == "webllm-chat"
    return reading.archive["conversations"]


def test_a_session_is_a_conversation_without_branches() -> None:
    rust = read(STORE)[0]
    record, messages = rust["conversation"], rust["messages"]
    assert (record["title"], record["title_is_edited"]) == ("Rust lifetimes", True)
    assert (record["created_ms"], record["updated_ms"]) == (1771412190000, 1771412201000)
    assert record["system"] == "You are a patient teacher."
    assert path_to(messages, record["leaf"]) == [
        "What is a lifetime in Rust?",
        "A lifetime is the scope for which a reference is valid.\n\n"
        "```rust\nfn f<'a>(x: &'a str) -> &'a str { x }\n```",
        "And what is on this?\n\n[picture]",
        "\n\nGPU was lost",
    ]
    assert [m["role"] for m in messages] == ["user", "assistant"] * 2
    assert messages[1]["author"] == "Llama-3.2-3B-Instruct-q4f16_1-MLC"
    assert messages[0]["author"] == ""


def test_an_answer_that_broke_off_says_so() -> None:
    states = [[m["state"] for m in one["messages"]] for one in read(STORE)]
    assert states == [["complete"] * 3 + ["interrupted"], ["complete", "interrupted"]]


def test_the_apps_own_title_for_a_new_conversation_is_none() -> None:
    record = read(STORE)[1]["conversation"]
    assert (record["title"], record["title_is_edited"]) == ("Hello there", False)


def test_what_was_left_out_is_counted() -> None:
    assert read_archive(json.dumps(STORE), NOW_MS).skipped == [
        "1 picture, recording or file is only named: it is not in the export.",
        "1 conversation without a message was left out.",
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        STORE["state"],
        {"chat-next-web-store": STORE["state"], "app-config": {}},
        {"chat-next-web-store": json.dumps(STORE)},
    ],
)
def test_the_store_is_known_however_it_was_copied(wrapped: Any) -> None:
    assert read(wrapped) == read(STORE)


def test_one_exported_conversation_has_its_title_in_its_first_message() -> None:
    (only,) = read(sample("webllm_chat_export.json"))
    assert only["conversation"]["title"] == "Rust lifetimes"
    assert only["conversation"]["system"] == ""
    assert [m["role"] for m in only["messages"]] == ["user", "assistant"]
    assert only["messages"][0]["created_ms"] == NOW_MS
    assert only == read(sample("webllm_chat_export.json"))[0]


def test_a_title_in_another_language_is_not_guessed() -> None:
    data = json.loads(sample("webllm_chat_export.json"))
    data["messages"][0]["content"] = "Du bist ein Assistent, der Rust lifetimes"
    assert read(data)[0]["conversation"]["title"] == "What is a lifetime in Rust?"


@pytest.mark.parametrize("message", [7, None, {}, {"role": "robot", "content": "x"}])
def test_a_message_that_cannot_be_read_is_counted(message: Any) -> None:
    messages = [{"role": "user", "content": "Hi"}, message]
    reading = read_archive(json.dumps({"messages": messages}))
    assert reading.skipped == ["1 message could not be read and was left out."]
    assert len(reading.archive["conversations"][0]["messages"]) == 1


@pytest.mark.parametrize(
    "data",
    [
        {"sessions": []},
        {"messages": []},
        {"sessions": [7, {}]},
        {"chat-next-web-store": "{"},
        {"chat-next-web-store": "[" * 100_000},
        {"state": {"sessions": 5}},
    ],
)
def test_a_store_without_conversations_is_an_error(data: Any) -> None:
    with pytest.raises(UnknownArchive):
        read_archive(json.dumps(data))
