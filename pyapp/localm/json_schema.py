"""JSON schemas as far as localm knows them: the part of the standard that forms are made of.

The schema is checked before a model is asked, and a keyword that is not known is refused with its
place: whoever wrote it would count on it. docs/architecture.md says why no library does this here.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from localm.errors import BadSchema
from localm.json_text import parse

Schema = dict[str, Any] | bool
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
ANNOTATIONS = (
    *("$schema", "$id", "$comment", "title", "description", "default", "examples", "format"),
    *("deprecated", "readOnly", "writeOnly"),
)
MAX_DEPTH = 64  # of a schema, and of an answer: both are judged by functions that call themselves


def parse_schema(text: str) -> Schema:
    """The schema in a text, known to be one of ours all the way down. Raises BadSchema."""
    try:
        schema = parse(text, max_depth=MAX_DEPTH, is_lenient=False)
    except ValueError as error:
        raise BadSchema.at("", f"is not JSON ({error})") from error
    _Walk(schema).check(schema, "")
    return schema if isinstance(schema, bool) else dict(schema)


def resolve(root: Schema, reference: str) -> Schema:
    """What a `$ref` within the schema names. Raises KeyError."""
    found: Any = root
    for part in reference.removeprefix("#").split("/")[1:]:
        found = found[part.replace("~1", "/").replace("~0", "~")]
    if not isinstance(found, dict | bool):
        raise KeyError(reference)
    return found


class _Walk:
    """One look at every part of a schema."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def check(self, schema: Any, place: str) -> None:
        """Raise BadSchema with the first place that is wrong."""
        if isinstance(schema, bool):
            return
        if not isinstance(schema, dict):
            raise BadSchema.at(place, "must be an object")
        for keyword, value in schema.items():
            where = f"{place}/{keyword}"
            if keyword in ANNOTATIONS:
                continue
            if keyword not in CHECKS:
                raise BadSchema.at(where, "is not supported")
            if complaint := CHECKS[keyword](value):
                raise BadSchema.at(where, complaint)
            self._check_reference(schema, where, keyword)
            for name, part in _parts(keyword, value):
                self.check(part, f"{where}{name}")

    def _check_reference(self, schema: dict[str, Any], where: str, keyword: str) -> None:
        """What judges the same value must not lead back here: it would never end."""
        if keyword != "$ref":
            return
        seen: set[int] = set()
        following: list[Any] = [self._resolved(schema["$ref"], where)]
        while following:
            step = following.pop()
            if step is schema:
                raise BadSchema.at(where, "leads back to itself")
            if not isinstance(step, dict) or id(step) in seen:
                continue
            seen.add(id(step))
            if "$ref" in step:
                following.append(self._resolved(step["$ref"], where))
            for combined in COMBINED:
                parts = step.get(combined)
                following += parts if isinstance(parts, list) else []

    def _resolved(self, reference: Any, where: str) -> Schema:
        try:
            return resolve(self.root, reference)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise BadSchema.at(where, "names nothing in this schema") from error


COMBINED = ("anyOf", "oneOf", "allOf")


def _parts(keyword: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The schemas below a keyword, each with its place."""
    if keyword in ("properties", "$defs", "definitions"):
        yield from ((f"/{name}", part) for name, part in value.items())
    elif keyword in COMBINED:
        yield from ((f"/{number}", part) for number, part in enumerate(value))
    elif keyword in ("items", "additionalProperties"):
        yield "", value


def _type(value: Any) -> str:
    named = value if isinstance(value, list) else [value]
    known = bool(named) and all(isinstance(one, str) and one in TYPES for one in named)
    return "" if known else f"must be one of {', '.join(TYPES)}, or a list of them"


def _a_list(value: Any) -> str:
    return "" if isinstance(value, list) and value else "must be a list that is not empty"


def _names(value: Any) -> str:
    is_good = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return "" if is_good else "must be a list of names"


def _schemas(value: Any) -> str:
    return "" if isinstance(value, dict) else "must be an object of schemas"


def _length(value: Any) -> str:
    is_good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return "" if is_good else "must be a whole number, 0 or more"


def _number(value: Any) -> str:
    is_good = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if is_good else "must be a number"


def _pattern(value: Any) -> str:
    try:
        re.compile(value)
    except (re.error, TypeError, RecursionError):
        return "must be a regular expression"
    return ""


def _reference(value: Any) -> str:
    is_good = isinstance(value, str) and re.match(r"#(/|\Z)", value)
    return "" if is_good else "must point into this schema, like #/$defs/name"


def _anything(_value: Any) -> str:
    return ""


# Keyword -> what is wrong with its value; "" for nothing.
CHECKS: dict[str, Callable[[Any], str]] = {
    "type": _type,
    "enum": _a_list,
    "const": _anything,
    **dict.fromkeys(("properties", "$defs", "definitions"), _schemas),
    "required": _names,
    **dict.fromkeys(("additionalProperties", "items"), _anything),
    **dict.fromkeys(("minItems", "maxItems", "minLength", "maxLength"), _length),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _number),
    "pattern": _pattern,
    **dict.fromkeys(COMBINED, _a_list),
    "$ref": _reference,
}
