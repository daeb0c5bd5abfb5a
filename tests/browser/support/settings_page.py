"""The dialog "Settings" as a person uses it: found by role and accessible name alone."""

from playwright.sync_api import Locator, expect

from tests.browser.support.chat_page import ChatPage


class SettingsPage:
    """The dialog of one page, opened."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat = chat
        expect(chat.status).to_contain_text("ready")
        chat.button("Settings").click()
        self.dialog = chat.page.get_by_role("dialog", name="Settings")
        expect(self.dialog).to_be_visible()

    @property
    def address(self) -> Locator:
        return self.dialog.get_by_role("textbox", name="Hub address")

    def save(self, address: str) -> None:
        self.address.fill(address)
        self.address.press("Enter")

    def theme(self, name: str) -> Locator:
        return self.dialog.get_by_role("radio", name=name)
