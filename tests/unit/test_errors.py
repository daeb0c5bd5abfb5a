"""The tree of errors is as its docstring draws it, and each error says what to do next."""

import re
from collections.abc import Iterator

from localm import errors
from localm.errors import EngineError, LoadFailed, LocalmError


def tree(cls: type[LocalmError] = LocalmError) -> Iterator[type[LocalmError]]:
    for below in cls.__subclasses__():
        yield below
        yield from tree(below)


def test_docstring_draws_the_tree_as_it_is() -> None:
    drawn = dict(re.findall(r"[├└]─ (\w+) +([a-z-]+)", errors.__doc__ or ""))
    real = {cls.__name__: cls.code for cls in tree()}
    assert drawn | {"EngineError": EngineError.code} == real


def test_codes_are_unique_and_every_sentence_says_something() -> None:
    classes = list(tree())
    assert len({cls.code for cls in classes}) == len(classes)
    assert all(cls.sentence.endswith(".") for cls in classes)


def test_one_line_is_one_line() -> None:
    assert LoadFailed("first\nsecond").one_line == "load-failed: first"
    assert LoadFailed().one_line == f"load-failed: {LoadFailed.sentence}"
