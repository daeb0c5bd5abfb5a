"""The CommonMark specification's examples, rendered by the page: all that its policy allows."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.browser.conftest import ROOT, OpenFake
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.rendering import Rendering

SPECIFICATION = ROOT / "web" / "node_modules" / "commonmark-spec" / "spec.txt"
COMPARE = (ROOT / "tests" / "browser" / "commonmark.js").read_text()
PARTS = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$|^#{1,6} *([^\n]*)$", re.S | re.M)


class Example(NamedTuple):
    number: int
    section: str
    markdown: str
    html: str


def examples() -> Iterator[Example]:
    text = SPECIFICATION.read_text(encoding="utf-8").split("<!-- END TESTS -->")[0]
    section, number = "", 0
    for found in PARTS.finditer(text.replace("→", "\t")):
        if found[3] is not None:
            section = found[3]
        else:
            number += 1
            yield Example(number, section, found[1], found[2])


# What this page shows otherwise, and why.
SECTIONS_LEFT_OUT = {
    "HTML blocks": "tags that a model writes are shown as text, but for a few without attributes",
    "Raw HTML": "the same",
}
LEFT_OUT = {
    "raw HTML among other things": (
        *(21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643),
    ),
    "GitHub's Markdown makes links of bare addresses": (602, 608, 611, 612),
    "an image that is a link stands in front of it, because it has a button": (517, 531),
    "marked reads no entity in the word behind a fence": (34,),
    "a line end that is written as an entity is a space": (39,),
}
NUMBERS_LEFT_OUT = {number for numbers in LEFT_OUT.values() for number in numbers}


def test_specification_is_rendered_as_it_says(open_fake: OpenFake, server: FaultyServer) -> None:
    chosen = [
        one
        for one in examples()
        if one.section not in SECTIONS_LEFT_OUT and one.number not in NUMBERS_LEFT_OUT
    ]
    assert len(chosen) == 565
    chat = open_fake()
    rendering = Rendering(chat, server)
    rendering.load(with_thoughts=False)
    results = chat.page.evaluate(COMPARE, [rendering.folder, [one._asdict() for one in chosen]])
    wrong = [
        (one.number, one.markdown, ours, expected)
        for one, (ours, expected) in zip(chosen, results, strict=True)
        if ours != expected
    ]
    assert wrong == []
    assert chat.errors == []


def test_what_is_left_out_differs_indeed(open_fake: OpenFake, server: FaultyServer) -> None:
    """An example that came to agree belongs to the others."""
    chosen = [one for one in examples() if one.number in NUMBERS_LEFT_OUT]
    rendering = Rendering(open_fake(), server)
    rendering.load(with_thoughts=False)
    results = rendering.page.evaluate(
        COMPARE, [rendering.folder, [one._asdict() for one in chosen]]
    )
    agreeing = [one.number for one, (a, b) in zip(chosen, results, strict=True) if a == b]
    assert agreeing == []
