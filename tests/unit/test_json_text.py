"""Depth is measured before anything is parsed: in the browser, parsing too deep ends Python."""

import pytest

from localm.json_text import MAX_DEPTH, parse


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize("text", [nested(MAX_DEPTH), '{"a":' * MAX_DEPTH + "1" + "}" * MAX_DEPTH])
def test_as_deep_as_allowed_is_parsed(text: str) -> None:
    assert parse(text)


@pytest.mark.parametrize(
    "text",
    [
        nested(MAX_DEPTH + 1),
        '{"a": [' * MAX_DEPTH,
        '["[", "\\\\", "\\"", "]]]]", ' * (MAX_DEPTH + 1),
        "[" * 1_000_000,
        "[ \n" * 300_000,
    ],
)
def test_deeper_is_refused_before_it_is_parsed(text: str) -> None:
    with pytest.raises(ValueError, match="nested more than"):
        parse(text)


@pytest.mark.parametrize("inside", ["[" * 1000, "{" * 1000, '\\"' + "[" * 1000, "\\\\\\\\"])
def test_brackets_inside_a_text_are_text(inside: str) -> None:
    assert len(parse(f'["{inside}", 1]')) == 2


@pytest.mark.parametrize("text", ['"' + '\\"' * 200_000, '"' * 200_001, "\\" * 200_000])
def test_texts_that_never_end_are_refused_in_time(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the parser says
        parse(text)


def test_what_is_no_number_is_none() -> None:
    assert parse("[NaN, Infinity, -Infinity]") == [None, None, None]
