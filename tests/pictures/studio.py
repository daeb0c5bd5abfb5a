"""Opens the real page, before the scripted worker or the real one, and takes its picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from tests.browser.conftest import SOFTWARE_WEBGPU, fake_worker, launch
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer, replaced_by
from tests.browser.support.states import State


@dataclass(frozen=True)
class Look:
    """A size and a theme."""

    name: str
    options: dict[str, Any]


LOOKS = (
    Look("light", {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}),
    Look("dark", {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}),
    Look("narrow", {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"}),
)


class Studio:
    """One browser; a fresh profile for each picture."""

    def __init__(self, playwright: Playwright, site: Path) -> None:
        self._site = site
        self._browser: Browser = launch(playwright, SOFTWARE_WEBGPU)

    def picture(self, state: State, look: Look, path: Path, *, real: bool = False) -> None:
        """Reach the state and keep what is to be seen. `real`: with the real worker and Guide."""
        with self._page(state, look, real) as chat:
            state.reach(chat)
            chat.page.screenshot(path=path, animations="disabled")

    @contextmanager
    def _page(self, state: State, look: Look, real: bool) -> Iterator[ChatPage]:
        with FaultyServer(self._site) as server:
            if not real:
                script = fake_worker(state.boot)
                server.break_path("/worker/worker.js", replaced_by(script))
            always = {"service_workers": "block", "reduced_motion": "reduce"}
            context = self._browser.new_context(**(always | look.options | state.options))
            try:
                yield ChatPage(context.new_page(), server.url)
            finally:
                context.close()
