"""One message of ChatGPT's export: what a person saw of it, or why it is left out."""

from dataclasses import dataclass
from typing import Any, Literal

from localm.archive_parts import Skipped, as_dict, as_list, as_ms, as_text

# What a part stands for that is not text. Only its name can be kept: the export has it elsewhere.
MEDIA = {
    "image_asset_pointer": "[picture]",
    "audio_asset_pointer": "[recording]",
    "real_time_user_audio_video_asset_pointer": "[recording]",
    "video_container_asset_pointer": "[video]",
}
THINKING = {"thoughts", "reasoning_recap"}
INSTRUCTIONS = {"user_editable_context", "model_editable_context"}
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Said:
    """A message that stays."""

    role: Literal["user", "assistant"]
    text: str
    created_ms: float  # 0: not known
    author: str  # of an answer: the model's name; ""


def read_message(data: Any, skipped: Skipped) -> Said | None:
    """The message of a node; None when nobody saw one, or it is left out, which is counted."""
    if data is None:
        return None  # the root of the tree
    if not isinstance(data, dict):
        skipped.add("unreadable")
        return None
    reason = _why_not(data)
    if reason:
        skipped.add(reason)
        return None
    return _said(data, skipped)


def _why_not(data: dict[str, Any]) -> str:
    """One of Skipped's reasons; "" for what two people could have said to each other."""
    role = as_text(as_dict(data.get("author")).get("role"))
    content = as_dict(data.get("content"))
    kind = as_text(content.get("content_type"))
    if role == "system" or kind in INSTRUCTIONS or _is_hidden(data):
        return "system" if _text(content) else ""
    if kind in THINKING:
        return "thinking"
    # An answer to somebody else than "all" is the call of a tool.
    if role == "tool" or as_text(data.get("recipient")) not in ("", "all"):
        return "tool"
    return "" if role in ("user", "assistant") else "unreadable"


def _is_hidden(data: dict[str, Any]) -> bool:
    metadata = as_dict(data.get("metadata"))
    keys = ("is_visually_hidden_from_conversation", "is_user_system_message")
    return any(metadata.get(key) is True for key in keys)


def _said(data: dict[str, Any], skipped: Skipped) -> Said | None:
    role = as_text(as_dict(data.get("author")).get("role"))
    if role not in ("user", "assistant") or _is_hidden(data):
        return None
    content, metadata = as_dict(data.get("content")), as_dict(data.get("metadata"))
    named = [*_media(content), *_files(metadata)]
    skipped.add("media", len(named))
    text = BETWEEN.join(part for part in [_text(content), *named] if part)
    if not text:
        if content.get("parts") not in ([], [""]):
            skipped.add("unreadable")
        return None
    known_role: Literal["user", "assistant"] = "user" if role == "user" else "assistant"
    author = as_text(metadata.get("model_slug")) if role == "assistant" else ""
    return Said(known_role, text, as_ms(data.get("create_time"), 1000), author)


def _text(content: dict[str, Any]) -> str:
    """All the text in it, as it was written."""
    whole = as_text(content.get("text"))
    if as_text(content.get("content_type")) == "code" and whole:
        return _fenced(whole, as_text(content.get("language")))
    parts = [_part_text(part) for part in as_list(content.get("parts"))]
    return BETWEEN.join(part for part in parts if part) or whole


def _part_text(part: Any) -> str:
    """A text itself, or the transcript of what was spoken."""
    return part if isinstance(part, str) else as_text(as_dict(part).get("text"))


def _media(content: dict[str, Any]) -> list[str]:
    kinds = (as_text(as_dict(part).get("content_type")) for part in as_list(content.get("parts")))
    return [MEDIA[kind] for kind in kinds if kind in MEDIA]


def _files(metadata: dict[str, Any]) -> list[str]:
    """Files that went with a prompt; pictures among them are in its parts too."""
    files = [as_dict(one) for one in as_list(metadata.get("attachments"))]
    others = (one for one in files if not as_text(one.get("mime_type")).startswith("image/"))
    names = (as_text(one.get("name")) for one in others)
    return [f"[file: {' '.join(name.split())}]" for name in names if name.strip()]


def _fenced(code: str, language: str) -> str:
    """In a fence that is longer than any inside."""
    fence = "```"
    while fence in code:
        fence += "`"
    word = language if language.isalnum() and language != "unknown" else ""
    return f"{fence}{word}\n{code}\n{fence}"
