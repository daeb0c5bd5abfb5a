"""The page as a person uses it: found by role and accessible name alone."""

from typing import Any

from playwright.sync_api import Locator, Page, Worker, expect

WAIT_MS = 180_000  # far above what a loaded machine needs; only a hang reaches it


class ChatPage:
    """Drives one page of the real site."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)
        page.goto(url)

    def _note(self, message: Any) -> None:
        """Keep what went wrong; Pyodide's one harmless report is known (docs/architecture.md)."""
        is_report = message.type == "error" and "Content Security Policy" in message.text
        if is_report and "data:" not in message.text:
            self.errors.append(message.text)

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message")

    @property
    def conversation(self) -> Locator:
        return self.page.get_by_role("log", name="Conversation")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    @property
    def chosen(self) -> Locator:
        """Which model answers, as the header shows it; `status` says the same aloud."""
        return self.page.locator("#model")

    @property
    def worker(self) -> Worker:
        """The worker behind the page, for a look inside."""
        return next(w for w in self.page.workers if "worker/worker.js" in w.url)

    @property
    def side(self) -> Locator:
        """The list of conversations."""
        return self.page.get_by_role("navigation", name="Conversations")

    def prompt(self, number: int = 0) -> Locator:
        """An article of the person's."""
        return self.conversation.get_by_role("article", name="You").nth(number)

    def tool(self, article: Locator, name: str) -> Locator:
        """A button under a message, which shows when the pointer is over it."""
        article.hover()
        return article.get_by_role("button", name=name, exact=True)

    def edit(self, text: str, number: int = 0) -> None:
        """Word a prompt anew."""
        self.tool(self.prompt(number), "Edit").click()
        field = self.page.get_by_role("textbox", name="Edit message")
        field.fill(text)
        field.press("Enter")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def answer(self, number: int = -1, model: str = "Guide") -> Locator:
        """An article of the model; the last one unless told."""
        return self.conversation.get_by_role("article", name=model).nth(number)

    def send(self, prompt: str) -> None:
        """Type and press Enter."""
        self.composer.fill(prompt)
        self.composer.press("Enter")

    def wait_until_answered(self, number: int = -1) -> Locator:
        """Until the answer has ended; returns its article."""
        article = self.answer(number)
        expect(article).to_be_visible(timeout=WAIT_MS)
        expect(article).not_to_have_attribute("aria-busy", "true", timeout=WAIT_MS)
        return article

    def ask(self, prompt: str) -> Locator:
        """Send, and wait for the whole answer."""
        before = self.conversation.get_by_role("article", name="Guide").count()
        self.send(prompt)
        return self.wait_until_answered(before)
