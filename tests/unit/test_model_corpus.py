"""The embedded model's corpus: what every conversation it is trained on keeps to."""

import random
from itertools import islice

import pytest

from build_scripts.model.conversations import conversations
from build_scripts.model.noise import disturb
from build_scripts.model.paths import FRESH_WORDINGS
from build_scripts.model.topics import fill, topics


def test_the_same_seed_gives_the_same_conversations() -> None:
    first = [*islice(conversations("a"), 20)]
    assert first == [*islice(conversations("a"), 20)]
    assert first != [*islice(conversations("b"), 20)]


def test_every_conversation_alternates_and_ends_with_an_answer() -> None:
    for messages in islice(conversations("roles"), 200):
        roles = [message["role"] for message in messages if message["role"] != "system"]
        assert roles == ["user", "assistant"] * (len(roles) // 2)


def test_no_place_is_left_unfilled_in_any_topic() -> None:
    for topic in topics():
        for row in topic.rows:
            filled = " ".join(fill(text, row) for text in (*topic.ask, *topic.say))
            assert not any(place in filled for place in ("{a}", "{b}", "{c}"))


def test_no_wording_is_asked_in_two_topics() -> None:
    seen: dict[str, str] = {}
    for topic in topics():
        for text in topic.ask:
            key = fill(text, topic.rows[0]).casefold().strip("?!. ")
            assert seen.setdefault(key, topic.name) == topic.name or "{a}" in text, text


def test_no_wording_kept_for_judging_the_model_is_trained_on() -> None:
    trained = {text.casefold() for topic in topics() for text in topic.ask}
    assert not trained & {line.casefold() for line in FRESH_WORDINGS.read_text().splitlines()}


@pytest.mark.parametrize("name", ["privacy", "prove_privacy"])
def test_a_privacy_answer_does_not_begin_with_a_bare_yes_or_no(name: str) -> None:
    (topic,) = (topic for topic in topics() if topic.name == name)
    assert not any(answer.startswith(("Yes", "No,", "No.", "No:")) for answer in topic.say)


def test_answers_never_begin_with_white_space() -> None:
    """It would merge with the newline before it into another token than the one generated."""
    for topic in topics():
        assert all(answer == answer.strip() for answer in topic.say)


def test_noise_leaves_something_to_read() -> None:
    rng = random.Random(1)
    assert all(disturb(rng, "What is localm?").strip() for _ in range(500))
