"""How full the context window would be: counted by the model's tokenizer where it is in memory.

Nothing is loaded for it, and nobody is waited for: the page asks while its person writes.
"""

from localm.attachments import as_text
from localm.context_window import TEMPLATE_TOKENS, answer_room, fit
from localm.errors import PromptTooLong
from localm.prompt import as_read
from localm.protocol import Count, CountResult
from localm.records import ChatMessage
from localm.session import Session

BYTES_PER_TOKEN = 4  # of UTF-8; about right for prose in any script


async def count(session: Session, message: Count) -> CountResult:
    """Raises UnknownModel."""
    record = await session.record(message.model)
    return await _estimated(message, record.context_window, record.default_max_tokens)


async def estimated_tokens(text: str) -> int:
    """From the text's length alone."""
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)


async def _estimated(message: Count, window: int, default_max_tokens: int) -> CountResult:
    max_tokens = message.options.get("max_tokens", default_max_tokens)
    read = as_read(message.messages, message.options)[-len(message.messages) :]
    tokens = [await estimated_tokens(one["content"]) + TEMPLATE_TOKENS for one in read]
    files = [await estimated_tokens(as_text(one)) for one in message.attachments]
    dropped, fits = await _fitted(message, window, max_tokens)
    return CountResult(
        model=message.model,
        is_estimate=True,
        context_window=window,
        max_tokens=answer_room(window, max_tokens),
        message_tokens=tokens,
        attachment_tokens=files,
        dropped_messages=dropped,
        fits=fits,
    )


async def _fitted(message: Count, window: int, max_tokens: int) -> tuple[int, bool]:
    whole = as_read(_as_sent(message), message.options)
    try:
        fitted = await fit(whole, estimated_tokens, window, max_tokens)
        return fitted.dropped_messages, True
    except PromptTooLong:
        older = [one for one in whole[:-1] if one["role"] != "system"]
        return len(older), False


def _as_sent(message: Count) -> list[ChatMessage]:
    """The conversation with the next prompt at its end, and what is attached to that."""
    messages = list(message.messages)
    if not messages or messages[-1]["role"] != "user":
        messages.append(ChatMessage(role="user", content=""))
    attached = [*messages[-1].get("attachments", []), *message.attachments]
    last = ChatMessage(role="user", content=messages[-1]["content"], attachments=attached)
    return [*messages[:-1], last]
