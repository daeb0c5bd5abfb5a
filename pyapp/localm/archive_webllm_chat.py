"""WebLLM Chat's conversations (mlc-ai/web-llm-chat, as of February 2026).

The app writes them in two shapes, and older builds and its parent (ChatGPT-Next-Web) in a third:

- "Export", JSON: `{messages: [{role, content}]}`, one conversation. The first message is a
  system one that the export makes up: a fixed phrase, and the conversation's title.
- Its local storage, key `chat-next-web-store`: `{state: {sessions: [...]}, version}`. A session is
  `{id, topic, messages, lastUpdate, template}`, a message `{id, role, content, model, date,
  streaming, isError}`, where `content` is a text or a list of `{type: "text" | "image_url"}`.
- A backup of all stores: `{"chat-next-web-store": {sessions: [...]}, ...}`.

A conversation there is a list: regenerating replaces an answer, so there are no branches. The
`date` of a message is written for a reader in the local form, so it is not read.
"""

from typing import Any, get_args

from localm.archive_parts import (
    Skipped,
    all_read,
    as_dict,
    as_list,
    as_ms,
    as_text,
    conversation,
    message,
    message_id,
    stable_id,
)
from localm.json_text import parse
from localm.records import ArchivedConversation, MessageRecord, Role

STORE = "chat-next-web-store"
DEFAULT_TOPIC = "New Conversation"
SYSTEM_PHRASE = "You are an assistant that "
BETWEEN = "\n\n"


def recognises(data: Any) -> bool:
    """Whether a parsed file has one of the shapes."""
    return _sessions(data) is not None


def read(data: Any, now_ms: float, skipped: Skipped) -> list[ArchivedConversation]:
    """Every conversation that holds a message."""
    return all_read(_sessions(data) or [], lambda one: _conversation(one, now_ms, skipped), skipped)


def _sessions(data: Any) -> list[Any] | None:
    store = as_dict(data)
    store = _stored(store[STORE]) if STORE in store else store
    store = as_dict(store.get("state")) or store
    if isinstance(store.get("sessions"), list):
        return as_list(store["sessions"])
    if isinstance(store.get("messages"), list):
        return [store] if "topic" in store else [_exported(as_list(store["messages"]))]
    return None


def _stored(value: Any) -> dict[str, Any]:
    """A store is an object, or the text that local storage holds of it."""
    if not isinstance(value, str):
        return as_dict(value)
    try:
        return as_dict(parse(value))
    except ValueError:
        return {}  # then it is recognised as nothing


def _exported(messages: list[Any]) -> dict[str, Any]:
    """One exported conversation as a session: its title is in the first message."""
    first = as_dict(messages[0]) if messages else {}
    made_up = first.get("role") == "system"
    phrase = as_text(first.get("content")) if made_up else ""
    topic = phrase.removeprefix(SYSTEM_PHRASE) if phrase.startswith(SYSTEM_PHRASE) else ""
    return {"topic": topic, "messages": messages[1:] if made_up else messages}


def _conversation(
    session: dict[str, Any], now_ms: float, skipped: Skipped
) -> ArchivedConversation | None:
    template = as_dict(session.get("template")) or as_dict(session.get("mask"))
    updated_ms = as_ms(session.get("lastUpdate")) or now_ms
    created_ms = min(as_ms(template.get("createdAt")) or updated_ms, updated_ms)
    given = [as_dict(one) for one in as_list(session.get("messages"))]
    id = stable_id("webllm-chat", *_identity(session, given))
    messages: list[MessageRecord] = []
    for item in given:
        parent = messages[-1]["id"] if messages else ""
        read = _message(item, message_id(id, len(messages)), parent, updated_ms, skipped)
        if read is not None:
            messages.append(read)
    if not messages:
        return None
    topic = as_text(session.get("topic"))
    title = "" if topic == DEFAULT_TOPIC else topic
    times_ms = (created_ms, updated_ms)
    made = conversation(id, title, messages, messages[-1]["id"], times_ms)
    made["conversation"]["system"] = _system(as_list(template.get("context")))
    return made


def _identity(session: dict[str, Any], messages: list[dict[str, Any]]) -> list[str]:
    """What makes a session this one: its id, or else all that was said."""
    id = as_text(session.get("id"))
    return [id] if id else ["", *(_text(one.get("content"), Skipped()) for one in messages)]


def _message(
    data: dict[str, Any], id: str, parent: str, at_ms: float, skipped: Skipped
) -> MessageRecord | None:
    role = _role(data.get("role"))
    text = _text(data.get("content"), skipped)
    if role == "system":
        skipped.add("system")
        return None
    if role is None or not text:
        # An answer of which nothing had come yet is no loss.
        skipped.add("unreadable", 0 if role and data.get("content") in ("", None, []) else 1)
        return None
    author = as_text(data.get("model")) if role == "assistant" else ""
    read = message(id, parent, role, text, at_ms, author)
    if role == "assistant" and (data.get("streaming") is True or data.get("isError") is True):
        read["state"] = "interrupted"
    return read


def _role(value: Any) -> Role | None:
    return next((known for known in get_args(Role) if value == known), None)


def _text(content: Any, skipped: Skipped) -> str:
    if isinstance(content, str):
        return content
    parts = [as_dict(part) for part in as_list(content)]
    pictures = sum(part.get("type") == "image_url" for part in parts)
    skipped.add("media", pictures)
    texts = [as_text(part.get("text")) for part in parts] + ["[picture]"] * pictures
    return BETWEEN.join(text for text in texts if text)


def _system(context: list[Any]) -> str:
    """The instructions of a session's template."""
    given = [as_dict(one) for one in context]
    texts = [as_text(one.get("content")) for one in given if one.get("role") == "system"]
    return BETWEEN.join(text for text in texts if text)
