"""The Python API: an async iterator of text, for whoever has Python in the page or in the worker.

    async with aclosing(localm.chat("Hello")) as answer:
        async for text in answer:
            print(text, end="")

Inside, text travels through plain callbacks, since an async iterator across the language border
costs 30 to 60 times more per token; the iterator stands on top of them.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any, Unpack

from localm.chat import run_prompt
from localm.chat_input import checked_messages, checked_options
from localm.engines.contract import CancelToken
from localm.errors import GenerationFailed, InternalError
from localm.protocol import Chat, Chunk, Restart, WorkerMessage
from localm.records import ChatMessage, ChatOptions
from localm.session import Session

_registered: list[Session] = []


def use(session: Session) -> None:
    """Make this session the one that `chat` uses. The start-up in the browser does it."""
    _registered[:] = [session]


async def chat(
    prompt: str | list[ChatMessage],
    *,
    model: str = "",
    session: Session | None = None,
    on_restart: Callable[[str], None] | None = None,
    **options: Unpack[ChatOptions],
) -> AsyncGenerator[str, None]:
    """The answer to a prompt or a conversation, piece by piece. `model` defaults to the first.

    The options are those of `records.ChatOptions`, as keywords: temperature, stop and so on.

    Left early, it interrupts the engine and waits until the engine is free (`aclose` does both).
    When an engine fails after some text, or JSON was asked for and the text is none, the answer
    starts again: `on_restart` is called with the reason, and what follows is the new answer from
    its beginning. Without `on_restart` GenerationFailed is raised, so that two answers are never
    joined unseen.
    Raises BadMessage, UnknownModel, PromptTooLong, NoEngineLeft, BadSchema, BadJson.
    """
    house = session or _session()
    request = _request(house, prompt, model, dict(options))
    queue: asyncio.Queue[WorkerMessage | None] = asyncio.Queue()
    cancel = CancelToken()
    task = asyncio.create_task(run_prompt(house, request, queue.put_nowait, cancel))
    task.add_done_callback(lambda _: queue.put_nowait(None))
    try:
        while (event := await queue.get()) is not None:
            if isinstance(event, Chunk):
                yield event.delta
            elif isinstance(event, Restart):
                _restart(event, on_restart)
        task.result()
    finally:
        cancel.request()
        await asyncio.wait({task})


def _session() -> Session:
    if not _registered:
        raise InternalError("no session: pass one, or call localm.use(session) first")
    return _registered[0]


def _request(
    session: Session, prompt: str | list[ChatMessage], model: str, options: dict[str, Any]
) -> Chat:
    conversation = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else prompt
    messages, checked = checked_messages(list(conversation)), checked_options(options)
    return Chat("python", model or next(iter(session.records), ""), messages, checked)


def _restart(event: Restart, on_restart: Callable[[str], None] | None) -> None:
    if on_restart is None:
        raise GenerationFailed(event.reason)
    on_restart(event.reason)
