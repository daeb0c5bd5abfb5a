"""JSON text that nobody vouches for, parsed.

The parser is recursive. CPython ends a nesting that is too deep in an error; in the browser it is
the end of the interpreter, so the depth is measured first, without recursion.
"""

import json
import re
from itertools import accumulate
from typing import Any, NoReturn

# ChatGPT's files, the deepest that are known, nest about ten deep.
MAX_DEPTH = 200
# Possessive, and the closing quote may lack: so each character is looked at once, in any text.
STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
NO_BRACKET = re.compile(r"[^\[\]{}]++")
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def parse(text: str, *, max_depth: int = MAX_DEPTH, is_lenient: bool = True) -> Any:
    """The value in a text. Raises ValueError.

    NaN and the infinities become None, where that is let pass: whoever wrote them had no number.
    """
    brackets = NO_BRACKET.sub("", STRING.sub("", text))
    if max(accumulate(STEPS[one] for one in brackets), default=0) > max_depth:
        raise ValueError(f"nested more than {max_depth} deep")
    return json.loads(text, parse_constant=_none if is_lenient else _refuse)


def _none(_name: str) -> None:
    return None


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
