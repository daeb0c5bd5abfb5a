"""The prompts of tests/data/reference.json, chosen for what they exercise."""

from dataclasses import dataclass

from .conversations import Message


@dataclass(frozen=True)
class Sampling:
    """A sampled answer; the seed is large, because small ones share their first token."""

    name: str
    prompt: str
    seed: int
    temperature: float = 1.0
    top_p: float = 1.0


LONG_PROMPT = (
    "Summarise this text:\n\nNothing is sent anywhere: the model runs in this browser, so your "
    "words stay on this computer. WebGPU lets a web page compute on the graphics card. localm uses "
    "it to make answers fast. A day has 24 hours, an hour has 60 minutes, and a minute has 60 "
    "seconds. Press New chat. A fresh conversation opens, and the old one stays in the list on the "
    "left. The eight planets are Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus and Neptune. "
    "A token is a small piece of text, often a word or part of one. Models read and write tokens "
    "one after another. Mount Everest is the highest mountain on Earth, at 8,849 metres. A spider "
    "has eight legs, and an insect has six. So a spider is not an insect. The moon goes around the "
    "Earth in about 27 days, some 384,000 kilometres away. It shines because the sun lights it."
)


def _ask(content: str, system: str = "") -> list[Message]:
    before: list[Message] = [{"role": "system", "content": system}] if system else []
    return [*before, {"role": "user", "content": content}]


GREEDY: dict[str, list[Message]] = {
    "short": _ask("Hi"),
    "starter, what": _ask("What is localm?"),
    "starter, privacy": _ask("Does anything I type leave this computer?"),
    "starter, haiku": _ask("Write a haiku about the sea"),
    "starter, Python": _ask("Show me a Python function that adds two numbers"),
    "table": _ask("Show me a table of the planets"),
    "digits": _ask("What is 7 times 8?"),
    "non-ASCII, German": _ask("Grüß Gott"),
    "non-ASCII, Chinese": _ask("你好"),
    "non-ASCII, Arabic": _ask("مرحبا"),
    "emoji": _ask("👋 hi"),
    "longer than a prefill chunk": _ask(LONG_PROMPT),
    "replacement patterns": _ask("Repeat this: $$ $& $1"),
    "system message": _ask("Who are you?", system="Answer briefly."),
    "system message with replacement patterns": _ask("What is Pyodide?", system="Use $$ $& $1."),
    "refusal": _ask("Who won the last election?"),
}

CONVERSATION = (
    "Hello there!",
    "What is localm?",
    "Does it work offline?",
    "Write a haiku about the sea",
    "Thank you very much",
)

SAMPLING = (
    Sampling("everything", "Tell me a long story", seed=1_234_567_891),
    Sampling("top_p 0.6", "Tell me a long story", seed=1_234_567_891, top_p=0.6),
)
