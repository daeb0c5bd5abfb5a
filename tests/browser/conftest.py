"""Real Chromium with and without software WebGPU, the real server, and one rule for all of them.

The rule: no browser context of any test may ask another origin for anything.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer, replaced_by
from tests.browser.support.wire import Wire
from tests.hub import LocalHub

ROOT = Path(__file__).parents[2]
COMMON = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
SOFTWARE_WEBGPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"]

OpenPage = Callable[..., Page]
OpenWire = Callable[..., Wire]
OpenFake = Callable[..., ChatPage]


def fake_worker(boot: str = "ready") -> str:
    """The scripted worker, which starts as `boot` says."""
    names = ("fake_models.js", "fake_worker.js")
    script = "".join((ROOT / "tests" / "browser" / name).read_text() for name in names)
    return script.replace('const BOOT = "ready"', f'const BOOT = "{boot}"')


def chromium_path() -> str | None:
    """The system's Chromium where there is one, else None: Playwright's own browser."""
    return os.environ.get("LOCALM_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site; `make test` builds it first."""
    built = Path(os.environ.get("LOCALM_TEST_SITE", ROOT / "dist"))
    assert (built / "index.html").exists(), "run `make build` first"
    return built


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


def launch(playwright: Playwright, flags: list[str]) -> Browser:
    """Chromium without a window. Playwright's small headless shell would have no WebGPU."""
    path = chromium_path()
    channel = None if path else "chromium"
    return playwright.chromium.launch(executable_path=path, channel=channel, args=[*COMMON, *flags])


@pytest.fixture(scope="session")
def gpu_browser(playwright: Playwright) -> Iterator[Browser]:
    """WebGPU in software: what WebLLM needs."""
    browser = launch(playwright, SOFTWARE_WEBGPU)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def cpu_browser(playwright: Playwright) -> Iterator[Browser]:
    """No WebGPU adapter: transformers.js on WebAssembly answers."""
    browser = launch(playwright, [])
    yield browser
    browser.close()


@pytest.fixture
def browser(request: pytest.FixtureRequest, device: str) -> Browser:
    """The browser for a test that is parametrised by device."""
    name = {"webgpu": "gpu_browser", "wasm": "cpu_browser"}[device]
    found: Browser = request.getfixturevalue(name)
    return found


@pytest.fixture
def server(site: Path) -> Iterator[FaultyServer]:
    with FaultyServer(site) as running:
        yield running


@pytest.fixture(scope="module")
def shared_server(site: Path) -> Iterator[FaultyServer]:
    """For tests that change nothing on it."""
    with FaultyServer(site) as running:
        yield running


class Contexts:
    """Opens browser contexts, and knows every request that any of them made."""

    def __init__(self) -> None:
        self._open: list[BrowserContext] = []
        self.foreign: list[str] = []

    def new(
        self, browser: Browser, own: str, hub: LocalHub | None = None, **options: Any
    ) -> BrowserContext:
        """A fresh profile; requests to another origin are remembered as foreign.

        Only where a test asks for models of a hub, the hub and its CDN are not.
        """
        defaults: dict[str, Any] = {"service_workers": "block", "reduced_motion": "reduce"}
        context = browser.new_context(**(defaults | options))
        asked_for = {own} | ({f"{hub.url}/", f"{hub.cdn_url}/"} if hub else set())
        context.on("request", lambda request: self._check(request.url, asked_for))
        self._open.append(context)
        return context

    def _check(self, url: str, asked_for: set[str]) -> None:
        parts = urlsplit(url)
        local = parts.scheme in ("data", "blob", "about")
        if not local and f"{parts.scheme}://{parts.netloc}/" not in asked_for:
            self.foreign.append(url)

    def close(self) -> None:
        """Close all, then hold every one of them to the rule."""
        for context in self._open:
            context.close()
        assert self.foreign == [], f"requests to another origin: {self.foreign}"


@pytest.fixture
def contexts() -> Iterator[Contexts]:
    opened = Contexts()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def module_contexts() -> Iterator[Contexts]:
    opened = Contexts()
    yield opened
    opened.close()


@pytest.fixture
def open_wire(contexts: Contexts, server: FaultyServer) -> OpenWire:
    """`open_wire(browser)` gives a fresh worker that has been greeted."""

    def open_one(
        browser: Browser, *, greet: bool = True, query: str = "", hub: LocalHub | None = None
    ) -> Wire:
        page = contexts.new(browser, server.url, hub).new_page()
        wire = Wire(page, server, query)
        if greet:
            assert wire.hello(hub=hub.address if hub else "")["type"] == "ready"
        return wire

    return open_one


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    """A hub on two other origins."""
    with LocalHub() as running:
        yield running


@pytest.fixture
def open_fake(cpu_browser: Browser, contexts: Contexts, server: FaultyServer) -> OpenFake:
    """The real page with the scripted worker behind it; `boot` says how that one starts."""

    def open_one(boot: str = "ready", **options: Any) -> ChatPage:
        server.break_path("/worker/worker.js", replaced_by(fake_worker(boot)))
        page = contexts.new(cpu_browser, server.url, **options).new_page()
        return ChatPage(page, server.url)

    return open_one
