"""A new version of the site while the old one is open: the real service worker, a small site."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from build_scripts.files import write
from build_scripts.precache import write_precache
from build_scripts.site import Site, add_service_worker
from localm_host.server import create_app
from tests.browser.conftest import Contexts
from tests.browser.support.faulty_server import FaultyServer, not_found

OLD, NEW = "app-00000000", "app-11111111"
REGISTER = """async () => {
  const policy = trustedTypes.createPolicy("app-worker", { createScriptURL: (text) => text });
  const address = policy.createScriptURL("service_worker.js");
  await navigator.serviceWorker.register(address, { updateViaCache: "none" });
}"""
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
# The new version's fate: kept whole ("installed"), or given up ("redundant").
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
  const worker = registration.installing ?? registration.waiting;
  while (worker.state === "installing") {
    await new Promise((changed) => { worker.onstatechange = changed; });
  }
  return worker.state;
}"""
TEXT = "async (path) => (await fetch(path)).text()"
ONE_VERSION = """async () =>
  (await caches.keys()).filter((name) => name.startsWith("localm-page-")).length === 1 &&
  !(await (await caches.open("localm-files")).keys()).some(({ url }) => url.includes("app-0000"))
"""


def write_version(folder: Path, app: str) -> Path:
    write(folder / "index.html", f"<!doctype html><html lang=en><title>{app}</title>")
    write(folder / app / "page.js", f"// {app}")
    write(folder / "vendor" / "pyodide-1" / "pyodide.mjs", "// the same in both")
    write_precache(folder)
    add_service_worker(Site(folder))
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_version(tmp_path / "old", OLD)


@pytest.fixture
def context(contexts: Contexts, cpu_browser: Browser, server: FaultyServer) -> BrowserContext:
    return contexts.new(cpu_browser, server.url, service_workers="allow")


@pytest.fixture
def old_page(context: BrowserContext, server: FaultyServer) -> Page:
    """The old version, kept and open."""
    page = context.new_page()
    page.goto(server.url)
    page.evaluate(REGISTER)
    page.wait_for_function(CONTROLLED)
    return page


def put_new_version(server: FaultyServer, folder: Path) -> None:
    server.app.app = create_app(write_version(folder / "new", NEW))


def test_new_version_leaves_the_open_page_alone_and_is_taken_at_the_next_start(
    context: BrowserContext, old_page: Page, server: FaultyServer, tmp_path: Path
) -> None:
    put_new_version(server, tmp_path)
    assert old_page.evaluate(UPDATE) == "installed"
    assert old_page.evaluate(TEXT, f"{OLD}/page.js") == f"// {OLD}"
    assert server.count("pyodide.mjs") == 1, "a file of both versions is fetched once"
    old_page.close()
    page = context.new_page()
    page.goto(server.url)
    assert page.title() == NEW
    page.wait_for_function(ONE_VERSION)
    server.stop()
    page.reload()
    assert page.title() == NEW
    assert page.evaluate(TEXT, f"{NEW}/page.js") == f"// {NEW}"


def test_new_version_with_a_missing_file_leaves_the_old_one_working(
    old_page: Page, server: FaultyServer, tmp_path: Path
) -> None:
    put_new_version(server, tmp_path)
    server.break_path(f"{NEW}/page.js", not_found)
    assert old_page.evaluate(UPDATE) == "redundant"
    server.stop()
    old_page.reload()
    assert old_page.title() == OLD
    assert old_page.evaluate(TEXT, f"{OLD}/page.js") == f"// {OLD}"


def test_new_version_that_failed_once_is_kept_at_the_next_try(
    old_page: Page, server: FaultyServer, tmp_path: Path
) -> None:
    put_new_version(server, tmp_path)
    server.break_path(f"{NEW}/page.js", not_found)
    assert old_page.evaluate(UPDATE) == "redundant"
    server.mend()
    assert old_page.evaluate(UPDATE) == "installed"
