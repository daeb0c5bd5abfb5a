"""What a model is asked: messages, attachments and options, checked once, whoever asks."""

import re
from typing import Any, get_args

from localm.errors import BadMessage
from localm.fields import MAX_COUNT, MAX_SEED, Fields
from localm.records import (
    Attachment,
    ChatMessage,
    ChatOptions,
    ResponseFormat,
    ResponseType,
    Role,
)

MAX_STOPS = 8
MAX_PENALTY = 2
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # json.loads has joined the pairs


def checked_messages(items: list[Any]) -> list[ChatMessage]:
    """A conversation that ends with something said by the user. Raises BadMessage."""
    messages = checked_turns(items)
    if not messages or messages[-1]["role"] != "user":
        raise BadMessage("the last message must be the user's")
    if not messages[-1]["content"].strip() and not messages[-1].get("attachments"):
        raise BadMessage("the last message is blank", message="Write a message first.")
    return messages


def checked_turns(items: list[Any]) -> list[ChatMessage]:
    """A conversation, whoever spoke last. Raises BadMessage."""
    messages = [_chat_message(Fields(item)) for item in items]
    if any(message["role"] == "system" for message in messages[1:]):
        raise BadMessage("a system message must be the first one")
    return messages


def checked_attachments(items: list[Any]) -> list[Attachment]:
    """Text files. Raises BadMessage."""
    return [_attachment(Fields(item)) for item in items]


def checked_options(data: Any) -> ChatOptions:
    """How to answer, each option in its range. Raises BadMessage, which names the option."""
    try:
        return _options(Fields(data))
    except BadMessage as error:
        error.message = f"An option cannot be used: {error.detail}. Change it and send again."
        raise


def _options(given: Fields) -> ChatOptions:
    options: ChatOptions = {}
    if "temperature" in given:
        options["temperature"] = given.number("temperature", 0, 2)
    if "top_p" in given:
        options["top_p"] = given.number("top_p", 0, 1)
    if options.get("top_p") == 0:
        raise BadMessage("top_p must be above 0")
    if "top_k" in given:
        options["top_k"] = given.integer("top_k", 1, MAX_COUNT)
    if "max_tokens" in given:
        options["max_tokens"] = given.integer("max_tokens", 1, MAX_COUNT)
    if "seed" in given:
        options["seed"] = given.integer("seed", -MAX_SEED, MAX_SEED)
    _more_options(given, options)
    given.end()
    return options


def _more_options(given: Fields, options: ChatOptions) -> None:
    """What does more than to choose among likely tokens."""
    if "stop" in given:
        options["stop"] = _stop(given.items("stop"))
    if "presence_penalty" in given:
        penalty = given.number("presence_penalty", -MAX_PENALTY, MAX_PENALTY)
        options["presence_penalty"] = penalty
    if "frequency_penalty" in given:
        penalty = given.number("frequency_penalty", -MAX_PENALTY, MAX_PENALTY)
        options["frequency_penalty"] = penalty
    if "reasoning" in given:
        options["reasoning"] = given.boolean("reasoning")
    if "response_format" in given:
        options["response_format"] = _response_format(Fields(given.take("response_format")))


def _stop(items: list[Any]) -> list[str]:
    if len(items) > MAX_STOPS or not all(isinstance(item, str) and item for item in items):
        raise BadMessage(f"stop must be at most {MAX_STOPS} texts, none of them empty")
    return [_whole(item) for item in items]


def _response_format(data: Fields) -> ResponseFormat:
    type, schema = data.text("type"), data.text("schema")
    data.end()
    if type == "json_object" and schema:
        raise BadMessage("schema must be empty for json_object")
    for known in get_args(ResponseType):
        if type == known:
            return ResponseFormat(type=known, schema=_whole(schema))
    raise BadMessage(f"response_format must be one of {', '.join(get_args(ResponseType))}")


def _chat_message(data: Fields) -> ChatMessage:
    role, content = data.text("role"), _whole(data.text("content"))
    items = data.items("attachments") if "attachments" in data else []
    attachments = checked_attachments(items)
    data.end()
    for known in get_args(Role):
        if role == known:
            message = ChatMessage(role=known, content=content)
            return message | {"attachments": attachments} if attachments else message
    raise BadMessage(f"unknown role {role!r}")


def _attachment(data: Fields) -> Attachment:
    attachment = Attachment(name=_whole(data.text("name")), text=_whole(data.text("text")))
    data.end()
    return attachment


def _whole(text: str) -> str:
    """WebLLM's tokenizer takes half a pair for a whole one, and swallows the next character."""
    return LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
