"""The section "Answers" of the settings as a person uses it: by role and accessible name alone."""

from playwright.sync_api import Locator, expect

from tests.browser.support.chat_page import ChatPage


class AnswersPage:
    """The section "Answers" of the opened settings."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat = chat
        chat.button("Settings").click()
        self.dialog = chat.page.get_by_role("dialog", name="Settings")
        expect(self.dialog).to_be_visible()

    @property
    def system(self) -> Locator:
        return self.dialog.get_by_role("textbox", name="System prompt")

    def number(self, name: str) -> Locator:
        return self.dialog.get_by_role("spinbutton", name=name)

    def choice(self, name: str) -> Locator:
        return self.dialog.get_by_role("combobox", name=name)

    @property
    def stops(self) -> Locator:
        return self.dialog.get_by_role("textbox", name="Stop strings")

    @property
    def schema(self) -> Locator:
        return self.dialog.get_by_role("textbox", name="JSON schema")

    def button(self, name: str) -> Locator:
        return self.dialog.get_by_role("button", name=name, exact=True)

    def presets(self) -> list[str]:
        """Their names; the list is opened first."""
        summary = self.dialog.locator("summary", has_text="Presets")
        if not summary.evaluate("(summary) => summary.parentElement.open"):
            summary.click()
        return self.dialog.locator(".preset").all_text_contents()

    def save_preset(self, name: str) -> None:
        self.button("Save as preset").click()
        field = self.dialog.get_by_role("textbox", name="Name of the preset")
        field.fill(name)
        field.press("Enter")

    def option(self, preset: str, name: str) -> None:
        self.button(f"Options for the preset {preset}").click()
        self.chat.page.get_by_role("menuitem", name=name).click()

    def close(self) -> None:
        self.chat.page.keyboard.press("Escape")
        expect(self.dialog).not_to_be_visible()
