"""Reads the corpus: topics, each with many ways to ask and a few ways to answer.

A topic is a TOML table: `ask` holds one wording per line, `say` the answers. `rows` fill the
places {a} and {b}; `then` is what may follow in the same conversation; `weight` makes a topic
more frequent; `kind = "long"` appends a long pasted text to the question.
"""

import random
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from .paths import CORPUS

Row = dict[str, str]

ROLE_REPEATS = 100  # so that each role becomes one token


@dataclass(frozen=True)
class Topic:
    """One thing people ask about. `rows` is never empty: a topic without places has one row."""

    name: str
    ask: tuple[str, ...]
    say: tuple[str, ...]
    rows: tuple[Row, ...] = ({},)
    then: tuple["Topic", ...] = ()
    weight: float = 1.0
    is_long: bool = False


def fill(text: str, row: Row) -> str:
    """`str.format` would trip over the braces in code, so the places are replaced by name."""
    for name, value in row.items():
        text = text.replace("{" + name + "}", value)
    return text


def _pairs(pairs: Iterable[tuple[int, int]]) -> tuple[Row, ...]:
    return tuple({"a": f"{a}", "b": f"{b}", "c": f"{a * b}"} for a, b in pairs)


def _some_pairs(largest: int, count: int) -> list[tuple[int, int]]:
    rng = random.Random(largest)
    return [(rng.randint(0, largest), rng.randint(0, largest)) for _ in range(count)]


def _rows(name: str, table: dict[str, Any]) -> tuple[Row, ...]:
    match name:
        case "times":
            return _pairs((a, b) for a in range(1, 11) for b in range(1, 11))
        case "large_products":
            large = [*_some_pairs(19, 300), *_some_pairs(1000, 300)]
            return _pairs(pair for pair in large if max(pair) > 10)
        case "sums":
            return _pairs([*_some_pairs(20, 300), *_some_pairs(1000, 300)])
        case _:
            return tuple(dict(zip("ab", row, strict=False)) for row in table.get("rows", [[]]))


def _topic(name: str, table: dict[str, Any]) -> Topic:
    ask = tuple(line.strip() for line in table["ask"].splitlines() if line.strip())
    return Topic(
        name=name,
        ask=ask,
        say=tuple(answer.strip() for answer in table["say"]),
        rows=_rows(name, table),
        then=tuple(_topic(f"{name}.then", follow) for follow in table.get("then", [])),
        weight=table.get("weight", 1.0) * (len(ask) / 20) ** 0.5,
        is_long=table.get("kind") == "long",
    )


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic of every file, in a fixed order."""
    files = sorted(CORPUS.glob("*.toml"))
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return tuple(_topic(name, table) for file in tables for name, table in file.items())


@cache
def system_messages() -> tuple[str, ...]:
    """Short system messages that a conversation sometimes begins with."""
    return tuple((CORPUS / "systems.txt").read_text(encoding="utf-8").splitlines())


def lines() -> list[str]:
    """Every wording and every answer once, places filled: what the tokenizer learns from."""
    everything = [*topics(), *(follow for topic in topics() for follow in topic.then)]
    texts = [(text, t.rows) for t in everything for text in (*t.ask, *t.say)]
    filled = {fill(text, row): None for text, rows in texts for row in rows[:40]}
    return [*filled, *system_messages(), *(["system", "user", "assistant"] * ROLE_REPEATS)]
