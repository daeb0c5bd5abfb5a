"""An image of another origin is fetched when a person asks for it, and not before."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import fake_worker
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer, replaced_by
from tests.browser.support.listener import Listener

PICTURE = "() => document.querySelector('.loaded-image')?.naturalWidth ?? 0"


@pytest.fixture
def other() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


@pytest.fixture
def chat(cpu_browser: Browser, server: FaultyServer) -> Iterator[ChatPage]:
    """A context of its own: here another origin may be asked, if a person says so."""
    server.break_path("/worker/worker.js", replaced_by(fake_worker()))
    context = cpu_browser.new_context(service_workers="block")
    yield ChatPage(context.new_page(), server.url)
    context.close()


def shown(chat: ChatPage, address: str) -> Locator:
    """The echo of a prompt that has an image in it, and a second one that is not asked for."""
    return chat.ask(f"see ![a chart]({address}) and ![]({address}?other)")


def test_click_loads_that_one_image_without_a_word_of_the_reader(
    chat: ChatPage, other: Listener
) -> None:
    article = shown(chat, f"{other.url}/chart.png?q=secret")
    expect(article.get_by_text("a chart", exact=True)).to_be_visible()
    link = article.get_by_role("link", name=f"{other.url}/chart.png?q=secret", exact=True)
    expect(link).to_be_visible()
    chat.page.wait_for_timeout(300)
    assert other.requests == []
    article.get_by_role("button", name="Load image").first.click()
    expect(article.get_by_role("img", name="a chart")).to_be_visible()
    assert chat.page.evaluate(PICTURE) == 8
    [(path, headers)] = other.requests
    assert path == "/chart.png?q=secret"
    assert "referer" not in headers and "cookie" not in headers
    assert chat.errors == []


def test_host_that_hands_it_to_nobody_is_said_and_the_address_stays(
    chat: ChatPage, other: Listener
) -> None:
    other.shares = False
    article = shown(chat, f"{other.url}/chart.png")
    article.get_by_role("button", name="Load image").first.click()
    expect(article.get_by_role("alert")).to_contain_text("does not hand it to other pages")
    expect(article.get_by_role("link", name=f"{other.url}/chart.png").first).to_be_visible()
    assert len(other.requests) == 1


def test_page_itself_may_not_show_what_lies_elsewhere(chat: ChatPage, other: Listener) -> None:
    """Even if an image slipped through: the page's policy refuses it."""
    slip = "(src) => document.body.append(Object.assign(new Image(), { src }))"
    chat.page.evaluate(slip, f"{other.url}/slipped.png")
    chat.page.wait_for_timeout(300)
    assert other.requests == []


@pytest.mark.parametrize("address", ["/relative.png", "javascript:alert(1)", "data:image/png,x"])
def test_address_that_is_none_of_the_web_offers_no_button(chat: ChatPage, address: str) -> None:
    article = chat.ask(f"see ![a chart]({address})")
    expect(article.get_by_text("a chart", exact=True)).to_be_visible()
    expect(article.get_by_role("button", name="Load image")).to_have_count(0)
