"""After the first visit the app starts and answers with the server gone, also on a plain host."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Contexts
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.hosts import PlainHost
from tests.browser.support.versions import CONTROLLED, KEPT

HAIKU = "Write a haiku about the sea"
ANSWERED_BY = {"webgpu": "Guide · WebLLM · GPU", "wasm": "Guide · transformers.js · CPU"}
ISOLATED = "() => crossOriginIsolated"


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[PlainHost]:
    """The built site under /chat/."""
    (tmp_path / "chat").symlink_to(site)
    with PlainHost(tmp_path) as running:
        yield running


def answers(chat: ChatPage, device: str) -> None:
    expect(chat.ask(HAIKU)).to_contain_text("salt wind")
    expect(chat.status).to_contain_text(ANSWERED_BY[device])
    assert not chat.errors


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_app_starts_and_answers_with_the_server_gone(
    browser: Browser, contexts: Contexts, server: FaultyServer, device: str
) -> None:
    context = contexts.new(browser, server.url, service_workers="allow")
    chat = ChatPage(context.new_page(), server.url)
    assert chat.page.evaluate(KEPT)
    server.stop()
    answers(ChatPage(context.new_page(), server.url), device)


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_plain_host_under_a_sub_path_does_the_same_isolated_from_the_second_visit_on(
    browser: Browser, contexts: Contexts, host: PlainHost, device: str
) -> None:
    context = contexts.new(browser, host.url, service_workers="allow")
    chat = ChatPage(context.new_page(), f"{host.url}chat/")
    chat.composer.fill("half a thou")
    assert chat.page.evaluate(KEPT)
    chat.page.wait_for_function(CONTROLLED, timeout=WAIT_MS)
    assert chat.page.evaluate(ISOLATED) is False
    expect(chat.composer).to_have_value("half a thou")  # nothing was reloaded under the person
    chat.page.reload()
    assert chat.page.evaluate(ISOLATED) is True
    host.stop()
    again = ChatPage(context.new_page(), f"{host.url}chat/")
    assert again.page.evaluate(ISOLATED) is True
    answers(again, device)
