"""A new version of the app waits until the person takes it; nothing is ever reloaded unasked."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from build_scripts.precache import write_precache
from build_scripts.site import Site, add_service_worker
from tests.browser.conftest import Contexts
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer, not_found
from tests.browser.support.versions import (
    CONTROLLED,
    KEPT_PATHS,
    NEW,
    OLD,
    SHARED,
    TEXT,
    UPDATE,
    serve,
    version_of,
    write_version,
)

NOTICE = "A new version of localm is ready."
FOREIGN = ["webllm/model", "transformers-cache", "localm-models", "somebody-elses"]
MAKE_CACHES = """async (names) => {
  for (const name of names) await (await caches.open(name)).put("/kept", new Response("mine"));
}"""
POLICY = "async (path) => (await fetch(path)).headers.get('content-security-policy')"
AN_HOUR_LATER = """() => {
  const later = Date.now() + 3_600_000;
  Date.now = () => later;
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def built(site: Path) -> Path:
    return site


@pytest.fixture
def old(built: Path, tmp_path: Path) -> Path:
    return write_version(tmp_path / "old", built, OLD)


@pytest.fixture
def new(built: Path, tmp_path: Path) -> Path:
    return write_version(tmp_path / "new", built, NEW)


@pytest.fixture
def context(contexts: Contexts, cpu_browser: Browser, server: FaultyServer) -> BrowserContext:
    return contexts.new(cpu_browser, server.url, service_workers="allow")


@pytest.fixture
def chat(context: BrowserContext, server: FaultyServer, old: Path) -> ChatPage:
    """The old version after its first visit: kept, open, and never reloaded."""
    serve(server, old)
    chat = ChatPage(context.new_page(), server.url)
    chat.page.wait_for_function(CONTROLLED)
    return chat


def offer(chat: ChatPage) -> None:
    """The new version is kept, and the page says so."""
    assert chat.page.evaluate(UPDATE) == "installed"
    expect(chat.page.get_by_text(NOTICE)).to_be_visible()


def take(chat: ChatPage) -> None:
    with chat.page.expect_navigation():
        chat.button("Reload").click()


def test_first_version_says_nothing(chat: ChatPage) -> None:
    assert version_of(chat.page) == OLD
    chat.page.wait_for_timeout(500)
    expect(chat.page.get_by_text(NOTICE)).to_be_hidden()
    assert not chat.errors


def test_reload_stays_with_the_old_version_until_the_new_one_is_taken(
    chat: ChatPage, server: FaultyServer, new: Path
) -> None:
    serve(server, new)
    chat.page.reload()
    expect(chat.page.get_by_text(NOTICE)).to_be_visible()
    assert version_of(chat.page) == OLD
    chat.page.reload()
    assert version_of(chat.page) == OLD
    expect(chat.page.get_by_text(NOTICE)).to_be_visible()
    take(chat)
    assert version_of(chat.page) == NEW
    expect(chat.page.get_by_text(NOTICE)).to_be_hidden()
    server.stop()
    chat.page.reload()
    assert version_of(chat.page) == NEW
    assert chat.page.evaluate(TEXT, f"{NEW}/name.txt") == NEW
    assert not chat.errors


def test_taking_it_lets_the_old_files_go_and_nothing_else(
    chat: ChatPage, server: FaultyServer, new: Path
) -> None:
    chat.page.evaluate(MAKE_CACHES, FOREIGN)
    serve(server, new)
    offer(chat)
    take(chat)
    paths = chat.page.evaluate(KEPT_PATHS)
    assert not [path for path in paths if OLD in path] and f"/{NEW}/name.txt" in paths
    assert paths.count("/index.html") == 1
    assert set(FOREIGN) <= set(chat.page.evaluate("() => caches.keys()"))
    assert server.count(SHARED) == 1, "a file of both versions is fetched once"


def test_new_version_is_taken_when_no_tab_is_open(
    chat: ChatPage, context: BrowserContext, server: FaultyServer, new: Path
) -> None:
    serve(server, new)
    offer(chat)
    chat.button("Dismiss").click()
    expect(chat.page.get_by_text(NOTICE)).to_be_hidden()
    chat.page.close()
    assert version_of(ChatPage(context.new_page(), server.url).page) == NEW


def test_other_tabs_go_on_with_their_version_and_are_told(
    chat: ChatPage, context: BrowserContext, server: FaultyServer, new: Path
) -> None:
    other = ChatPage(context.new_page(), server.url)
    other.send("long and slowly")
    serve(server, new)
    offer(chat)
    take(chat)
    assert version_of(chat.page) == NEW
    other.wait_until_answered()
    assert version_of(other.page) == OLD
    assert other.page.evaluate(TEXT, f"{OLD}/name.txt") == OLD, "its files stay for now"
    expect(other.page.get_by_text(NOTICE)).to_be_visible()
    take(other)
    assert version_of(other.page) == NEW
    assert not chat.errors and not other.errors


def test_answer_is_not_interrupted_and_the_notice_comes_after_it(
    chat: ChatPage, server: FaultyServer, new: Path
) -> None:
    chat.send("long and slowly")
    expect(chat.button("Stop")).to_be_visible()
    serve(server, new)
    assert chat.page.evaluate(UPDATE) == "installed"
    expect(chat.page.get_by_text(NOTICE)).to_be_hidden()
    expect(chat.wait_until_answered()).to_contain_text("That is all.")
    expect(chat.page.get_by_text(NOTICE)).to_be_visible()
    chat.tool(chat.prompt(), "Delete").click()
    expect(chat.button("Undo")).to_be_visible()
    expect(chat.page.get_by_text(NOTICE)).to_be_hidden()
    chat.button("Undo").click()
    expect(chat.page.get_by_text(NOTICE)).to_be_visible()


def test_version_rolled_back_on_the_server_is_offered_like_any_other(
    chat: ChatPage, server: FaultyServer, old: Path, new: Path
) -> None:
    serve(server, new)
    offer(chat)
    take(chat)
    serve(server, old)
    offer(chat)
    assert version_of(chat.page) == NEW
    take(chat)
    assert version_of(chat.page) == OLD
    server.stop()
    chat.page.reload()
    assert chat.page.evaluate(TEXT, f"{OLD}/name.txt") == OLD


def test_new_version_with_a_missing_file_leaves_the_old_one_working(
    chat: ChatPage, server: FaultyServer, new: Path
) -> None:
    serve(server, new)
    server.break_path(f"{NEW}/name.txt", not_found)
    assert chat.page.evaluate(UPDATE) == "redundant"
    server.mend()
    assert chat.page.evaluate(UPDATE) == "installed"
    assert server.count(f"{NEW}/client.js") == 0, "the first attempt has kept it"
    assert server.count(f"{NEW}/name.txt") == 1
    server.stop()
    chat.page.reload()
    assert version_of(chat.page) == OLD
    assert chat.page.evaluate(TEXT, f"{OLD}/name.txt") == OLD


def test_open_page_looks_for_a_new_version_every_hour(
    chat: ChatPage, server: FaultyServer, new: Path
) -> None:
    serve(server, new)
    chat.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    chat.page.wait_for_timeout(500)
    expect(chat.page.get_by_text(NOTICE)).to_be_hidden()
    chat.page.evaluate(AN_HOUR_LATER)
    expect(chat.page.get_by_text(NOTICE)).to_be_visible()


def test_page_that_went_past_the_service_worker_comes_back_to_it(
    chat: ChatPage, context: BrowserContext, server: FaultyServer
) -> None:
    """Shift-reload."""
    context.new_cdp_session(chat.page).send("Page.reload", {"ignoreCache": True})
    chat.page.wait_for_function("() => navigator.serviceWorker.controller === null")
    chat.page.wait_for_function(CONTROLLED)
    expect(chat.page.get_by_text(NOTICE)).to_be_hidden()
    server.stop()
    assert chat.page.evaluate(TEXT, f"{OLD}/name.txt") == OLD


def test_kept_file_gets_the_policy_of_the_new_version(
    chat: ChatPage, server: FaultyServer, new: Path
) -> None:
    policies = new / NEW / "service_worker" / "policies.js"
    policies.write_text(policies.read_text().replace("'wasm-unsafe-eval'", "'none'"))
    write_precache(new)
    add_service_worker(Site(new))
    assert "'wasm-unsafe-eval'" in chat.page.evaluate(POLICY, SHARED)
    serve(server, new)
    offer(chat)
    take(chat)
    assert "'wasm-unsafe-eval'" not in chat.page.evaluate(POLICY, SHARED)
    assert server.count(SHARED) == 1
