"""What the service worker keeps, and how it answers with it; the real page on a small site."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import Contexts
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.faulty_server import FaultyServer, Reply, html_instead
from tests.browser.support.hosts import PlainHost
from tests.browser.support.versions import (
    CONTROLLED,
    KEPT_PATHS,
    OLD,
    SHARED,
    TEXT,
    serve,
    write_version,
)

NAME = f"{OLD}/name.txt"  # holds "app-00000000"
ANSWER = """async ([path, range]) => {
  const response = await fetch(path, { headers: range ? { range } : {} });
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, text: await response.text(), headers };
}"""
NO_REGISTRATION = "async () => (await navigator.serviceWorker.getRegistration()) === undefined"


@pytest.fixture
def small(site: Path, tmp_path: Path) -> Path:
    return write_version(tmp_path / "chat", site, OLD)


@pytest.fixture
def context(contexts: Contexts, cpu_browser: Browser, server: FaultyServer) -> BrowserContext:
    return contexts.new(cpu_browser, server.url, service_workers="allow")


@pytest.fixture
def asked(context: BrowserContext) -> list[str]:
    """What the service worker itself has asked for, of the server or of the browser's cache."""
    paths: list[str] = []

    def note(request: Any) -> None:
        if request.service_worker:
            paths.append(request.url)

    context.on("request", note)
    return paths


@pytest.fixture
def plain(small: Path) -> Iterator[PlainHost]:
    with PlainHost(small.parent) as running:
        yield running


def visit(context: BrowserContext, url: str) -> ChatPage:
    chat = ChatPage(context.new_page(), url)
    chat.page.wait_for_function(CONTROLLED)
    return chat


def fails_once(context: BrowserContext, server: FaultyServer) -> ChatPage:
    """A first visit whose installation comes to NAME and is given up."""
    chat = ChatPage(context.new_page(), server.url)
    deadline = time.monotonic() + WAIT_MS / 1000
    while not server.count(NAME) and time.monotonic() < deadline:
        chat.page.wait_for_timeout(100)
    chat.page.wait_for_function(NO_REGISTRATION)
    return chat


def unavailable(reply: Reply) -> Reply:
    return Reply(503, [(b"cache-control", b"no-store")], b"")


def kept_for_ever_but_wrong(reply: Reply) -> Reply:
    """Into the browser's cache with it, under the headers of the right one."""
    headers = [(k, v) for k, v in reply.headers if k.lower() != b"content-length"]
    return replace(reply, headers=headers, body=b"<title>Sign in</title>")


def test_broken_installation_goes_on_where_it_broke(
    context: BrowserContext, server: FaultyServer, small: Path, asked: list[str]
) -> None:
    serve(server, small)
    server.break_path(NAME, unavailable)
    chat = fails_once(context, server)
    kept = chat.page.evaluate(KEPT_PATHS)
    assert "/index.html" in kept and f"/{NAME}" not in kept
    server.mend()
    asked.clear()
    chat.page.reload()
    chat.page.wait_for_function(CONTROLLED)
    again = {url.removeprefix(server.url) for url in asked}
    assert NAME in again and SHARED in again
    assert not [path for path in kept if path.removeprefix("/") in again]


def test_wrong_body_is_never_kept(
    context: BrowserContext, server: FaultyServer, small: Path
) -> None:
    serve(server, small)
    server.break_path(NAME, html_instead)
    chat = fails_once(context, server)
    assert f"/{NAME}" not in chat.page.evaluate(KEPT_PATHS)


def test_wrong_body_in_the_browsers_cache_is_fetched_anew(
    context: BrowserContext, server: FaultyServer, small: Path
) -> None:
    serve(server, small)
    server.break_path(NAME, kept_for_ever_but_wrong)
    chat = ChatPage(context.new_page(), server.url)
    assert chat.page.evaluate(TEXT, NAME) == "<title>Sign in</title>"
    server.mend()
    chat.page.wait_for_function(CONTROLLED)
    assert server.count(NAME) == 1
    assert chat.page.evaluate(TEXT, NAME) == OLD


@pytest.mark.parametrize(
    ("asked_range", "status", "text", "content_range"),
    [
        ("bytes=0-0", 206, "a", "bytes 0-0/12"),
        ("bytes=4-", 206, "00000000", "bytes 4-11/12"),
        ("bytes=10-99", 206, "00", "bytes 10-11/12"),
        ("bytes=12-", 416, "", "bytes */12"),
        ("bytes=0-1,3-4", 200, OLD, None),
    ],
)
def test_part_of_a_kept_file(
    kept_page: ChatPage, asked_range: str, status: int, text: str, content_range: str | None
) -> None:
    answer = kept_page.page.evaluate(ANSWER, [NAME, asked_range])
    assert (answer["status"], answer["text"]) == (status, text)
    assert answer["headers"].get("content-range") == content_range


@pytest.fixture(scope="module")
def kept_page(
    site: Path,
    tmp_path_factory: pytest.TempPathFactory,
    module_contexts: Contexts,
    cpu_browser: Browser,
) -> Iterator[ChatPage]:
    """A kept version whose server is gone."""
    folder = write_version(tmp_path_factory.mktemp("kept") / "site", site, OLD)
    with FaultyServer(folder) as server:
        context = module_contexts.new(cpu_browser, server.url, service_workers="allow")
        chat = visit(context, server.url)
        server.stop()
        yield chat


def test_hub_json_is_the_servers_while_it_answers(
    context: BrowserContext, server: FaultyServer, small: Path
) -> None:
    serve(server, small)
    chat = visit(context, server.url)
    public = (small / "hub.json").read_text()
    server.break_path("hub.json", lambda reply: replace(reply, headers=[], body=b"{}"))
    assert chat.page.evaluate(TEXT, "hub.json") == "{}"
    server.mend()
    assert chat.page.evaluate(TEXT, "hub.json") == public
    server.break_path("hub.json", unavailable)
    assert chat.page.evaluate(TEXT, "hub.json") == public
    server.stop()
    assert chat.page.evaluate(TEXT, "hub.json") == public


def test_plain_host_gets_the_policies_of_each_destination(
    contexts: Contexts, cpu_browser: Browser, plain: PlainHost
) -> None:
    context = contexts.new(cpu_browser, plain.url, service_workers="allow")
    chat = visit(context, f"{plain.url}chat/")
    page = chat.page.evaluate(ANSWER, ["./", None])["headers"]
    assert page["cross-origin-embedder-policy"] == "require-corp"
    assert "trusted-types app-worker dompurify" in page["content-security-policy"]
    script = chat.page.evaluate(ANSWER, [SHARED, None])["headers"]
    assert "'wasm-unsafe-eval'; connect-src 'self';" in script["content-security-policy"]
    assert script["content-type"].startswith("text/javascript")


def test_download_worker_may_reach_what_its_address_names_and_no_other_script_may(
    contexts: Contexts, cpu_browser: Browser, plain: PlainHost
) -> None:
    context = contexts.new(cpu_browser, plain.url, service_workers="allow")
    chat = visit(context, f"{plain.url}chat/")
    good = ["https://hub.example", "https://*.hub.example", "http://[::1]:8000", "http://a.b:80"]
    bad = ["https://hub.example/path", "*", "https:", "'unsafe-eval'", "https://x; script-src *"]
    query = "&".join(f"connect={source}" for source in [*good, *bad]).replace(";", "%3B")
    policy = chat.page.evaluate(ANSWER, [f"{OLD}/worker/download_worker.js?{query}", None])
    assert f"connect-src 'self' {' '.join(good)};" in policy["headers"]["content-security-policy"]
    other = chat.page.evaluate(ANSWER, [f"{OLD}/worker/boot.js?{query}", None])
    assert "connect-src 'self';" in other["headers"]["content-security-policy"]
