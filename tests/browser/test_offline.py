"""After the first visit the app starts and answers with the server gone."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Contexts
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer

HAIKU = "Write a haiku about the sea"
KEPT = "() => navigator.serviceWorker.ready.then(() => true)"  # installed: every file is kept
ANSWERED_BY = {"webgpu": "Guide · WebLLM · GPU", "wasm": "Guide · transformers.js · CPU"}


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_app_starts_and_answers_with_the_server_gone(
    browser: Browser, contexts: Contexts, server: FaultyServer, device: str
) -> None:
    context = contexts.new(browser, server.url, service_workers="allow")
    chat = ChatPage(context.new_page(), server.url)
    assert chat.page.evaluate(KEPT)
    server.stop()
    again = ChatPage(context.new_page(), server.url)
    expect(again.ask(HAIKU)).to_contain_text("salt wind")
    expect(again.status).to_contain_text(ANSWERED_BY[device])
