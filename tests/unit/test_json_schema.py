"""Schemas are refused with their place; values are judged as the standard says."""

import json
from typing import Any

import pytest

from localm.errors import BadSchema
from localm.json_answer import JsonWish, json_wish, opened
from localm.json_schema import CHECKS, MAX_DEPTH, parse_schema

REFUSED = [
    ("", "", "is not JSON"),
    ("[]", "", "must be an object"),
    ('{"minimum": NaN}', "", "is not JSON"),
    ({"type": "strnig"}, "/type", "must be one of"),
    ({"type": []}, "/type", "must be one of"),
    ({"properties": {"a": {"items": {"type": 5}}}}, "/properties/a/items/type", "must be one of"),
    ({"properties": []}, "/properties", "must be an object of schemas"),
    ({"anyOf": [True, 5]}, "/anyOf/1", "must be an object"),
    ({"anyOf": []}, "/anyOf", "not empty"),
    ({"required": [1]}, "/required", "list of names"),
    ({"minLength": -1}, "/minLength", "0 or more"),
    ({"maximum": "9"}, "/maximum", "must be a number"),
    ({"pattern": "("}, "/pattern", "regular expression"),
    ({"not": {}}, "/not", "is not supported"),
    ({"items": {"if": {}}}, "/items/if", "is not supported"),
    ({"$ref": "https://elsewhere.test/schema"}, "/$ref", "must point into this schema"),
    ({"$ref": "#/$defs/missing"}, "/$ref", "names nothing"),
    ({"allOf": [{"$ref": "#"}]}, "/allOf/0/$ref", "leads back to itself"),
    ({"$defs": {"a": {"$ref": "#/$defs/a"}}}, "/$defs/a/$ref", "leads back to itself"),
]


@pytest.mark.parametrize(("schema", "place", "complaint"), REFUSED)
def test_a_schema_that_cannot_be_kept_to_is_refused_with_its_place(
    schema: Any, place: str, complaint: str
) -> None:
    text = schema if isinstance(schema, str) else json.dumps(schema)
    with pytest.raises(BadSchema, match=complaint) as caught:
        parse_schema(text)
    assert caught.value.detail.startswith(f"#{place} ")
    assert (f"“{place}”" in caught.value.message) is bool(place)


def test_depth_is_measured_before_anything_calls_itself() -> None:
    with pytest.raises(BadSchema, match="nested"):
        parse_schema('{"items":' * (MAX_DEPTH + 1) + "{}" + "}" * (MAX_DEPTH + 1))


def test_notes_are_no_rules_and_a_list_may_refer_to_itself() -> None:
    tree = {"title": "T", "items": {"$ref": "#"}, "type": "array", "format": "anything"}
    assert parse_schema(json.dumps(tree)) == tree


GOOD_AND_BAD: list[tuple[dict[str, Any], list[Any], list[Any]]] = [
    ({"type": "integer"}, [1, 2.0], [1.5, True, "1", None]),
    ({"type": ["null", "string"]}, [None, ""], [0]),
    ({"type": "boolean"}, [True], [1]),
    ({"enum": [1, "a", [2]]}, [1, 1.0, "a", [2]], [True, "b", [3]]),
    ({"const": {"a": True}}, [{"a": True}], [{"a": 1}, {}]),
    ({"minimum": 1, "exclusiveMaximum": 3}, [1, 2.9, "x"], [0, 3]),
    ({"exclusiveMinimum": 1, "maximum": 3}, [2, 3], [1, 4]),
    ({"minLength": 2, "maxLength": 3}, ["ab", "äöü", 5], ["a", "abcd"]),
    ({"pattern": "^a+$"}, ["aa"], ["ab"]),
    ({"items": {"type": "string"}, "minItems": 1, "maxItems": 2}, [["a"]], [[], [1], ["a"] * 3]),
    ({"properties": {"a": {"type": "null"}}, "required": ["a"]}, [{"a": None, "b": 1}], [{}]),
    ({"properties": {"a": True}, "additionalProperties": False}, [{"a": 1}, {}], [{"b": 1}]),
    ({"additionalProperties": {"type": "string"}}, [{"a": "b"}], [{"a": 1}]),
    ({"anyOf": [{"type": "string"}, {"minimum": 5}]}, ["a", 5], [4]),
    ({"oneOf": [{"minimum": 5}, {"maximum": 7}]}, [4, 8], [6]),
    ({"allOf": [{"minimum": 5}, {"maximum": 7}]}, [6], [4, 8]),
    ({"$ref": "#/$defs/a~1b", "$defs": {"a/b": {"type": "null"}}}, [None], [0]),
    ({"$ref": "#/definitions/x", "definitions": {"x": {"type": "null"}}}, [None], [0]),
]


@pytest.mark.parametrize(("schema", "good", "bad"), GOOD_AND_BAD)
def test_values_are_judged(schema: dict[str, Any], good: list[Any], bad: list[Any]) -> None:
    wish = JsonWish(parse_schema(json.dumps(schema)))
    assert [wish.fault(json.dumps(one)) for one in good] == [""] * len(good)
    assert all(wish.fault(json.dumps(one)) for one in bad)


def test_every_keyword_is_tried() -> None:
    assert {key for schema, _, _ in GOOD_AND_BAD for key in schema} == set(CHECKS)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"size": "small", "tags": []}', ""),
        ('<think>{"size"?}</think>\n{"size": "small"}', ""),
        ("Sure: {}", "the answer is not JSON"),
        ('{"size": NaN}', "the answer is not JSON"),
        ("[" * 1_000_000, "the answer is not JSON"),
        ("{}", "the value lacks “size”"),
        ('{"size": "huge"}', "“size” must be one of ['small', 'large']"),
        ('{"size": "small", "tags": ["a", 5]}', "“tags”[1] must be of type string"),
        ('{"size": "small", "tags": ["a", "b", "c"]}', "the number of items of “tags” must be at "),
    ],
)
def test_a_fault_says_where_and_what(text: str, fault: str) -> None:
    tags = {"type": "array", "items": {"type": "string"}, "maxItems": 2}
    schema = {"properties": {"size": {"enum": ["small", "large"]}, "tags": tags}}
    wish = JsonWish(schema | {"type": "object", "required": ["size"]})
    found = wish.fault(text)
    assert found.startswith(fault)
    assert bool(found) is bool(fault)


def test_any_object_is_an_object() -> None:
    wish = json_wish({"response_format": {"type": "json_object", "schema": ""}})
    assert wish is not None
    assert wish.fault('{"a": [1]}') == ""
    assert "object" in wish.fault("[1]")
    assert json_wish({}) is None


def test_a_grammar_is_told_that_what_is_not_said_is_allowed() -> None:
    schema = {"properties": {"a": {"type": "object"}, "b": {"type": "array"}}, "type": "object"}
    assert opened(schema) == {
        "properties": {
            "a": {"type": "object", "additionalProperties": True},
            "b": {"type": "array", "items": {}},
        },
        "type": "object",
    }
    same = {"const": {"type": "object"}, "type": "object", "additionalProperties": False}
    assert opened(same) == same
