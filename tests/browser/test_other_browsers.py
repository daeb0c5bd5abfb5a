"""Debian's Firefox and WebKitGTK pass the main flow. Neither has WebGPU: WebAssembly answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from localm.protocol import PROTOCOL_VERSION
from tests.browser.support.driven_page import NOTE_ERRORS, DrivenPage, text_of
from tests.browser.support.faulty_server import FaultyServer, preceded_by
from tests.browser.support.reference import greedy, longest, max_tokens
from tests.browser.support.web_drivers import NAMES, driven
from tests.browser.support.wire import app_folder

HAIKU = "Write a haiku about the sea"
FALLBACK = "WebGPU was not available, answering on the CPU"
DARK = "rgb(27, 27, 26)"
PAPER = "return getComputedStyle(document.documentElement).backgroundColor"
FIGURES = "return document.querySelector('.answer .figures-text').textContent"
# Installed, and in charge of this page: WebKitGTK asks the server until it is.
KEPT = """
const done = arguments[0];
const inCharge = () => navigator.serviceWorker.controller?.state === "activated" && done(true);
navigator.serviceWorker.ready.then(() => setInterval(inCharge, 50));
"""
# Firefox answers offline, and so does WebKitGTK as a rule. To be taken away when that is always so.
NO_WORKER_OFFLINE = (
    "WebKitGTK 2.50 opens the page through the service worker, but in some runs not the script of "
    "its module worker: that ends in an error event without a message, three times over"
)
# Greets a worker, asks it everything in turn, and gives back the ends and texts.
ASK_WORKER = """
const [url, version, chats, done] = arguments;
const policy = self.trustedTypes?.createPolicy("app-worker", { createScriptURL: (text) => text });
const worker = new Worker(policy?.createScriptURL(url) ?? url, { type: "module" });
const answers = [];
let text = "";
const post = (message) => worker.postMessage(JSON.stringify(message));
const next = () => {
  if (answers.length === chats.length) return done(answers);
  text = "";
  post({ type: "chat", id: `c${answers.length}`, model: "guide", ...chats[answers.length] });
};
worker.onerror = ({ message }) => done(message);
worker.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (message.type === "error") done(data);
  if (message.type === "chunk") text += message.delta;
  if (message.type === "done") answers.push({ text, ...message.result });
  if (message.type === "ready" || message.type === "done") next();
};
post({ type: "hello", version, hub: "" });
"""


@pytest.fixture(scope="module", params=NAMES)
def driver(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    with driven(request.param) as running:
        yield running


@pytest.fixture(scope="module")
def opened(driver: WebDriver, shared_server: FaultyServer) -> DrivenPage:
    """The page, opened once for all tests of this browser; it notes whatever goes wrong in it."""
    shared_server.break_path("/page/theme.js", preceded_by(NOTE_ERRORS))
    page = DrivenPage(driver, shared_server.url)
    page.open()
    return page


@pytest.fixture
def chat(opened: DrivenPage) -> Iterator[DrivenPage]:
    """A conversation of its own for each test, and no error after any of them."""
    if not opened.all("#message"):  # a test before it went elsewhere
        opened.open()
    opened.start_anew()
    yield opened
    assert opened.errors == []


def test_first_visit_greets_and_the_composer_has_the_focus(opened: DrivenPage) -> None:
    opened.says("Runs on this computer. Nothing you type leaves it.", "#welcome")
    opened.until(lambda: opened.composer == opened.driver.switch_to.active_element, "the focus")
    assert opened.errors == []


def test_prompt_is_answered_on_the_cpu_and_the_page_says_by_whom(chat: DrivenPage) -> None:
    article = chat.ask(HAIKU)
    assert "salt wind carries one gull home." in text_of(article)
    assert FALLBACK in text_of(article)
    chat.says("transformers.js · CPU", "[role=status]")
    assert chat.driver.execute_script(FIGURES).endswith("transformers.js, CPU")


def test_answers_equal_pytorch(driver: WebDriver, shared_server: FaultyServer) -> None:
    chosen = greedy()[:4]
    options = {"temperature": 0, "max_tokens": max_tokens()}
    chats = [{"messages": entry["messages"], "options": options} for entry in chosen]
    url = f"{shared_server.url}{app_folder(shared_server)}/worker/worker.js"
    driver.get(f"{shared_server.url}blank.html")
    answers: list[dict[str, Any]] = driver.execute_async_script(
        ASK_WORKER, url, PROTOCOL_VERSION, chats
    )
    assert [answer["text"] for answer in answers] == [entry["text"] for entry in chosen]
    assert {(answer["engine"], answer["device"]) for answer in answers} == {
        ("transformers.js", "wasm")
    }


def test_stop_ends_an_answer_and_the_next_one_comes(chat: DrivenPage) -> None:
    chat.send(longest()["messages"][-1]["content"])
    chat.press("Stop")
    article = chat.answered(2)
    assert "topped" in text_of(article)  # before its first word, or later
    assert "salt wind" in text_of(chat.ask(HAIKU))


def test_conversation_is_there_again_after_a_reload(chat: DrivenPage) -> None:
    chat.ask(HAIKU)
    chat.driver.refresh()
    chat.says("salt wind", "article.answer")
    chat.until(lambda: chat.titles()[0] == HAIKU, "its title")


def test_edit_and_regenerate_add_versions(chat: DrivenPage) -> None:
    chat.ask("What is localm?")
    chat.tool("article.prompt", "Edit")
    field = chat.find("textarea[aria-label='Edit message']")
    field.clear()
    field.send_keys(HAIKU, Keys.ENTER)
    chat.says("2 / 2", "article.prompt")
    chat.says("salt wind", "article.answer")
    chat.answered(2)
    chat.tool("article.answer", "Regenerate")
    chat.says("2 / 2", "article.answer")
    chat.answered(2)
    chat.tool("article.prompt", "Older version")
    chat.says("What is localm?", "article.prompt")


def test_deleted_conversation_comes_back_with_undo(chat: DrivenPage) -> None:
    chat.ask("Hello")
    chat.tool("#side li.conversation", "Options for Hello")
    chat.tool("#side li.conversation", "Delete")
    chat.says("The conversation was deleted.", "#notice")
    chat.until(lambda: "Hello" not in chat.titles(), "a list without it")
    chat.press("Undo")
    chat.until(lambda: "Hello" in chat.titles(), "the conversation")
    chat.until(lambda: len(chat.articles()) == 2, "its messages")


def test_search_finds_in_the_text(chat: DrivenPage) -> None:
    chat.ask(HAIKU)
    field = chat.find("input[type=search]")
    field.send_keys("gull")
    chat.says("gull", "[aria-label='Search results'] mark")
    field.clear()
    field.send_keys("x", Keys.BACKSPACE)
    chat.until(lambda: not chat.all("[aria-label='Search results']"), "the list of days")


def test_settings_change_the_theme(chat: DrivenPage) -> None:
    chat.press("Settings")
    chat.find("dialog[open] input[value=dark]").click()
    assert chat.driver.execute_script(PAPER) == DARK
    chat.press("Close")
    chat.until(lambda: not chat.all("dialog[open]"), "the page without a dialog")


def test_models_are_listed(chat: DrivenPage) -> None:
    chat.press("Models")
    chat.says("Guide", "dialog[open] li")
    chat.press("Close")
    chat.until(lambda: not chat.all("dialog[open]"), "the page without a dialog")


def test_app_starts_and_answers_with_the_server_gone(
    driver: WebDriver, site: Path, request: pytest.FixtureRequest
) -> None:
    with FaultyServer(site) as server:
        page = DrivenPage(driver, server.url)
        page.open()
        assert driver.execute_async_script(KEPT)
        server.stop()
        page.open()
        if "webkit" in request.node.name:
            request.applymarker(pytest.mark.xfail(reason=NO_WORKER_OFFLINE, strict=False))
        assert "salt wind" in text_of(page.ask(HAIKU))
