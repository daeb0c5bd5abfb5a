"""Chromium offers to install the app, at the root and under a sub-path."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, Playwright

from tests.browser.conftest import COMMON, chromium_path
from tests.browser.support.hosts import PlainHost
from tests.browser.support.versions import OLD, write_version


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[PlainHost]:
    write_version(tmp_path / "root", site, OLD)
    (tmp_path / "root" / "chat").symlink_to(write_version(tmp_path / "below", site, OLD))
    with PlainHost(tmp_path / "root") as running:
        yield running


@pytest.fixture
def page(playwright: Playwright, tmp_path: Path) -> Iterator[Page]:
    """In a profile of its own: nothing can be installed from a private window."""
    path = chromium_path()
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=path,
        channel=None if path else "chromium",
        args=COMMON,
    )
    yield context.new_page()
    context.close()


def devtools(page: Page, url: str) -> CDPSession:
    session = page.context.new_cdp_session(page)
    page.goto(url)
    return session


@pytest.mark.parametrize("path", ["", "chat/"])
def test_app_can_be_installed(host: PlainHost, page: Page, path: str) -> None:
    session = devtools(page, host.url + path)
    manifest = session.send("Page.getAppManifest")
    assert manifest["url"].endswith(f"{OLD}/manifest.webmanifest")
    assert manifest["errors"] == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


def test_two_of_them_on_one_host_are_two_apps(host: PlainHost, page: Page) -> None:
    for path in ("", "chat/"):
        identity = devtools(page, host.url + path).send("Page.getAppId")
        assert identity["appId"] == host.url + path
