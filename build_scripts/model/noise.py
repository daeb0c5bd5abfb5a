"""Disturbs a wording the way people type: no capitals, no punctuation, typos, polite words."""

import random
import re

OPENINGS = ("Please ", "Hey, ", "Guide, ", "Hi, ", "So, ", "Well, ", "um ", "One question: ", "ok ")
CLOSINGS = (" please", ", please", "??", " thanks", "!", " :)", " then", "...")
NOISE_SHARE = 0.45


def _open(rng: random.Random, text: str) -> str:
    return rng.choice(OPENINGS) + text[:1].lower() + text[1:]


def _close(rng: random.Random, text: str) -> str:
    return text.rstrip("?.!") + rng.choice(CLOSINGS)


def _lower(rng: random.Random, text: str) -> str:
    return text.lower()


def _upper(rng: random.Random, text: str) -> str:
    return text.upper()


def _bare(rng: random.Random, text: str) -> str:
    return re.sub(r"[?.!,']", "", text)


def _typo(rng: random.Random, text: str) -> str:
    places = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if len(places) < 4:
        return text
    i = rng.choice(places)
    here, there = text[i], text[i + 1]
    changed = rng.choice((there + here, there, here + here + there))
    return text[:i] + changed + text[i + 2 :]


KINDS = {_lower: 6, _bare: 5, _typo: 5, _open: 4, _close: 4, _upper: 1}


def disturb(rng: random.Random, text: str) -> str:
    """The text as it is, or with one or two disturbances."""
    if rng.random() > NOISE_SHARE:
        return text
    for kind in rng.choices([*KINDS], [*KINDS.values()], k=rng.choice((1, 1, 2))):
        text = kind(rng, text)
    return text
