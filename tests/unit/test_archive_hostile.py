"""Whatever is in a file, reading it ends in an archive that can be stored, or in our own error."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from localm import archive_localm
from localm.archive import read_archive
from localm.errors import BadArchive
from localm.protocol import Done, RestoreResult
from localm.wire import to_json
from tests.unit.archive_data import documented, sample

FILES = {
    "localm": json.dumps(documented()),
    "chatgpt": sample("chatgpt.json"),
    "webllm-chat": sample("webllm_chat_store.json"),
    "webllm-chat export": sample("webllm_chat_export.json"),
}
ROUNDS = 1500
HOSTILE: list[Any] = [
    None,
    True,
    0,
    -1,
    10**400,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "\ud800",
    "__proto__",
    "m1",
    "a" * 10_000,
    [],
    {},
    [None],
    {"": ""},
    {"parent": "t-q1", "children": ["t-root"], "message": {"author": {"role": "user"}}},
]


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Each container with each of its keys."""
    waiting = [data]
    while waiting:
        here = waiting.pop()
        keys = range(len(here)) if isinstance(here, list) else list(here)
        for key in keys:
            yield here, key
            if isinstance(here[key], list | dict):
                waiting.append(here[key])


def mutated(text: str, chance: random.Random) -> str:
    """The file with one to three things wrong in it."""
    data = json.loads(text)
    for _ in range(chance.randint(1, 3)):
        found = list(places(data))
        if not found:
            break
        here, key = chance.choice(found)
        other, other_key = chance.choice(found)
        match chance.randrange(4):
            case 0:
                here[key] = deepcopy(chance.choice(HOSTILE))
            case 1:
                del here[key]
            case 2:
                here[key] = deepcopy(other[other_key])
            case _ if isinstance(here, list):
                here.append(deepcopy(here[key]))
            case _:
                here[f"{key}2"] = deepcopy(here[key])
    return json.dumps(data)


@pytest.mark.parametrize("name", FILES)
def test_mutations_end_in_an_archive_or_in_our_error(name: str) -> None:
    chance = random.Random(f"archive {name}")
    read = 0
    for _ in range(ROUNDS):
        try:
            reading = read_archive(mutated(FILES[name], chance))
        except BadArchive:
            continue
        read += 1
        # What was read holds up to the strict rules of our own format, and to the wire.
        assert archive_localm.read(json.loads(json.dumps(reading.archive))) == reading.archive
        result = RestoreResult(archive=reading.archive, source=reading.source, skipped=[])
        assert json.loads(to_json(Done("1", result)))["result"]["archive"] == reading.archive
    assert 0 < read < ROUNDS or name != "localm"


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere_ends_in_our_error(name: str) -> None:
    chance = random.Random(f"cut {name}")
    for _ in range(200):
        text = FILES[name].rstrip()
        with pytest.raises(BadArchive):
            read_archive(text[: chance.randrange(len(text))])


@pytest.mark.parametrize("name", FILES)
def test_flipped_characters_end_in_an_archive_or_in_our_error(name: str) -> None:
    chance = random.Random(f"flip {name}")
    ends: set[str] = set()
    for _ in range(ROUNDS):
        letters = list(FILES[name])
        for _ in range(chance.randint(1, 4)):
            letters[chance.randrange(len(letters))] = chance.choice('"{}[],:\\0-9eE\0\ud800ü')
        try:
            ends.add(read_archive("".join(letters)).source)
        except BadArchive as error:
            ends.add(error.code)
    assert "unknown-archive" in ends
