"""A browser that refuses storage: the app answers all the same, from memory."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import OpenWire
from tests.browser.support.faulty_server import FaultyServer, preceded_by
from tests.browser.support.reference import greedy, max_tokens
from tests.browser.test_downloads_storage import NO_STORAGE
from tests.hub import LocalHub

ENTRY = greedy()[0]
MODEL = "SmolLM2-360M-Instruct"


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


# What a browser may do instead: all of it is there, and throws when it is used.
THROWING_STORAGE = """
for (const [type, name] of [["StorageManager", "getDirectory"], ["StorageManager", "estimate"],
    ["CacheStorage", "open"], ["CacheStorage", "match"], ["IDBFactory", "open"]])
  globalThis[type].prototype[name] = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
"""


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
@pytest.mark.parametrize("refusal", [NO_STORAGE, THROWING_STORAGE], ids=["missing", "throwing"])
def test_model_of_a_hub_answers_where_storage_is_refused_everywhere(
    browser: Browser, open_wire: OpenWire, server: FaultyServer, hub: LocalHub, refusal: str
) -> None:
    for worker in ("/worker/worker.js", "/worker/download_worker.js"):
        server.break_path(worker, preceded_by(refusal))
    wire = open_wire(browser, hub=hub)
    done = wire.request("download", model=MODEL)
    assert done.end["type"] == "done", (done.end, wire.console[-5:])
    for _ in range(2):
        answer = wire.chat(ENTRY["messages"], MODEL, temperature=0, max_tokens=max_tokens())
        assert answer.end["type"] == "done", (answer.end, wire.console[-5:])
        assert answer.text
