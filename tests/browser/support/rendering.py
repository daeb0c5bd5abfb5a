"""The page's rendering of one text, called without a conversation around it."""

from pathlib import Path
from typing import Any

from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.wire import app_folder

SCRIPT = (Path(__file__).parent.parent / "rendering.js").read_text()
CORPUS = Path(__file__).parents[2] / "data" / "markdown"
NAMES = sorted(path.name for path in CORPUS.glob("*.md"))


def source(name: str) -> str:
    """A text of the corpus with its line ends as they are."""
    return (CORPUS / name).read_bytes().decode()


class Rendering:
    """`globalThis.rendering` of a page."""

    def __init__(self, chat: ChatPage, server: FaultyServer) -> None:
        self.page = chat.page
        self.folder = f"{server.url}{app_folder(server)}"

    def load(self, *, with_thoughts: bool) -> None:
        """Which of an answer's thoughts are opened from the beginning."""
        self.page.evaluate(SCRIPT, [self.folder, with_thoughts])

    def call(self, name: str, *args: Any) -> Any:
        return self.page.evaluate("([name, args]) => rendering[name](...args)", [name, list(args)])
