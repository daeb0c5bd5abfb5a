"""A private chat: language models that run in the browser, driven by Python."""

from localm.api import chat, use
from localm.session import Session

__all__ = ["Session", "chat", "use"]
