"""Whether a JSON value is what a schema asks for, and if not, what is wrong with it first."""

import operator
import re
from collections.abc import Callable, Iterable
from typing import Any

from localm.json_schema import Schema, resolve

Root = Schema
BOUNDS: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "minimum": ("at least", operator.ge),
    "maximum": ("at most", operator.le),
    "exclusiveMinimum": ("above", operator.gt),
    "exclusiveMaximum": ("below", operator.lt),
}
MAX_SHOWN = 80


def fault_in(value: Any, schema: Schema, root: Root, place: str = "the value") -> str:
    """A sentence without its full stop about the first thing that is wrong; "" for none."""
    if isinstance(schema, bool):
        return "" if schema else f"{place} must not be there"
    checks = (_reference, _type, _choice, _combined, _text, _number, _items, _properties)
    return _first(check(value, schema, root, place) for check in checks)


def _reference(value: Any, schema: dict[str, Any], root: Root, place: str) -> str:
    if "$ref" not in schema:
        return ""
    return fault_in(value, resolve(root, schema["$ref"]), root, place)


def _type(value: Any, schema: dict[str, Any], _root: Root, place: str) -> str:
    wanted = schema.get("type", [])
    names = wanted if isinstance(wanted, list) else [wanted]
    if not names or any(_is(value, name) for name in names):
        return ""
    return f"{place} must be of type {' or '.join(names)}"


def _is(value: Any, name: str) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        "null": value is None,
        "boolean": isinstance(value, bool),
        "integer": is_number and value == value // 1,
        "number": is_number,
        "string": isinstance(value, str),
        "array": isinstance(value, list),
        "object": isinstance(value, dict),
    }[name]


def _same(one: Any, other: Any) -> bool:
    """As JSON compares: true is not 1, and 1.0 is."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)


def _choice(value: Any, schema: dict[str, Any], _root: Root, place: str) -> str:
    if "const" in schema and not _same(value, schema["const"]):
        return f"{place} must be {_shown(schema['const'])}"
    if "enum" in schema and not any(_same(value, one) for one in schema["enum"]):
        return f"{place} must be one of {_shown(schema['enum'])}"
    return ""


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def _combined(value: Any, schema: dict[str, Any], root: Root, place: str) -> str:
    if fault := _first(fault_in(value, part, root, place) for part in schema.get("allOf", [])):
        return fault
    for keyword in ("anyOf", "oneOf"):
        faults = [fault_in(value, part, root, place) for part in schema.get(keyword, [])]
        if faults and all(faults):
            return faults[0]
        if keyword == "oneOf" and faults.count("") > 1:
            return f"{place} fits more than one of the forms that it may have"
    return ""


def _text(value: Any, schema: dict[str, Any], _root: Root, place: str) -> str:
    if not isinstance(value, str):
        return ""
    if fault := _length(len(value), schema, "Length", f"the length of {place}"):
        return fault
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{place} must match {schema['pattern']}"
    return ""


def _length(length: int, schema: dict[str, Any], of: str, what: str) -> str:
    least, most = schema.get(f"min{of}", 0), schema.get(f"max{of}", length)
    if least <= length <= most:
        return ""
    bound = f"at least {least}" if length < least else f"at most {most}"
    return f"{what} must be {bound}"


def _number(value: Any, schema: dict[str, Any], _root: Root, place: str) -> str:
    if not _is(value, "number"):
        return ""
    return _first(
        f"{place} must be {word} {schema[keyword]}"
        for keyword, (word, holds) in BOUNDS.items()
        if keyword in schema and not holds(value, schema[keyword])
    )


def _items(value: Any, schema: dict[str, Any], root: Root, place: str) -> str:
    if not isinstance(value, list):
        return ""
    if fault := _length(len(value), schema, "Items", f"the number of items of {place}"):
        return fault
    faults = (
        fault_in(one, schema.get("items", True), root, f"{place}[{number}]")
        for number, one in enumerate(value)
    )
    return _first(faults)


def _properties(value: Any, schema: dict[str, Any], root: Root, place: str) -> str:
    if not isinstance(value, dict):
        return ""
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    if missing := [name for name in schema.get("required", []) if name not in value]:
        return f"{place} lacks “{missing[0]}”"
    faults = (
        fault_in(one, known.get(name, others), root, f"“{name}”") for name, one in value.items()
    )
    return _first(faults)


def _first(faults: Iterable[str]) -> str:
    for fault in faults:
        if fault:
            return fault
    return ""
