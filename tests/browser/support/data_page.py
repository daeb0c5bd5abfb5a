"""The section "Data" of the settings as a person uses it: by role and accessible name alone."""

from pathlib import Path

from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.support.chat_page import ChatPage


def file(text: str, name: str = "export.json") -> FilePayload:
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


class DataPage:
    """The section of one page's settings."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat = chat
        chat.button("Settings").click()
        self.dialog = chat.page.get_by_role("dialog", name="Settings")
        expect(self.dialog).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.dialog.get_by_role("button", name=name, exact=True)

    @property
    def question(self) -> Locator:
        return self.dialog.get_by_role("group", name="Delete everything?")

    def export(self, folder: Path) -> tuple[str, str]:
        """The file's name and text."""
        with self.chat.page.expect_download() as download:
            self.button("Export").click()
        path = folder / "export.json"
        download.value.save_as(path)
        return download.value.suggested_filename, path.read_bytes().decode()

    def choose(self, *files: FilePayload) -> None:
        with self.chat.page.expect_file_chooser() as chooser:
            self.button("Import").click()
        chooser.value.set_files(list(files))

    def delete_everything(self) -> None:
        self.button("Delete everything").click()
        self.question.get_by_role("button", name="Delete", exact=True).click()
        expect(self.dialog).to_contain_text("Everything named was deleted.")

    def close(self) -> None:
        self.chat.page.keyboard.press("Escape")
        expect(self.dialog).to_be_hidden()
