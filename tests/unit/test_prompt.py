"""What the model reads: files in front of their prompt, no old thoughts, how to write JSON."""

import pytest

from localm.attachments import as_text, with_attachments
from localm.prompt import as_read
from localm.reasoning import can_switch_reasoning, wanted_reasoning
from localm.records import Attachment, ChatMessage, ChatOptions, ResponseFormat
from localm.thoughts import without_thoughts

CSV: Attachment = {"name": "a.csv", "text": "1,2\n"}
NOTES: Attachment = {"name": "my notes.txt", "text": "Hi"}


def test_files_stand_in_front_of_the_prompt_each_with_its_name() -> None:
    message: ChatMessage = {"role": "user", "content": "Sum up.", "attachments": [CSV, NOTES]}
    assert with_attachments(message) == {
        "role": "user",
        "content": "a.csv:\n```csv\n1,2\n```\n\nmy notes.txt:\n```txt\nHi\n```\n\nSum up.",
    }


def test_files_may_come_without_a_word() -> None:
    message: ChatMessage = {"role": "user", "content": " ", "attachments": [CSV]}
    assert with_attachments(message)["content"] == "a.csv:\n```csv\n1,2\n```"


@pytest.mark.parametrize("ticks", range(8))
def test_a_fence_is_longer_than_any_in_the_file(ticks: int) -> None:
    text = as_text({"name": "x.md", "text": f"a\n{'`' * ticks}\nb"})
    fence = "`" * max(3, ticks + 1)
    assert text == f"x.md:\n{fence}md\na\n{'`' * ticks}\nb\n{fence}"


def test_a_name_cannot_break_out_of_its_line() -> None:
    assert as_text({"name": "a\n```\nb.c`\n", "text": ""}).splitlines()[0] == "a ``` b.c`:"
    assert as_text({"name": "a.c`` x", "text": ""}).splitlines()[1] == "```cx"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<think>\nHm.\n</think>\n\nYes.", "Yes."),
        ("\n<think></think>Yes.", "Yes."),
        ("<think>broken off", ""),
        ("Hm.\n</think>\n\nYes.", "Yes."),
        ("The tag `</think>` ends it.", "The tag `</think>` ends it."),
        ("```\na\n</think>\n```", "```\na\n</think>\n```"),
        ("Say <think>x</think>.", "Say <think>x</think>."),
        ("Yes. ", "Yes. "),
    ],
)
def test_thoughts_are_left_out(text: str, left: str) -> None:
    assert without_thoughts(text) == left


def test_only_answers_have_thoughts() -> None:
    thought = "<think>a</think>b"
    messages: list[ChatMessage] = [
        {"role": "user", "content": thought},
        {"role": "assistant", "content": thought},
        {"role": "user", "content": "c"},
    ]
    assert [one["content"] for one in as_read(messages, {})] == [thought, "b", "c"]


def test_a_wish_for_json_is_said_in_the_system_message() -> None:
    user: ChatMessage = {"role": "user", "content": "Hi"}
    wanted: ResponseFormat = {"type": "json_schema", "schema": '{"type": "null"}'}
    options: ChatOptions = {"response_format": wanted}
    system, same = as_read([user], options)
    assert system["role"] == "system"
    assert '{"type": "null"}' in system["content"]
    assert same == user
    given: ChatMessage = {"role": "system", "content": "Be kind."}
    both, _ = as_read([given, user], options)
    assert both["content"] == f"Be kind.\n\n{system['content']}"
    empty: ChatMessage = {"role": "system", "content": ""}
    assert as_read([empty, user], options) == [system, user]


@pytest.mark.parametrize(
    ("name", "can"),
    [
        ("Qwen3 0.6B", True),
        ("onnx-community/Qwen3-0.6B-ONNX", True),
        ("Qwen3-4B q4f16", True),
        ("SmolLM3-3B-ONNX", True),
        ("Qwen3-4B-Instruct-2507", False),
        ("Qwen3-4B-Thinking-2507-ONNX", False),
        ("Qwen3-Embedding-0.6B", False),
        ("Qwen3.5 0.8B", False),
        ("Qwen2.5-0.5B-Instruct", False),
        ("Guide", False),
    ],
)
def test_which_models_can_be_told_to_think(name: str, can: bool) -> None:
    assert can_switch_reasoning(name) is can


def test_reasoning_is_passed_on_to_models_that_can_and_never_for_json() -> None:
    json: ChatOptions = {"response_format": {"type": "json_object", "schema": ""}}
    assert wanted_reasoning(True, {}) is None
    assert wanted_reasoning(True, {"reasoning": True}) is True
    assert wanted_reasoning(True, {"reasoning": False}) is False
    assert wanted_reasoning(True, {"reasoning": True} | json) is False
    assert wanted_reasoning(False, {"reasoning": True}) is None
