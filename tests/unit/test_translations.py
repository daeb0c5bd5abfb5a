"""The catalogue beside what it must agree with: errors.py, sentences of Python, and index.html.

That each language is complete is a matter of types: `tsc` holds it against the English one.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from localm import advice
from localm.archive_parts import REASONS
from localm.catalog import Build
from localm.errors import BadJson, BadSchema, LocalmError
from localm.files import Room
from localm.models import NO_RUNG
from localm.probe import Probe

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "web" / "page"
LANGUAGES = PAGE / "languages"
PLACES = {"data-label": "aria-label", "data-placeholder": "placeholder", "data-title": "title"}


def codes_of(tree: type[LocalmError]) -> Iterator[str]:
    for error in tree.__subclasses__():
        yield error.code
        yield from codes_of(error)


@pytest.mark.parametrize("code", sorted(set(codes_of(LocalmError))))
def test_every_error_is_worded_in_every_language(code: str) -> None:
    assert f'| "{code}"' in (LANGUAGES / "translation.d.ts").read_text()
    for errors in LANGUAGES.glob("*/errors.js"):
        key = code if re.fullmatch("[a-z]+", code) else f'"{code}"'
        assert re.search(rf"^    {key}:", errors.read_text(), re.MULTILINE), errors


def test_every_language_is_offered_and_loaded() -> None:
    names = {path.stem for path in LANGUAGES.glob("*.js")}
    for file in ("language.js", "translated.js"):
        known = set(re.findall(r"^  ([a-z]{2}): ", (PAGE / file).read_text(), re.MULTILINE))
        assert known - {"en"} == names, file


def shapes() -> list[re.Pattern[str]]:
    text = (PAGE / "strings_reasons.js").read_text()
    return [re.compile(one) for one in re.findall(r"^  \w+:\s+/(.+)/,$", text, re.MULTILINE)]


def sentences() -> Iterator[str]:
    """As Python makes them, each in the forms that it has."""
    f16 = Probe(webgpu=True, features=("shader-f16",), max_buffer_bytes=1 << 28, memory_gb=4)
    yield advice.gpu_lack(a_build(), Probe(webgpu=True))
    yield advice.gpu_lack(a_build(needs_large_buffers=True), f16)
    yield advice.gpu_lack(a_build(memory_mb=6200), f16)
    yield advice.room_lack(3e9, Room(usage=10, quota=1_000_000_000))
    yield NO_RUNG
    yield str(BadSchema.at("/oneOf", "is not supported"))
    yield BadJson.cut_off
    for one, more in REASONS.values():
        yield one
        yield more.format(12)


def a_build(**values: Any) -> Build:
    return Build(format="mlc", repository="org/name", dtype="q4f16_1", **values)


def test_what_python_says_without_a_code_has_a_shape_that_the_page_knows() -> None:
    known = shapes()
    assert len(known) == 18
    for sentence in sentences():
        assert sum(bool(shape.search(sentence)) for shape in known) == 1, sentence


class Index(HTMLParser):
    """The words of index.html that belong to a key of the catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[tuple[str, str]] = []
        self._key = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self._key = found.get("data-text", "")
        for name, attribute in PLACES.items():
            if name in found:
                self.words.append((found[name], found[attribute]))

    def handle_data(self, data: str) -> None:
        if self._key:
            self.words.append((self._key, data))

    def handle_endtag(self, tag: str) -> None:
        self._key = ""


def test_index_html_says_in_english_what_the_catalogue_has() -> None:
    index = Index()
    index.feed((ROOT / "static" / "index.html").read_text())
    text = (PAGE / "strings_page.js").read_text()
    catalogue = dict(re.findall(r'^  (\w+): "(.*)",$', text, re.MULTILINE))
    assert dict(index.words) | {"startersNote": ""} == catalogue
    assert all(catalogue[key] == words for key, words in index.words)
