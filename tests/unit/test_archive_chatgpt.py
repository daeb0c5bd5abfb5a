"""ChatGPT's export: the tree that a person saw, and a count of what was not for people."""

import json
from typing import Any

import pytest

from localm.archive import read_archive
from localm.errors import UnknownArchive
from localm.records import ArchivedConversation
from tests.unit.archive_data import NOW_MS, chatgpt, node, path_to, sample


def read(text: str) -> list[ArchivedConversation]:
    reading = read_archive(text, NOW_MS)
    assert reading.source == "chatgpt"
    return reading.archive["conversations"]


def one(text: str) -> ArchivedConversation:
    (only,) = read(text)
    return only


def texts(conversation: ArchivedConversation) -> list[str]:
    return [message["content"] for message in conversation["messages"]]


def test_branches_are_kept_and_the_one_that_was_shown_is_shown() -> None:
    tides = read(sample("chatgpt.json"))[0]
    record, messages = tides["conversation"], tides["messages"]
    assert record["title"] == "Tides at Saint-Malo"
    assert record["title_is_edited"]
    assert record["created_ms"] == pytest.approx(1736209400123.456)
    assert record["updated_ms"] == 1736213000500
    question, table = "How high are the tides at Saint-Malo?", messages[2]["content"]
    assert table.endswith("| Saint-Malo | 12 m |")
    assert path_to(messages, record["leaf"]) == [
        question,
        table,
        "Why so high there, in one word?",
        "Resonance. 🌊\u200d",
    ]
    versions = [m for m in messages if m["parent"] == messages[0]["id"]]
    assert [m["content"] for m in versions] == ["Up to **12 m**.", table]
    edited = [m for m in messages if m["parent"] == versions[1]["id"]]
    assert [m["content"] for m in edited] == ["Why so high?", "Why so high there, in one word?"]
    assert [m["author"] for m in messages[:2]] == ["", "gpt-4o"]
    assert messages[0]["created_ms"] == 1736209401000


def test_an_answer_around_tools_and_thinking_is_one_answer() -> None:
    primes = read(sample("chatgpt.json"))[1]
    assert texts(primes) == [
        "How many primes are below 100?",
        "Let me count them.\n\nThere are 25.",
    ]
    assert primes["conversation"]["leaf"] == primes["messages"][-1]["id"]


def test_media_are_named_and_the_first_prompt_is_the_title_where_there_is_none() -> None:
    media = read(sample("chatgpt.json"))[2]
    assert media["messages"][0]["content"] == (
        "What is on this picture,\nand what does the report say?\n\n[picture]\n\n[file: report.pdf]"
    )
    record = media["conversation"]
    assert record["title"] == "What is on this picture, and what does the report say? [pict"
    assert not record["title_is_edited"]


def test_what_was_left_out_is_counted_by_its_reason() -> None:
    assert read_archive(sample("chatgpt.json"), NOW_MS).skipped == [
        "2 messages to or from tools were left out.",
        "1 instruction of the other app was left out.",
        "1 note of the model’s thinking was left out.",
        "2 pictures, recordings or files are only named: they are not in the export.",
        "1 conversation without a message was left out.",
    ]


def test_ids_are_the_same_the_next_time_and_differ_from_one_another() -> None:
    text = sample("chatgpt.json")
    assert read(text) == read(text)
    ids = [m["id"] for c in read(text) for m in c["messages"]]
    ids += [c["conversation"]["id"] for c in read(text)]
    assert len(set(ids)) == len(ids)


def test_one_conversation_alone_is_a_file_too() -> None:
    alone = json.dumps(json.loads(sample("chatgpt.json"))[0])
    assert read(alone) == read(sample("chatgpt.json"))[:1]


@pytest.mark.parametrize(
    "text",
    [
        " \r\n spaces \t",
        "\0\x07\u2028\ufeff",
        "مرحبا",
        "👨\u200d👩\u200d👧",
        "half: \ud83d",
        "$$ $& $1",
    ],
)
def test_text_comes_through_exactly(text: str) -> None:
    assert texts(one(chatgpt({"a": node(None, text=text)}))) == [text]


def test_siblings_stand_as_their_parent_lists_them() -> None:
    root: dict[str, Any] = {"parent": None, "children": ["b", "a"], "message": None}
    tree = {"r": root, "a": node("r", text="A"), "b": node("r", text="B"), "c": node("r", text="C")}
    assert texts(one(chatgpt(tree))) == ["B", "A", "C"]


def test_links_of_children_serve_where_a_node_names_no_parent() -> None:
    first = node(None, text="A") | {"children": ["b"]}
    second = node(None, "assistant", "B")
    del second["parent"]
    conversation = one(chatgpt({"b": second, "a": first}))
    assert path_to(conversation["messages"], conversation["messages"][1]["id"]) == ["A", "B"]


def test_a_node_whose_parent_is_missing_begins_anew() -> None:
    conversation = one(chatgpt({"a": node("gone", text="A"), "b": node("a", "assistant", "B")}))
    assert [m["parent"] for m in conversation["messages"]] == [
        "",
        conversation["messages"][0]["id"],
    ]


@pytest.mark.parametrize(
    "links", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "c", "b": "a", "c": "b", "d": "b"}]
)
def test_a_circle_is_cut_and_no_message_of_it_lost(links: dict[str, str]) -> None:
    tree = {id: node(parent, text=id) for id, parent in links.items()}
    conversation = one(chatgpt(tree, current_node="a"))
    assert sorted(texts(conversation)) == sorted(links)
    assert conversation["messages"][0]["parent"] == ""


def test_a_chain_of_twenty_thousand_messages_is_read() -> None:
    roles = ("user", "assistant")
    tree = {f"{n}": node(f"{n - 1}", roles[n % 2], f"{n}") for n in range(20_000)}
    conversation = one(chatgpt(tree, current_node="19999"))
    assert len(conversation["messages"]) == 20_000
    assert conversation["conversation"]["leaf"] == conversation["messages"][-1]["id"]


def test_versions_behind_a_tool_stay_versions() -> None:
    tree = {
        "q": node(None, text="Q"),
        "tool": node("q", "tool", "output"),
        "a1": node("tool", "assistant", "A1"),
        "a2": node("tool", "assistant", "A2"),
    }
    messages = one(chatgpt(tree, current_node="a1"))["messages"]
    assert [m["parent"] for m in messages[1:]] == [messages[0]["id"]] * 2


def test_the_shown_message_is_the_nearest_that_stays() -> None:
    tree = {"q": node(None, text="Q"), "tool": node("q", "tool", "out")}
    conversation = one(chatgpt(tree, current_node="tool"))
    assert conversation["conversation"]["leaf"] == conversation["messages"][0]["id"]


@pytest.mark.parametrize("current", [None, "gone", 7, ["q"]])
def test_without_a_current_node_the_last_message_is_shown(current: Any) -> None:
    tree = {"q": node(None, text="Q"), "a": node("q", "assistant", "A")}
    conversation = one(chatgpt(tree, current_node=current))
    assert conversation["conversation"]["leaf"] == conversation["messages"][1]["id"]


@pytest.mark.parametrize("time", [None, "yesterday", -5, 0, 1e300, 10**400, True, float("nan")])
def test_a_time_that_is_none_is_that_of_what_stands_around(time: Any) -> None:
    text = chatgpt({"a": node(None, create_time=time)}, create_time=time, update_time=time)
    conversation = one(text)
    assert conversation["messages"][0]["created_ms"] == NOW_MS
    assert conversation["conversation"]["created_ms"] == NOW_MS
    assert conversation["conversation"]["updated_ms"] == NOW_MS


def test_hidden_messages_and_calls_of_tools_are_left_out() -> None:
    hidden = {"is_visually_hidden_from_conversation": True}
    tree = {
        "a": node(None, text="A"),
        "h": node("a", text="hidden", metadata=hidden),
        "call": node("h", "assistant", "search", recipient="browser"),
        "b": node("call", "assistant", "B", recipient="all"),
    }
    assert texts(one(chatgpt(tree))) == ["A", "B"]


def test_code_of_an_answer_is_fenced_longer_than_what_is_inside() -> None:
    content = {"content_type": "code", "language": "python", "text": "x = '```'"}
    tree = {"a": node(None, text="A"), "b": node("a", "assistant") | {}}
    tree["b"]["message"]["content"] = content
    assert texts(one(chatgpt(tree)))[1] == "````python\nx = '```'\n````"


def test_a_transcript_is_text() -> None:
    part = {"content_type": "audio_transcription", "text": "Good morning"}
    assert texts(one(chatgpt({"a": node(None, text=part)}))) == ["Good morning"]


@pytest.mark.parametrize("message", [7, "text", [], {"author": {"role": "alien"}}])
def test_a_message_that_cannot_be_read_is_counted_and_what_follows_stays(message: Any) -> None:
    tree = {"a": node(None, text="A"), "x": node("a"), "b": node("x", "assistant", "B")}
    tree["x"]["message"] = message
    reading = read_archive(chatgpt(tree), NOW_MS)
    assert texts(reading.archive["conversations"][0]) == ["A", "B"]
    assert reading.skipped == ["1 message could not be read and was left out."]


def test_a_conversation_twice_is_one() -> None:
    both = json.loads(chatgpt({"a": node(None)})) * 2
    assert len(read(json.dumps(both))) == 1


def test_nothing_at_all_in_it_is_an_error() -> None:
    with pytest.raises(UnknownArchive, match="holds no conversation"):
        read_archive(chatgpt({}))
