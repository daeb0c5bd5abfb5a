"""`make timings`: from navigation to a usable composer, to Python ready, to the first text.

Figures of one machine at one moment: for a look, not for a test. First visit: an empty profile.
Second visit: the same profile, with the memory snapshot that the browser made meanwhile.
"""

import statistics

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.conftest import ROOT, SOFTWARE_WEBGPU, launch
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.test_boot import wait_until_stored

WAIT_MS = 300_000
RUNS = 3
SINCE_NAVIGATION = "() => performance.now()"
USABLE = "() => document.activeElement?.id === 'message'"
READY = "() => document.querySelector('[role=status]').textContent.includes('ready')"
FIRST_TEXT = "() => document.querySelector('.answer .markdown')?.textContent"
ENDED = "() => document.querySelector('.answer[aria-busy=false]')"

Row = dict[str, float]


def since_navigation_s(page: Page, condition: str) -> float:
    """Wait for the condition; seconds since the navigation started, by the page's clock."""
    page.wait_for_function(condition, timeout=WAIT_MS)
    return float(page.evaluate(SINCE_NAVIGATION)) / 1000


def visit(context: BrowserContext, url: str) -> tuple[Page, Row]:
    """Open the page, wait for Python, then ask."""
    chat = ChatPage(context.new_page(), url)
    row = {"composer": since_navigation_s(chat.page, USABLE)}
    row["Python ready"] = since_navigation_s(chat.page, READY)
    chat.send("What is localm?")
    row["first text, asked when ready"] = since_navigation_s(chat.page, FIRST_TEXT)
    chat.page.wait_for_function(ENDED, timeout=WAIT_MS)
    return chat.page, row


def two_visits(context: BrowserContext, url: str) -> tuple[Row, Row]:
    """An empty profile, then the same one with its snapshot."""
    page, first = visit(context, url)
    wait_until_stored(page)
    page.close()
    page, second = visit(context, url)
    page.close()
    return first, second


def show(title: str, rows: list[Row]) -> None:
    """Median and range of each figure."""
    print(title)
    for name in rows[0]:
        values = [row[name] for row in rows]
        median = statistics.median(values)
        print(f"  {name:30} {median:6.2f} s   ({min(values):.2f} to {max(values):.2f})")


def main() -> None:
    """Both devices, fresh profiles, a few runs each."""
    devices = {"WebLLM on software WebGPU": SOFTWARE_WEBGPU, "transformers.js on WASM": []}
    with FaultyServer(ROOT / "dist") as server, sync_playwright() as playwright:
        for name, flags in devices.items():
            browser = launch(playwright, flags)
            contexts = [browser.new_context(service_workers="block") for _ in range(RUNS)]
            visits = [two_visits(context, server.url) for context in contexts]
            show(f"{name}, first visit", [first for first, _ in visits])
            show(f"{name}, second visit", [second for _, second in visits])
            browser.close()


if __name__ == "__main__":
    main()
