"""The oldest turns go, whole; the system message and the last message stay."""

import pytest

from localm.context_window import TEMPLATE_TOKENS, fit, split_turns
from localm.errors import PromptTooLong
from localm.records import ChatMessage

SYSTEM: ChatMessage = {"role": "system", "content": "s" * 12}


def user(length: int) -> ChatMessage:
    return {"role": "user", "content": "u" * length}


def assistant(length: int) -> ChatMessage:
    return {"role": "assistant", "content": "a" * length}


async def count(text: str) -> int:
    return len(text)


async def test_conversation_that_fits_stays_whole() -> None:
    messages = [SYSTEM, user(10), assistant(10), user(10)]
    fitted = await fit(messages, count, 100, 16)
    assert fitted.messages == messages
    assert fitted.dropped_messages == 0


async def test_oldest_turns_go_in_pairs() -> None:
    messages = [SYSTEM, user(1), assistant(2), user(3), assistant(4), user(5)]
    needed = sum(len(one["content"]) + TEMPLATE_TOKENS for one in messages)
    fitted = await fit(messages, count, needed + 16 - 1, 16)
    assert fitted.messages == [SYSTEM, *messages[3:]]
    assert fitted.dropped_messages == 2
    assert (await fit(messages, count, needed + 16, 16)).dropped_messages == 0


async def test_answer_gets_at_most_a_quarter_of_the_window() -> None:
    assert (await fit([user(67)], count, 100, 1_000_000)).messages == [user(67)]
    with pytest.raises(PromptTooLong):
        await fit([user(68)], count, 100, 1_000_000)


async def test_last_message_that_does_not_fit_says_how_long_and_how_much_fits() -> None:
    with pytest.raises(PromptTooLong) as caught:
        await fit([SYSTEM, user(1), assistant(1), user(500)], count, 100, 10)
    assert caught.value.detail == "500 tokens; 62 fit"
    assert (await fit([SYSTEM, user(62)], count, 100, 10)).messages == [SYSTEM, user(62)]


async def test_what_is_dropped_anyway_is_not_counted() -> None:
    counted: list[int] = []

    async def note(text: str) -> int:
        counted.append(len(text))
        return len(text)

    await fit([user(10**6), assistant(1), user(99), assistant(2), user(5)], note, 100, 10)
    assert sorted(counted) == [2, 5, 99]


async def test_irregular_histories_are_cut_before_a_user_message() -> None:
    messages = [assistant(1), user(2), user(3), assistant(4), assistant(5), user(6)]
    turns = split_turns(messages).turns
    assert [len(turn) for turn in turns] == [1, 1, 3, 1]
    assert split_turns(messages).messages == messages
