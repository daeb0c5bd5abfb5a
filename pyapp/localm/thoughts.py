"""Thoughts of earlier answers: a model is not told them again.

Models that think were trained so, and the thoughts would fill the context window.
"""

import re

from localm.records import ChatMessage

# A thought that was broken off has no end, and nothing behind it.
THOUGHT = re.compile(r"\s*<think>.*?(?:</think>\s*|\Z)", re.DOTALL)


def without_thoughts(text: str) -> str:
    """The answer itself: a thought stands at its beginning or nowhere."""
    found = THOUGHT.match(text)
    return text[found.end() :] if found else text


def without_own_thoughts(message: ChatMessage) -> ChatMessage:
    """The message as the model reads it later."""
    if message["role"] != "assistant":
        return message
    return ChatMessage(role="assistant", content=without_thoughts(message["content"]))
