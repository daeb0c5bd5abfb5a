"""Python starts plainly, from the browser's own memory snapshot, and after a bad snapshot."""

import re
import time

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Contexts, OpenWire
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.reference import greedy
from tests.browser.support.wire import WAIT_MS, Wire

ENTRY = greedy()[0]
STORED = """async () => {
  const kept = await (await caches.open("localm-snapshot")).keys();
  return kept.some((request) => !request.url.endsWith("refused"));
}"""
SPOIL = """async () => {
  const cache = await caches.open("localm-snapshot");
  for (const request of await cache.keys()) await cache.put(request, new Response("spoiled"));
}"""
API = """async () => await pyodide.runPythonAsync(`
import localm
texts = []
async for text in localm.chat("%s", temperature=0):
    texts.append(text)
"".join(texts)
`)"""


def booted(context: BrowserContext, server: FaultyServer) -> Wire:
    wire = Wire(context.new_page(), server)
    assert wire.hello()["type"] == "ready"
    return wire


def wait_until_stored(page: Page) -> None:
    """`wait_for_function` takes a promise for true, so the question is asked again and again."""
    deadline_s = time.monotonic() + WAIT_MS / 1000
    while not page.evaluate(STORED):
        assert time.monotonic() < deadline_s, "no snapshot was made"
        page.wait_for_timeout(250)


def make_snapshot(context: BrowserContext, server: FaultyServer) -> Page:
    """Boot plainly and leave the worker alone until the snapshot is there."""
    wire = booted(context, server)
    assert wire.log_lines("from=plain")
    wait_until_stored(wire.page)
    return wire.page


def random_number(wire: Wire) -> float:
    return float(wire.worker.evaluate("() => pyodide.runPython('import random; random.random()')"))


def test_second_boot_is_from_the_snapshot_and_works(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer
) -> None:
    context = contexts.new(cpu_browser, server.url)
    make_snapshot(context, server).close()
    first, second = booted(context, server), booted(context, server)
    assert first.log_lines("from=snapshot") and second.log_lines("from=snapshot"), first.console
    assert random_number(first) != random_number(second), "randomness was not reseeded"
    assert first.chat(ENTRY["messages"], temperature=0).text == ENTRY["text"]


def test_bad_snapshot_gives_way_to_the_plain_boot_and_the_prompt_is_answered(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer
) -> None:
    context = contexts.new(cpu_browser, server.url)
    page = make_snapshot(context, server)
    page.evaluate(SPOIL)
    page.close()
    chat = ChatPage(context.new_page(), server.url)
    lines: list[str] = []
    chat.page.on("console", lambda message: lines.append(message.text))
    chat.ask(ENTRY["messages"][0]["content"])
    assert any("snapshot does not boot" in line for line in lines)
    assert any("from=plain" in line for line in lines)
    assert chat.page.evaluate(STORED) is False


def test_micropip_and_the_python_api_work_in_the_worker(
    cpu_browser: Browser, open_wire: OpenWire
) -> None:
    worker = open_wire(cpu_browser).worker
    version = worker.evaluate("() => pyodide.runPython('import micropip; micropip.__version__')")
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    prompt = ENTRY["messages"][0]["content"]
    assert worker.evaluate(API % prompt) == ENTRY["text"]
