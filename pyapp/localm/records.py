"""What is said and what is kept of it: messages, options, figures, conversations, their archive.

The messages of `protocol.py` carry these, and the page keeps them. `docs/export-format.md`
describes the archive.
"""

from typing import Literal, NotRequired, TypedDict

Role = Literal["system", "user", "assistant"]
Device = Literal["webgpu", "wasm"]
FinishReason = Literal["stop", "length", "tool_calls", "abort"]
MessageState = Literal[
    "complete",  # ended by itself, or stopped by the person
    "streaming",  # a tab writes it right now
    "interrupted",  # the browser, the tab or the engine ended before the answer did
]
ResponseType = Literal["json_object", "json_schema"]
ArchiveFormat = Literal["localm"]


class Attachment(TypedDict):
    """A text file that goes with a prompt."""

    name: str
    text: str


class ChatMessage(TypedDict):
    """One turn of a conversation, as in the OpenAI API."""

    role: Role
    content: str
    attachments: NotRequired[list[Attachment]]  # the model reads them before the content


class ResponseFormat(TypedDict):
    """The answer is JSON and nothing else."""

    type: ResponseType
    schema: str  # the JSON schema as text; "" for json_object


class ChatOptions(TypedDict, total=False):
    """How to answer. What is absent is the model record's default. None of it reloads a model."""

    temperature: float  # 0 is greedy
    top_p: float  # in (0, 1]
    top_k: int  # 1 or more; absent: off; only transformers.js has it
    max_tokens: int
    seed: int
    stop: list[str]  # the answer ends before the first of these; at most 8, none of them empty
    presence_penalty: float  # from -2 to 2; 0 is none
    frequency_penalty: float  # from -2 to 2; 0 is none
    reasoning: bool  # whether a model that can think before it answers should; only such a model
    response_format: ResponseFormat


class Usage(TypedDict):
    """Counts of tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Timings(TypedDict):
    """Measured in the worker around the engine that answered."""

    ttft_s: float  # from the request to its first text; 0 when there was none
    decode_tokens_per_s: float  # after the first token; 0 when there was only one


class ChatResult(TypedDict):
    """How a chat ended. Its text has gone out as chunks."""

    finish_reason: FinishReason
    usage: Usage
    timings: Timings
    engine: str
    device: Device | None  # null when stopped before any engine was ready
    model: str
    dropped_messages: int  # oldest turns left out because the context window was full


class CountResult(TypedDict):
    """How full the context window would be."""

    model: str
    is_estimate: bool  # characters were counted: the model is not in memory
    context_window: int
    max_tokens: int  # the room that is kept for the answer
    message_tokens: list[int]  # of each message as the model reads it, template included
    attachment_tokens: list[int]  # of each attachment that belongs to no message yet
    dropped_messages: int  # how many of the oldest would be left out now
    fits: bool  # false: the last message alone is too long


class MessageRecord(TypedDict):
    """One message of a kept conversation.

    The messages of a conversation are a tree: each follows its `parent`, and those with the same
    parent are versions of one another (a prompt edited, an answer asked for again).
    """

    id: str
    parent: str  # "" for a first one
    role: Role
    content: str  # as it was written, byte for byte; without the attachments
    attachments: list[Attachment]
    created_ms: float  # since 1970
    state: MessageState
    author: str  # of an answer: the model's name as shown; ""
    result: ChatResult | None  # of an answer that has ended: its figures


class ConversationRecord(TypedDict):
    """A kept conversation without its messages."""

    id: str
    title: str
    title_is_edited: bool  # by the person; else it is the beginning of the first prompt
    created_ms: float  # since 1970
    updated_ms: float  # when a message was last added
    pinned: bool
    leaf: str  # the message shown last: the way from it to the root is the conversation shown
    model: str  # the model id chosen last; "" for the app's own choice
    system: str  # the system prompt; "" for none
    options: ChatOptions


class ArchivedConversation(TypedDict):
    """A conversation with all of its messages, parents before children."""

    conversation: ConversationRecord
    messages: list[MessageRecord]


class Preset(TypedDict):
    """A system prompt with a name."""

    name: str
    text: str


class Archive(TypedDict):
    """The file that Export writes and Import reads: docs/export-format.md."""

    format: ArchiveFormat
    version: int  # of this schema; a newer one is refused
    exported_ms: float  # since 1970
    conversations: list[ArchivedConversation]
    presets: list[Preset]
