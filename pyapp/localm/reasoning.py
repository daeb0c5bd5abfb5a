"""Models that think before they answer, and whether they should."""

import re

from localm.records import ChatOptions

# Their chat templates read `enable_thinking`. Qwen3's later releases think always or never.
SWITCHABLE = re.compile(r"\b(qwen3|smollm3)[- ]\d+(\.\d+)?b\b", re.IGNORECASE)
FIXED = re.compile(r"2507|instruct|thinking|coder|embedding|reranker|base", re.IGNORECASE)


def can_switch_reasoning(name: str) -> bool:
    """Judged by the name of the model or of its repository."""
    last = name.rpartition("/")[2].replace("_", "-")
    return SWITCHABLE.search(last) is not None and FIXED.search(last) is None


def wanted_reasoning(switchable: bool, options: ChatOptions) -> bool | None:
    """What the chat template is told; None for nothing.

    JSON is answered without thoughts: they are no JSON, and WebLLM's grammar lets none through.
    """
    if not switchable:
        return None
    return False if "response_format" in options else options.get("reasoning")
