"""run_prompt: from a chat message to its result, whichever engine it takes.

One generation at a time; a request waits in line from its arrival. When an engine fails, the same
request goes on with the next one, and the page is told before the new answer begins.
"""

import logging
from dataclasses import replace
from typing import Any

from localm.answer_text import AnswerText
from localm.catalog import ModelRecord
from localm.context_window import Conversation, fit
from localm.engines.contract import CancelToken, Completion, CompletionRequest, Engine
from localm.errors import (
    BadJson,
    Cancelled,
    DeviceLost,
    EngineError,
    GenerationFailed,
    OutOfMemory,
    PromptTooLong,
)
from localm.json_answer import JsonWish, json_wish, once_more
from localm.model_cache import Hear, LoadEvent, Waiter
from localm.prompt import as_read
from localm.protocol import Chat, Fallback
from localm.reasoning import wanted_reasoning
from localm.records import ChatMessage, ChatResult, Usage
from localm.routing import engine_for
from localm.seeds import spread_seed
from localm.session import Post, Session

log = logging.getLogger("localm")

NOTHING = Completion("abort", 0, 0)
NO_JSON = "The answer was not the JSON that was asked for: {fault}."
CUT_OFF = "the answer was too long, and was cut off"


async def run_prompt(session: Session, chat: Chat, post: Post, cancel: CancelToken) -> ChatResult:
    """Answer the last message: chunks go out through `post`, the end is returned.

    A raised token ends it with finish_reason "abort", also while it waits in line or for a load.
    Raises UnknownModel, PromptTooLong, NoEngineLeft, BadSchema, BadJson.
    """
    record = await session.record(chat.model)
    wish = json_wish(chat.options)
    return await _Prompt(session, record, chat, wish, post, cancel).run()


class _Prompt:
    """One request on its way through the engines."""

    def __init__(
        self,
        session: Session,
        record: ModelRecord,
        chat: Chat,
        wish: JsonWish | None,
        post: Post,
        cancel: CancelToken,
    ) -> None:
        self.session = session
        self.chat = chat
        self.wish = wish
        self.record = record
        self.post = post
        self.cancel = cancel
        self.out = AnswerText(chat.id, post, chat.options.get("stop", ()))
        self.failures: list[Fallback] = []
        self.engine: Engine | None = None  # the last one that was asked
        self.generating: Any = None  # the object that a cancel interrupts
        self.dropped_messages = 0

    async def run(self) -> ChatResult:
        """Wait for a turn and for the model, then answer."""
        self.cancel.when_requested(self._interrupt)
        try:
            with self.session.cache.waiting(self.record.id, self._hear, self.cancel) as waiter:
                async with self.session.line.turn(self.cancel):
                    return self._result(await self._answer(waiter))
        except Cancelled:
            return self._result(NOTHING)

    async def _answer(self, waiter: Waiter) -> Completion:
        js_object = await self.session.cache.get(waiter, self._load)
        for _ in self.session.engines:
            self.engine = engine_for(self.session.engines, js_object)
            try:
                return await self._as_wished(self.engine, js_object)
            except EngineError as error:
                note = await self._give_up(self.engine, js_object, error)
            # Two models never share an answer. Only once the next one is ready: it may not be.
            js_object = await self.session.cache.replace(waiter, js_object, self._load)
            self.out.restart(note.reason)
        raise self.session.loader.nobody_left(self.record, self.failures)

    async def _load(self, hear: Hear, cancel: CancelToken) -> Any:
        return await self.session.loader.load(
            self.record, hear, cancel, after=self.engine, earlier=self.failures
        )

    async def _give_up(self, engine: Engine, js_object: Any, error: EngineError) -> Fallback:
        """Announce that the next engine takes over; Cancelled when nobody waits for it any more."""
        where = f"engine={engine.id} device={engine.device} model={self.record.id}"
        log.warning("inference failure %s error=%s", where, error.one_line)
        if self.cancel.requested:
            if isinstance(error, DeviceLost):
                await self.session.cache.discard(self.record.id, js_object)
            raise Cancelled from error
        if isinstance(error, OutOfMemory):
            await self._offer_smaller(js_object, error)
        note = await self.session.loader.announcement(engine, error, self.record, self.cancel)
        if self.session.loader.after(engine):
            self._hear(note)
        else:
            self.failures.append(note)
        return note

    async def _offer_smaller(self, js_object: Any, error: OutOfMemory) -> None:
        """Raises when there is one; what is too large must not stay in memory then."""
        try:
            self.session.loader.offer_smaller(self.record, error)
        except OutOfMemory:
            await self.session.cache.discard(self.record.id, js_object)
            raise

    async def _as_wished(self, engine: Engine, js_object: Any) -> Completion:
        """One more try where the answer should be JSON and is not."""
        messages = as_read(self.chat.messages, self.chat.options)
        completion = await self._generate(engine, js_object, messages)
        fault = self._fault(completion)
        if not fault:
            return completion
        self.out.restart(NO_JSON.format(fault=fault))
        completion = await self._generate(engine, js_object, once_more(messages, fault))
        fault = self._fault(completion)
        if fault:
            raise BadJson(fault, message=BadJson.cut_off if fault == CUT_OFF else "")
        return completion

    def _fault(self, completion: Completion) -> str:
        is_stopped = self.cancel.requested or completion.finish_reason == "abort"
        if self.wish is None or is_stopped or not (fault := self.wish.fault(self.out.text)):
            return ""
        return CUT_OFF if completion.finish_reason == "length" else fault

    async def _generate(
        self, engine: Engine, js_object: Any, messages: list[ChatMessage]
    ) -> Completion:
        conversation = await self._fit(engine, js_object, messages)
        while True:
            try:
                return await self._stream(engine, js_object, conversation)
            except PromptTooLong as error:
                conversation = self._shorter(conversation, error)

    async def _fit(
        self, engine: Engine, js_object: Any, messages: list[ChatMessage]
    ) -> Conversation:
        async def count(text: str) -> int:
            return await self.session.token_counts.of(engine, js_object, self.record.id, text)

        window, max_tokens = self.record.context_window, self._request([]).max_tokens
        try:
            return await fit(messages, count, window, max_tokens)
        except PromptTooLong as error:
            raise self._with_files(error) from error

    def _with_files(self, error: PromptTooLong) -> PromptTooLong:
        """The same, which says so when it is files that are too long."""
        if not self.chat.messages[-1].get("attachments") or not error.tokens:
            return error
        return PromptTooLong.counted(error.tokens, error.fits, has_files=True)

    def _shorter(self, conversation: Conversation, error: PromptTooLong) -> Conversation:
        if self.out.is_out:
            raise GenerationFailed(error.one_line) from error
        if len(conversation.turns) == 1:
            raise self._with_files(error)
        return conversation.without_oldest_turn()

    async def _stream(
        self, engine: Engine, js_object: Any, conversation: Conversation
    ) -> Completion:
        if self.cancel.requested:
            raise Cancelled
        self.dropped_messages = conversation.dropped_messages
        request = self._request(conversation.messages)
        self.generating = js_object
        try:
            completion = await engine.generate(js_object, request, self._emit)
        finally:
            self.generating = None
        if not self.cancel.requested:
            self.out.end()
        return replace(completion, finish_reason="stop") if self.out.is_over else completion

    def _request(self, messages: list[ChatMessage]) -> CompletionRequest:
        options, record = self.chat.options, self.record
        seed = options.get("seed")
        return CompletionRequest(
            messages=messages,
            temperature=options.get("temperature", record.default_temperature),
            top_p=options.get("top_p", record.default_top_p),
            max_tokens=options.get("max_tokens", record.default_max_tokens),
            seed=None if seed is None else spread_seed(seed),
            top_k=options.get("top_k"),
            presence_penalty=options.get("presence_penalty", 0),
            frequency_penalty=options.get("frequency_penalty", 0),
            reasoning=wanted_reasoning(record.reasoning, options),
            grammar=self.wish.grammar if self.wish else None,
            cancel=self.cancel,
        )

    def _emit(self, text: str) -> None:
        if not self.cancel.requested:
            self.out.feed(text)
        if self.cancel.requested or self.out.is_over:
            self._interrupt()  # each time: WebLLM forgets one that comes before its first chunk

    def _interrupt(self) -> None:
        if self.engine is not None and self.generating is not None:
            self.engine.interrupt(self.generating)

    def _hear(self, event: LoadEvent) -> None:
        if isinstance(event, Fallback):
            self.failures.append(event)
        self.post(replace(event, id=self.chat.id))

    def _result(self, completion: Completion) -> ChatResult:
        prompt, completed = completion.prompt_tokens, completion.completion_tokens
        return ChatResult(
            finish_reason="abort" if self.cancel.requested else completion.finish_reason,
            usage=Usage(
                prompt_tokens=prompt,
                completion_tokens=completed,
                total_tokens=prompt + completed,
            ),
            timings=self.out.timings(completed),
            engine=self.engine.id if self.engine else "",
            device=self.engine.device if self.engine else None,
            model=self.record.id,
            dropped_messages=self.dropped_messages,
        )
