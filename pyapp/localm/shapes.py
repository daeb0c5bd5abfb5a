"""Whether a JSON value has the shape that a type of records.py describes.

The types there are the only description of what is kept and exported, so a file that comes back is
checked against them, and a field added there is checked from that moment on.
"""

import types
from functools import lru_cache
from math import isfinite
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

MAX_NUMBER = 2**53 - 1  # the whole numbers that JavaScript holds exactly

WORDS: dict[Any, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}


class Misfit(Exception):
    """A value that is not what it must be. `field` is the way to it, like `usage.total_tokens`."""

    def __init__(self, field: str, complaint: str) -> None:
        self.field = field
        self.complaint = complaint
        super().__init__(f"{field} {complaint}".strip())


def check(value: Any, hint: Any, field: str = "") -> None:
    """Raise Misfit unless the value is of this type, all the way down."""
    if is_typeddict(hint):
        _check_object(value, hint, field)
    elif get_origin(hint) is list:
        _check_list(value, get_args(hint)[0], field)
    elif get_origin(hint) is Literal:
        if not isinstance(value, str) or value not in get_args(hint):
            raise Misfit(field, f"must be one of {', '.join(get_args(hint))}")
    elif get_origin(hint) in (Union, types.UnionType):
        _check_union(value, hint, field)
    elif not _is_plain(value, hint):
        raise Misfit(field, f"must be {WORDS[hint]}")


def _check_object(value: Any, hint: Any, field: str) -> None:
    if not isinstance(value, dict):
        raise Misfit(field, "must be an object")
    hints = _hints(hint)
    for key in hint.__required_keys__ - value.keys():
        raise Misfit(_below(field, key), "is missing")
    for key, part in value.items():
        if key not in hints:
            raise Misfit(_below(field, key), "is not known")
        check(part, hints[key], _below(field, key))


def _check_list(value: Any, hint: Any, field: str) -> None:
    if not isinstance(value, list):
        raise Misfit(field, "must be a list")
    for number, part in enumerate(value):
        check(part, hint, f"{field}[{number}]")


def _check_union(value: Any, hint: Any, field: str) -> None:
    """None, or the one other type: records.py has no other union in what is kept."""
    if value is None and types.NoneType in get_args(hint):
        return
    (other,) = (part for part in get_args(hint) if part is not types.NoneType)
    check(value, other, field)


def _is_plain(value: Any, hint: Any) -> bool:
    if hint in (int, float):
        allowed = (int,) if hint is int else (int, float)
        # bool is an int to Python; the comparison comes first, since a huge int has no float.
        is_number = isinstance(value, allowed) and not isinstance(value, bool)
        return is_number and abs(value) <= MAX_NUMBER and isfinite(value)
    return isinstance(value, hint)


@lru_cache(maxsize=64)
def _hints(hint: Any) -> dict[str, Any]:
    return get_type_hints(hint)


def _below(field: str, key: str) -> str:
    return f"{field}.{key[:80]}" if field else key[:80]
