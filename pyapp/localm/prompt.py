"""What a model reads of a conversation: files put in, old thoughts left out, how to write JSON."""

from collections.abc import Sequence

from localm.attachments import with_attachments
from localm.records import ChatMessage, ChatOptions, ResponseFormat
from localm.thoughts import without_own_thoughts

JSON_ONLY = "Answer with one JSON {kind} and nothing else: no words around it, no code fence."
JSON_SCHEMA = "It must match this JSON schema:\n{schema}"


def as_read(messages: Sequence[ChatMessage], options: ChatOptions) -> list[ChatMessage]:
    """The conversation as plain messages, one for each; a system message may come in front."""
    read = [without_own_thoughts(with_attachments(message)) for message in messages]
    if "response_format" not in options:
        return read
    return _instructed(read, instruction(options["response_format"]))


def instruction(response_format: ResponseFormat) -> str:
    """Said also where a grammar sees to it: a model that knows what is wanted does better."""
    if response_format["type"] == "json_object":
        return JSON_ONLY.format(kind="object")
    schema = JSON_SCHEMA.format(schema=response_format["schema"])
    return f"{JSON_ONLY.format(kind='value')} {schema}"


def _instructed(messages: list[ChatMessage], text: str) -> list[ChatMessage]:
    system = messages[:1] if messages and messages[0]["role"] == "system" else []
    given = [one["content"] for one in system if one["content"]]
    content = "\n\n".join([*given, text])
    return [ChatMessage(role="system", content=content), *messages[len(system) :]]
