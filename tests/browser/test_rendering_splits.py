"""An answer that has streamed looks like one that came at once, wherever its pieces ended."""

import pytest

from tests.browser.conftest import ROOT, OpenFake
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.rendering import NAMES, Rendering, source

HOSTILE = (ROOT / "tests" / "data" / "hostile.md").read_text()


def test_corpus_is_there() -> None:
    assert len(NAMES) == 17


@pytest.mark.parametrize("name", NAMES)
def test_every_split_ends_as_the_whole_does(
    open_fake: OpenFake, server: FaultyServer, name: str
) -> None:
    rendering = Rendering(open_fake(), server)
    text = source(name)
    for with_thoughts in (False, True) if name.startswith("think") else (False,):
        rendering.load(with_thoughts=with_thoughts)
        whole = rendering.call("whole", text)
        assert rendering.call("differing", text, whole) == []
        assert rendering.call("differingSizes", text, whole, [1, 2, 3, 5, 8, 64]) == []


def test_whole_corpus_in_one_answer_streams_to_the_same_end(
    open_fake: OpenFake, server: FaultyServer
) -> None:
    rendering = Rendering(open_fake(), server)
    rendering.load(with_thoughts=False)
    text = "\n\n".join(
        [*(source(name) for name in NAMES if name not in ("code.md", "long_code.md")), HOSTILE]
    )
    whole = rendering.call("whole", text)
    assert rendering.call("differingSizes", text, whole, [4, 7, 100]) == []


def test_hostile_lines_stream_to_the_same_end(open_fake: OpenFake, server: FaultyServer) -> None:
    rendering = Rendering(open_fake(), server)
    rendering.load(with_thoughts=False)
    for line in HOSTILE.splitlines():
        whole = rendering.call("whole", line)
        assert rendering.call("differingSizes", line, whole, [1, 2, 3, 7]) == [], line


def test_code_of_thousands_of_characters_keeps_every_one(
    open_fake: OpenFake, server: FaultyServer
) -> None:
    rendering = Rendering(open_fake(), server)
    rendering.load(with_thoughts=False)
    lines = "".join(f"value_{n} = compute({n}, `x`)\n" for n in range(300))
    for text in (f"```py\n{lines}```\n\nEnd", f" ~~~none\n{lines}", f"```none\n{lines}```"):
        whole = rendering.call("whole", text)
        assert rendering.call("differingSizes", text, whole, [5, 41, 1000]) == []
