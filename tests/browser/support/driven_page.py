"""The page as a person uses it, through WebDriver: for browsers that Playwright cannot drive."""

from collections.abc import Callable
from typing import TypeVar

from selenium.common.exceptions import (
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

T = TypeVar("T")

TITLES = "return [...document.querySelectorAll('#side .title')].map((one) => one.textContent)"

WAIT_S = 120  # far above what a loaded machine needs; only a hang reaches it

# Put in front of the page's first script: what went wrong, for `DrivenPage.errors`.
NOTE_ERRORS = """
(function () {
  var seen = (window.errorsSeen = []);
  addEventListener("error", function (event) { seen.push(String(event.message)); });
  addEventListener("unhandledrejection", function (event) { seen.push(String(event.reason)); });
  addEventListener("securitypolicyviolation", function (event) {
    seen.push(event.violatedDirective + " " + event.blockedURI);
  });
  var report = console.error;
  console.error = function () {
    seen.push(Array.prototype.join.call(arguments, " "));
    report.apply(console, arguments);
  };
})();
"""


def named(name: str) -> str:
    """A button below some element, by its label, or else by what stands on it."""
    is_named = f'@aria-label="{name}" or (not(@aria-label) and normalize-space()="{name}")'
    return f'.//*[self::button or @role="menuitem"][{is_named}]'


def text_of(element: WebElement) -> str:
    return str(element.get_property("textContent"))


class DrivenPage:
    """One page of the real site. What is asked of it waits until it is so."""

    def __init__(self, driver: WebDriver, url: str) -> None:
        self.driver = driver
        self.url = url

    def open(self) -> None:
        """Until the page's own script has run: what is typed before that is not sent."""
        self.driver.get(self.url)
        self.find(".starter")

    @property
    def errors(self) -> list[str]:
        """Only where the server put NOTE_ERRORS into the page."""
        return list(self.driver.execute_script("return errorsSeen"))

    def until(self, condition: Callable[[], T | None], what: str) -> T:
        """Whatever the condition returns once that is true; an element may change meanwhile."""
        passing = [StaleElementReferenceException, NoSuchElementException, IndexError]
        waiting = WebDriverWait(self.driver, WAIT_S, 0.1, ignored_exceptions=passing)
        return waiting.until(lambda _: condition() or False, f"it never came: {what}")

    def find(self, css: str) -> WebElement:
        """The first one that is shown."""
        return self.until(
            lambda: next((one for one in self.all(css) if one.is_displayed()), None), css
        )

    def all(self, css: str) -> list[WebElement]:
        return list(self.driver.find_elements(By.CSS_SELECTOR, css))

    def press(self, name: str) -> None:
        """Press what is shown and has this accessible name; in a dialog, where one is open."""

        def pressed() -> bool:
            place = next(iter(self.all("dialog[open]")), None) or self.find("body")
            for button in place.find_elements(By.XPATH, named(name)):
                if button.is_displayed():
                    button.click()
                    return True
            return False

        self.until(pressed, f"button {name}")

    def says(self, text: str, css: str = "body") -> None:
        """Wait until the text is there to be read; WebKitGTK's own `text` leaves some of it out."""
        self.until(lambda: text in text_of(self.find(css)), f"{text!r} in {css}")

    # --- the chat ---

    @property
    def composer(self) -> WebElement:
        return self.find("#message")

    def articles(self) -> list[WebElement]:
        return self.all("#conversation article")

    def send(self, prompt: str) -> None:
        """Enter comes when all of the text is there: WebKitGTK may lose it among many keys."""
        field = self.composer
        field.send_keys(prompt)
        self.until(lambda: field.get_property("value") == prompt, "the text in the composer")
        field.send_keys(Keys.ENTER)

    def ask(self, prompt: str) -> WebElement:
        """Send, and wait for the whole answer."""
        before = len(self.articles())
        self.send(prompt)
        return self.answered(before + 2)

    def answered(self, articles: int) -> WebElement:
        """Wait until there are so many messages and the last of them is whole; returns it."""
        self.until(lambda: len(self.articles()) == articles, f"{articles} messages")
        ended = '#conversation article:last-child[aria-busy="false"]'
        return self.until(lambda: self.driver.find_element(By.CSS_SELECTOR, ended), "the end")

    def tool(self, css: str, name: str) -> None:
        """Press a button of a message or a row, which shows when the pointer is over it."""

        def pressed() -> bool:
            place = self.driver.find_element(By.CSS_SELECTOR, css)
            ActionChains(self.driver).move_to_element(place).perform()
            for button in place.find_elements(By.XPATH, named(name)):
                button.click()
                return True
            return False

        self.until(pressed, f"{name} in {css}")

    def titles(self) -> list[str]:
        """Asked for at once: the list may be drawn anew at any moment."""
        return list(self.driver.execute_script(TITLES))

    def start_anew(self) -> None:
        """The same page, another conversation."""
        self.press("New chat")
        self.until(lambda: not self.articles(), "an empty conversation")
