"""How full the context window would be: counted by the model's tokenizer where it is in memory.

Nothing is loaded for it, and nobody is waited for: the page asks while its person writes.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from localm.attachments import as_text
from localm.catalog import ModelRecord
from localm.context_window import TEMPLATE_TOKENS, CountTokens, answer_room, fit
from localm.errors import EngineError, PromptTooLong
from localm.prompt import as_read
from localm.protocol import Count
from localm.reasoning import wanted_reasoning
from localm.records import ChatMessage, CountResult
from localm.routing import engine_for
from localm.session import Session

log = logging.getLogger("localm")

BYTES_PER_TOKEN = 4  # of UTF-8; about right for prose in any script
MAX_CHARS_PER_TOKEN = 64  # what is longer than this cannot fit, and is not counted at each key


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts a text, and a whole prompt with the template around it."""

    text: CountTokens
    prompt: Callable[[list[ChatMessage]], Awaitable[int]]
    is_estimate: bool


async def count(session: Session, message: Count) -> CountResult:
    """Raises UnknownModel."""
    record = await session.record(message.model)
    js_object = session.cache.object_of(record.id)
    if js_object is None or _is_endless(message, record.context_window):
        return await _counted(message, record, ESTIMATE)
    engine = engine_for(session.engines, js_object)

    async def text(text: str) -> int:
        return await session.token_counts.of(engine, js_object, record.id, text)

    async def prompt(messages: list[ChatMessage]) -> int:
        reasoning = wanted_reasoning(record.reasoning, message.options)
        return await engine.count_prompt(js_object, messages, reasoning)

    try:
        return await _counted(message, record, Counter(text, prompt, False))
    except EngineError as error:  # unloaded meanwhile, or its device is gone: a chat will mend that
        log.warning("count failure engine=%s error=%s", engine.id, error.one_line)
        return await _counted(message, record, ESTIMATE)


async def estimated_tokens(text: str) -> int:
    """From the text's length alone."""
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)


async def _estimated_prompt(messages: list[ChatMessage]) -> int:
    texts = [await estimated_tokens(one["content"]) for one in messages]
    return sum(texts) + TEMPLATE_TOKENS * len(texts)


ESTIMATE = Counter(estimated_tokens, _estimated_prompt, True)


def _is_endless(message: Count, window: int) -> bool:
    last = _as_sent(message)[-1]
    texts = [last["content"], *(one["text"] for one in last.get("attachments", []))]
    return sum(map(len, texts)) > window * MAX_CHARS_PER_TOKEN


async def _counted(message: Count, record: ModelRecord, counter: Counter) -> CountResult:
    window = record.context_window
    max_tokens = message.options.get("max_tokens", record.default_max_tokens)
    whole = as_read(_as_sent(message), message.options)
    try:
        fitted = await fit(whole, counter.text, window, max_tokens)
        kept, dropped, fits = fitted.messages, fitted.dropped_messages, True
    except PromptTooLong:
        kept = [one for one in whole[:1] if one["role"] == "system"] + whole[-1:]
        dropped, fits = len(whole) - len(kept), False
    files = [await counter.text(as_text(one)) for one in message.attachments]
    around = await counter.prompt(kept) - sum(files)
    return CountResult(
        model=record.id,
        is_estimate=counter.is_estimate,
        context_window=window,
        max_tokens=answer_room(window, max_tokens),
        message_tokens=await _each(message, dropped, counter, around),
        attachment_tokens=files,
        dropped_messages=dropped,
        fits=fits,
    )


async def _each(message: Count, dropped: int, counter: Counter, total: int) -> list[int]:
    """The tokens of each message; those that would be sent are `total` together.

    The template's share is the same for each: where it begins and ends, only the template knows.
    """
    if not message.messages:
        return []
    read = as_read(message.messages, message.options)[-len(message.messages) :]
    start = 1 if read[0]["role"] == "system" else 0
    left_out = range(start, start + dropped)
    tokens = [
        await (estimated_tokens if number in left_out else counter.text)(one["content"])
        for number, one in enumerate(read)
    ]
    sent = [number for number in range(len(read)) if number not in left_out]
    around = total - sum(tokens[number] for number in sent)
    share, rest = divmod(around, max(1, len(sent)))
    with_template = [max(0, one + share) for one in tokens]
    if sent:
        with_template[sent[-1]] += rest
    return with_template


def _as_sent(message: Count) -> list[ChatMessage]:
    """The conversation with the next prompt at its end, and what is attached to that."""
    messages = list(message.messages)
    if not messages or messages[-1]["role"] != "user":
        messages.append(ChatMessage(role="user", content=""))
    attached = [*messages[-1].get("attachments", []), *message.attachments]
    last = ChatMessage(role="user", content=messages[-1]["content"], attachments=attached)
    return [*messages[:-1], last]
