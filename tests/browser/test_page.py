"""The page as a person meets it, with real engines behind it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Contexts
from tests.browser.support import gpu_faults
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.faulty_server import FaultyServer, html_instead, not_found
from tests.browser.support.reference import named

QUESTION = named("starter, Python")["messages"][0]["content"]
HAIKU = "Write a haiku about the sea"
DIE = "() => { setTimeout(() => { throw new Error('injected: the worker dies'); }); }"

OpenChat = Callable[..., ChatPage]


@pytest.fixture
def open_chat(contexts: Contexts, server: FaultyServer) -> Iterator[OpenChat]:
    """Opens the real page; at the end no error may have come up in any of them."""
    opened: list[ChatPage] = []

    def open_one(browser: Browser, **options: Any) -> ChatPage:
        page = contexts.new(browser, server.url, **options).new_page()
        opened.append(ChatPage(page, server.url))
        return opened[-1]

    yield open_one
    assert [error for chat in opened for error in chat.errors] == []


def test_first_visit_says_what_this_is_and_a_starter_is_answered_on_the_gpu(
    gpu_browser: Browser, open_chat: OpenChat
) -> None:
    chat = open_chat(gpu_browser, viewport={"width": 1100, "height": 960})
    expect(chat.page.get_by_text("Nothing you type leaves it")).to_be_visible()
    expect(chat.composer).to_be_focused()
    chat.button(QUESTION).click()
    article = chat.wait_until_answered(0)
    expect(article.locator("pre code")).to_contain_text("def add(a, b):")
    expect(chat.status).to_contain_text("Guide · WebLLM · GPU")
    chat.ask("Does anything I type leave this computer?")
    chat.ask(HAIKU)
    expect(chat.conversation.get_by_role("article", name="You")).to_have_count(3)
    chat.page.mouse.move(0, 0)


def test_prompt_sent_before_python_is_ready_is_answered(
    cpu_browser: Browser, open_chat: OpenChat
) -> None:
    chat = open_chat(cpu_browser)
    chat.send(HAIKU)
    expect(chat.status).not_to_contain_text("ready")
    expect(chat.wait_until_answered(0)).to_contain_text("salt wind")


def test_without_webgpu_the_page_says_so_and_why(cpu_browser: Browser, open_chat: OpenChat) -> None:
    chat = open_chat(cpu_browser)
    article = chat.ask(HAIKU)
    expect(chat.status).to_contain_text("Guide · transformers.js · CPU")
    expect(article).to_contain_text("WebGPU was not available, answering on the CPU")
    article.get_by_text("why?").click()
    expect(article).to_contain_text("no usable graphics adapter")


def test_answering_article_is_busy_until_its_answer_ends_and_escape_stops_it(
    gpu_browser: Browser, open_chat: OpenChat
) -> None:
    chat = open_chat(gpu_browser)
    chat.send(QUESTION)
    expect(chat.answer(0)).to_have_attribute("aria-busy", "true", timeout=WAIT_MS)
    expect(chat.answer(0).locator(".markdown")).to_contain_text("Here", timeout=WAIT_MS)
    chat.page.keyboard.press("Escape")
    article = chat.wait_until_answered(0)
    expect(article).to_contain_text("You stopped this answer.")
    expect(chat.button("Send")).to_be_visible()
    expect(chat.ask(HAIKU)).to_contain_text("salt wind")


def test_loading_shows_a_progress_bar_and_cancel_works(
    gpu_browser: Browser, open_chat: OpenChat
) -> None:
    chat = open_chat(gpu_browser)
    chat.send(HAIKU)
    bar = chat.page.get_by_role("progressbar")
    expect(bar).to_be_visible(timeout=WAIT_MS)
    chat.button("Cancel").click()
    chat.wait_until_answered(0)
    expect(bar).to_have_count(0)
    expect(chat.ask(HAIKU)).to_contain_text("salt wind")


def test_failure_in_mid_answer_keeps_the_text_so_far_as_an_earlier_version(
    gpu_browser: Browser, open_chat: OpenChat, server: FaultyServer
) -> None:
    gpu_faults.install(server)
    chat = open_chat(gpu_browser)
    chat.ask(HAIKU)
    chat.send(QUESTION)
    expect(chat.answer(1).locator(".markdown")).to_contain_text("Here", timeout=WAIT_MS)
    gpu_faults.refuse_next_submit(chat.worker)
    article = chat.wait_until_answered(1)
    expect(article.locator(".markdown")).to_contain_text("def add(a, b):")
    expect(chat.status).to_contain_text("Guide · transformers.js · GPU")
    expect(article).to_contain_text("2 / 2")
    article.get_by_role("button", name="Older version").click()
    expect(chat.answer(1).locator(".markdown")).to_contain_text("Here")
    expect(chat.answer(1)).to_contain_text("This answer was interrupted.")


def test_empty_prompt_does_nothing_and_a_too_long_one_stays_in_the_composer(
    cpu_browser: Browser, open_chat: OpenChat
) -> None:
    chat = open_chat(cpu_browser)
    chat.send("   ")
    expect(chat.conversation.get_by_role("article")).to_have_count(0)
    book = "once upon a time " * 2000
    chat.send(book)
    expect(chat.page.get_by_text(re.compile("too long|tokens", re.I)).first).to_be_visible(
        timeout=WAIT_MS
    )
    expect(chat.composer).to_have_value(book)


def test_page_says_that_the_oldest_messages_were_left_out(
    cpu_browser: Browser, open_chat: OpenChat
) -> None:
    chat = open_chat(cpu_browser)
    chat.ask("remember this " * 150)
    article = chat.ask("and this too " * 150)
    expect(article).to_contain_text("were left out")


def test_error_offers_retry_which_works_when_the_cause_is_gone(
    gpu_browser: Browser, open_chat: OpenChat, server: FaultyServer
) -> None:
    server.break_path("guide-webgpu.wasm", html_instead)
    server.break_path("onnx/model.onnx", not_found)
    chat = open_chat(gpu_browser)
    article = chat.ask(HAIKU)
    expect(article.get_by_role("button", name="Retry")).to_be_visible()
    server.mend()
    article.get_by_role("button", name="Retry").click()
    expect(chat.answer().locator(".markdown")).to_contain_text("salt wind", timeout=WAIT_MS)


def test_dead_worker_fails_what_was_pending_and_boots_again(
    cpu_browser: Browser, open_chat: OpenChat
) -> None:
    chat = open_chat(cpu_browser)
    chat.ask(HAIKU)
    worker = chat.worker
    chat.send(QUESTION)
    expect(chat.answer(1)).to_have_attribute("aria-busy", "true", timeout=WAIT_MS)
    worker.evaluate(
        "() => { setTimeout(() => { throw new Error('injected: the worker dies'); }); }"
    )
    article = chat.wait_until_answered(1)
    expect(article.get_by_role("button", name=re.compile("Retry|Ask again"))).to_be_visible()
    chat.errors.clear()
    article.get_by_role("button", name=re.compile("Retry|Ask again")).click()
    text = chat.answer().locator(".markdown")
    expect(text).to_contain_text("def add", timeout=WAIT_MS)


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways(
    cpu_browser: Browser, open_chat: OpenChat, width: int, scheme: str
) -> None:
    chat = open_chat(cpu_browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    chat.ask(QUESTION)
    too_wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert chat.page.evaluate(too_wide) is False
