"""Thoughts of earlier answers: a model is not told them again.

Models that think were trained so, and the thoughts would fill the context window.
"""

import re

from localm.records import ChatMessage

# A thought that was broken off has no end, and nothing behind it.
THOUGHT = re.compile(r"\s*<think>.*?(?:</think>\s*|\Z)", re.DOTALL)
# The opening tag may have been the end of the prompt. Code may show the closing one.
FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def without_thoughts(text: str) -> str:
    """The answer itself: a thought stands at its beginning or nowhere.

    The same rule as in `web/page/thought_split.js`, which shows it.
    """
    if found := THOUGHT.match(text):
        return text[found.end() :]
    thought, tag, rest = text.partition("</think>")
    is_thought = tag and "<think>" not in thought and (not rest or rest[0].isspace())
    if not is_thought or len(FENCE.findall(thought)) % 2:
        return text
    return rest.lstrip()


def without_own_thoughts(message: ChatMessage) -> ChatMessage:
    """The message as the model reads it later."""
    if message["role"] != "assistant":
        return message
    return ChatMessage(role="assistant", content=without_thoughts(message["content"]))
