"""An answer ends before a stop text, wherever the engine cuts its pieces."""

import pytest

from localm.stop_text import StopText


def through(pieces: list[str], stops: list[str]) -> tuple[list[str], bool]:
    stop = StopText(stops)
    sent = [text for piece in pieces if (text := stop.feed(piece))]
    if rest := stop.rest():
        sent.append(rest)
    return sent, stop.found


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_stop_text_is_found_over_any_cut(cut: int) -> None:
    text = "one END two"
    pieces = [text[at : at + cut] for at in range(0, len(text), cut)]
    sent, found = through(pieces, ["END"])
    assert "".join(sent) == "one "
    assert found


def test_what_only_begins_like_a_stop_text_is_sent_in_the_end() -> None:
    assert through(["an E", "N", "d of EN"], ["END"]) == (["an ", "ENd of ", "EN"], False)


def test_nothing_is_held_back_without_need() -> None:
    assert through(["one", " two"], []) == (["one", " two"], False)
    assert through(["one", " two"], ["END"])[0] == ["one", " two"]


def test_the_first_place_counts_and_not_the_first_stop() -> None:
    assert through(["a b c"], ["c", "b"]) == (["a "], True)
    assert through(["aab"], ["ab", "aab"]) == ([], True)


def test_after_a_stop_nothing_goes_out() -> None:
    assert through(["a.", "b", "c."], ["."]) == (["a"], True)
