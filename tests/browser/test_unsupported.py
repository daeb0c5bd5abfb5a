"""A browser that lacks something gets a page that says what; every other browser never sees it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Contexts
from tests.browser.support.axe import AXE, TOO_WIDE, VIOLATIONS
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer

# How each feature goes missing, and the words that name it.
LACKS = {
    "no WebAssembly": ("delete globalThis.WebAssembly", "WebAssembly"),
    "no vector instructions": (
        "WebAssembly.validate = (bytes) => !bytes.includes(253)",
        "vector instructions",
    ),
    "no WebAssembly exceptions": (
        "WebAssembly.validate = (bytes) => !bytes.includes(25)",
        "exceptions",
    ),
    "no workers": ("delete globalThis.Worker", "Module workers"),
    "classic workers only": (
        "globalThis.Worker = class { terminate() {} }",
        "Module workers",
    ),
    "older JavaScript": ("delete Map.groupBy", "Map.groupBy"),
    "no popover": ("delete HTMLElement.prototype.popover", "popover"),
    "older style sheets": ("CSS.supports = () => false", "light-dark"),
}
INSECURE = "Object.defineProperty(globalThis, 'isSecureContext', { value: false })"
TITLE = "localm does not run in this browser yet"

OpenWithout = Callable[..., Page]


@pytest.fixture
def open_without(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer
) -> Iterator[OpenWithout]:
    """`open_without(script)` gives the page of a browser that the script has changed."""
    opened: list[ChatPage] = []

    def open_one(script: str, **options: Any) -> Page:
        page = contexts.new(cpu_browser, server.url, **options).new_page()
        page.add_init_script(script)
        opened.append(ChatPage(page, server.url))
        return page

    yield open_one
    assert [error for chat in opened for error in chat.errors] == []


@pytest.mark.parametrize("lack", LACKS)
def test_page_names_what_is_missing_and_who_has_it(open_without: OpenWithout, lack: str) -> None:
    script, words = LACKS[lack]
    page = open_without(script)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    missing = page.get_by_role("list").first.get_by_role("listitem")
    expect(missing).to_have_count(1)
    expect(missing).to_contain_text(words)
    expect(page.get_by_role("main")).to_contain_text("Firefox from version 125")
    expect(page.get_by_role("textbox")).to_have_count(0)
    assert not page.workers


def test_everything_that_is_missing_is_named(open_without: OpenWithout) -> None:
    together = [script for script, _ in LACKS.values() if "validate" not in script]
    page = open_without("; ".join(together))
    expect(page.get_by_role("list").first.get_by_role("listitem")).to_have_count(5)


def test_plain_http_address_of_another_computer_is_told_what_to_open(
    open_without: OpenWithout, server: FaultyServer
) -> None:
    page = open_without(INSECURE)
    expect(page.get_by_role("heading", level=1)).to_have_text("localm needs a secure address")
    port = server.url.rsplit(":", 1)[1].strip("/")
    expect(page.get_by_role("main")).to_contain_text(f"http://localhost:{port}/")
    expect(page.get_by_role("main")).to_contain_text(f"ssh -L {port}:127.0.0.1:{port} 127.0.0.1")
    expect(page.get_by_role("main")).not_to_contain_text("Firefox")


def test_browser_that_knows_no_modules_gets_the_page_too(
    open_without: OpenWithout, server: FaultyServer
) -> None:
    """What matters in it: no module of the app ever ran, and the page is there."""
    server.break_path("/", without_modules)
    page = open_without("delete Map.groupBy")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def without_modules(reply: Any) -> Any:
    page = re.sub(rb'<script type="module"', b'<script type="unknown"', reply.body)
    return type(reply)(200, [h for h in reply.headers if h[0] != b"content-length"], page)


def test_without_javascript_the_page_says_so_alone(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer
) -> None:
    page = contexts.new(cpu_browser, server.url, java_script_enabled=False).new_page()
    page.goto(server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("localm needs JavaScript")
    expect(page.get_by_text("Nothing you type leaves it")).to_be_hidden()


def test_browser_that_has_everything_never_sees_it(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer
) -> None:
    chat = ChatPage(contexts.new(cpu_browser, server.url).new_page(), server.url)
    expect(chat.composer).to_be_focused()
    expect(chat.page.locator(".unsupported")).to_have_count(0)
    assert server.count("unsupported.css") == 0
    assert not chat.errors


@pytest.mark.parametrize("script", ["delete Map.groupBy", INSECURE, "CSS.supports = () => false"])
def test_axe_finds_nothing_in_either_theme_and_it_fits_320_px(
    open_without: OpenWithout, script: str
) -> None:
    page = open_without(script, viewport={"width": 320, "height": 640})
    expect(page.locator(".unsupported")).to_be_visible()
    assert page.evaluate(TOO_WIDE) is False
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(VIOLATIONS) == [], scheme


def test_script_is_written_for_old_browsers() -> None:
    """An arrow, a `const` or a template string, and those that need the page would never see it."""
    text = (Path(ROOT) / "web" / "page" / "supported.js").read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|//.*", "", text, flags=re.S)
    code = re.sub(r'"[^"\n]*"', '""', code)
    assert not re.search(r"=>|`|\b(let|const|class|import|export|async)\b|\?\.|\?\?|\.\.\.", code)
