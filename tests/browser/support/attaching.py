"""Files with a prompt, as a person attaches and sees them."""

from playwright.sync_api import FilePayload, Locator

from tests.browser.support.chat_page import ChatPage


def text_file(name: str, content: str | bytes = "Some words.") -> FilePayload:
    buffer = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "application/octet-stream", "buffer": buffer}


def attach(chat: ChatPage, *files: FilePayload) -> None:
    with chat.page.expect_file_chooser() as chooser:
        chat.button("Attach files").click()
    chooser.value.set_files(list(files))


def chips(chat: ChatPage) -> Locator:
    """Those of the message that is being written."""
    return chat.page.locator("#composer").get_by_role("listitem")
