"""The prompts of tests/data/reference.json, chosen for what they exercise."""

from .conversations import Message

LONG_PROMPT = (
    "Summarise this text:\n\nNothing is sent anywhere: the model runs in this browser, so your "
    "words stay on this computer. WebGPU lets a web page compute on the graphics card. localm uses "
    "it to make answers fast. A day has 24 hours, an hour has 60 minutes, and a minute has 60 "
    "seconds. Press New chat. It opens an empty page, and the old conversation stays in the list "
    "at the left. The eight planets are Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus "
    "and Neptune. A token is a small piece of text, often a word or part of one. Models read and "
    "write tokens one after another. Mount Everest is the highest mountain on Earth, at 8,849 "
    "metres. A spider has eight legs, and an insect has six. So a spider is not an insect. The "
    "moon goes around the Earth in about 27 days, some 384,000 kilometres away. It shines because "
    "the sun lights it."
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

# Each is sampled at each top_p. The model knows several answers to all of them, and none has a
# share of 0.6, so that a draw decides something at top_p 0.6 too.
SAMPLED = (
    "hello there",
    "how are you",
    "make me laugh",
    "tell me something",
    "surprise me",
    "a joke please",
)
TOP_PS = (1.0, 0.6)
