"""A browser that refuses storage: the app answers all the same, from memory."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import OpenWire
from tests.browser.support.faulty_server import FaultyServer, preceded_by
from tests.browser.support.reference import greedy
from tests.browser.test_downloads_storage import NO_STORAGE

ENTRY = greedy()[0]


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_engines_answer_where_storage_throws(
    browser: Browser, open_wire: OpenWire, server: FaultyServer
) -> None:
    server.break_path("/worker/worker.js", preceded_by(NO_STORAGE))
    wire = open_wire(browser)
    assert wire.log_lines("this browser refuses storage")
    first = wire.chat(ENTRY["messages"], temperature=0)
    assert first.end["type"] == "done", (first.end, wire.console[-5:])
    assert wire.chat(ENTRY["messages"], temperature=0).text == ENTRY["text"]
    assert wire.chat(ENTRY["messages"], temperature=0).text == ENTRY["text"]
