"""Makes conversations out of topics: deterministic for a random generator with a given seed."""

import random
from collections.abc import Iterator
from typing import TypedDict

from .noise import disturb
from .topics import Topic, fill, system_messages, topics


class Message(TypedDict):
    """One message of a conversation, as in the OpenAI API."""

    role: str
    content: str


TURNS = (1, 2, 3, 4, 5)
TURN_WEIGHTS = (45, 25, 15, 10, 5)
SYSTEM_SHARE = 0.2
FOLLOW_SHARE = 0.4
LONG_CHARACTERS = (300, 1200)


def _long_text(rng: random.Random) -> str:
    wanted = rng.randint(*LONG_CHARACTERS)
    text = ""
    while len(text) < wanted:
        topic = rng.choice(topics())
        text += fill(rng.choice(topic.say), rng.choice(topic.rows)) + " "
    return text.strip()


def _turn(rng: random.Random, topic: Topic) -> list[Message]:
    row = rng.choice(topic.rows)
    question = disturb(rng, fill(rng.choice(topic.ask), row))
    if topic.is_long:
        question += rng.choice(("\n\n", "\n", " ")) + _long_text(rng)
    answer = fill(rng.choice(topic.say), row)
    return [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]


def _next_topic(rng: random.Random, previous: Topic | None) -> Topic:
    if previous is not None and previous.then and rng.random() < FOLLOW_SHARE:
        return rng.choice(previous.then)
    return rng.choices(topics(), [topic.weight for topic in topics()])[0]


def conversation(rng: random.Random) -> list[Message]:
    """One conversation of one to five turns; one in five begins with a system message."""
    messages: list[Message] = []
    if rng.random() < SYSTEM_SHARE:
        messages.append({"role": "system", "content": rng.choice(system_messages())})
    topic = None
    for _ in range(rng.choices(TURNS, TURN_WEIGHTS)[0]):
        topic = _next_topic(rng, topic)
        messages += _turn(rng, topic)
    return messages


def conversations(seed: str) -> Iterator[list[Message]]:
    """An endless stream of conversations, always the same for the same seed."""
    rng = random.Random(seed)
    while True:
        yield conversation(rng)
