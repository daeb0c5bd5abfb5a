"""What the model reads of a message with files: each named and in a fence, then the prompt."""

import posixpath
import re

from localm.records import Attachment, ChatMessage

SHORTEST_FENCE = 3


def with_attachments(message: ChatMessage) -> ChatMessage:
    """The same message as plain text."""
    parts = [as_text(one) for one in message.get("attachments", [])]
    if message["content"].strip() or not parts:
        parts.append(message["content"])
    return ChatMessage(role=message["role"], content="\n\n".join(parts))


def as_text(attachment: Attachment) -> str:
    """One file, in a fence longer than any in it, so that nothing in the file can end it."""
    runs = re.findall("`+", attachment["text"])
    fence = "`" * max(SHORTEST_FENCE, *(len(run) + 1 for run in runs), 0)
    name = " ".join(attachment["name"].split())
    language = re.sub(r"\W", "", posixpath.splitext(name)[1])
    end = "" if attachment["text"].endswith("\n") else "\n"
    return f"{name}:\n{fence}{language}\n{attachment['text']}{end}{fence}"
