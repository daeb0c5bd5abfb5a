"""Makes a conversation fit the context window: the oldest turns go, the system message stays."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from localm.errors import PromptTooLong
from localm.records import ChatMessage

TEMPLATE_TOKENS = 8  # what a chat template puts around one message, generously
CountTokens = Callable[[str], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A system message or none, and turns: what the user said, and what answered it."""

    system: list[ChatMessage]
    turns: list[list[ChatMessage]]
    dropped_messages: int = 0

    @property
    def messages(self) -> list[ChatMessage]:
        """All of it, in order."""
        return self.system + [message for turn in self.turns for message in turn]

    def without_oldest_turn(self) -> "Conversation":
        """The same, one turn shorter."""
        oldest, *rest = self.turns
        return Conversation(self.system, rest, self.dropped_messages + len(oldest))


def split_turns(messages: list[ChatMessage]) -> Conversation:
    """Cut before each message of the user; what precedes the first one is a turn of its own."""
    system = [message for message in messages[:1] if message["role"] == "system"]
    turns: list[list[ChatMessage]] = []
    for message in messages[len(system) :]:
        if message["role"] == "user" or not turns:
            turns.append([])
        turns[-1].append(message)
    return Conversation(system, turns)


async def fit(
    messages: list[ChatMessage], count: CountTokens, context_window: int, max_tokens: int
) -> Conversation:
    """Drop the oldest turns until the prompt leaves room for an answer.

    The room is `max_tokens`, but at most a quarter of the window. Counts from the newest message
    backwards, so that what is dropped anyway is not counted. Raises PromptTooLong when the last
    message alone does not fit.
    """
    whole = split_turns(messages)
    room = context_window - answer_room(context_window, max_tokens)
    room -= await _cost(whole.system, count)
    *older, last = whole.turns
    needed = await _cost(last, count)
    if needed > room:
        raise PromptTooLong.counted(needed - TEMPLATE_TOKENS, max(0, room - TEMPLATE_TOKENS))
    room -= needed
    kept = [last]
    while older and (needed := await _cost(older[-1], count)) <= room:
        room -= needed
        kept.insert(0, older.pop())
    return Conversation(whole.system, kept, sum(map(len, older)))


def answer_room(context_window: int, max_tokens: int) -> int:
    """How many tokens are kept for the answer: what it may have, but at most a quarter."""
    return min(max_tokens, context_window // 4)


async def _cost(messages: list[ChatMessage], count: CountTokens) -> int:
    return sum([await count(one["content"]) + TEMPLATE_TOKENS for one in messages])
