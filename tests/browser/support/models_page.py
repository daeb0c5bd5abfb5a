"""The dialog "Models" as a person uses it: found by role and accessible name alone."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.support.chat_page import WAIT_MS, ChatPage


class ModelsPage:
    """The dialog of one page, opened."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat = chat
        self.dialog = chat.page.get_by_role("dialog", name="Models")
        self.open()

    def open(self) -> None:
        """Through the header, and until the models are listed."""
        self.chat.button("Models").click()
        expect(self.row("Guide")).to_be_visible(timeout=WAIT_MS)

    def close(self) -> None:
        self.chat.page.keyboard.press("Escape")
        expect(self.dialog).not_to_be_visible()

    def row(self, model: str) -> Locator:
        return self.dialog.get_by_role("listitem", name=model, exact=True)

    def names(self, group: str) -> list[str]:
        """The models in one of the dialog's lists, from the top."""
        rows = self.dialog.get_by_role("list", name=group).locator(":scope > li > div h4")
        return rows.all_text_contents()

    def button(self, model: str, name: str) -> Locator:
        return self.row(model).get_by_role("button", name=name, exact=True)

    def buttons(self, model: str) -> list[str]:
        return self.row(model).get_by_role("button").all_text_contents()

    def bar(self, model: str) -> Locator:
        return self.row(model).get_by_role("progressbar")

    def find(self, text: str) -> None:
        self.dialog.get_by_role("textbox", name="Model id").fill(text)
        self.dialog.get_by_role("button", name="Get", exact=True).click()

    def sent(self, kind: str) -> list[dict[str, Any]]:
        """The messages of one type that have reached the scripted worker."""
        messages: list[dict[str, Any]] = self.chat.worker.evaluate("() => received")
        return [message for message in messages if message["type"] == kind]
