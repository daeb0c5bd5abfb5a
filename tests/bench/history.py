"""`make bench`: how long 10,000 kept messages take to open and to search.

Figures of one machine at one moment: never a test.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench.downloads import opened
from tests.browser.conftest import ROOT
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.wire import app_folder

CONVERSATIONS = 500
MESSAGES = 20  # in each
OUT = ROOT / "test-results" / "bench-history.json"
MEASURE = (Path(__file__).parent / "history.js").read_text()


def measured() -> dict[str, Any]:
    """Milliseconds."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        FaultyServer(ROOT / "dist") as server,
        sync_playwright() as playwright,
        opened(playwright, Path(folder)) as context,
    ):
        page = context.new_page()
        page.goto(server.url + "blank.html")
        url = f"{server.url}{app_folder(server)}/history/history.js"
        found: dict[str, Any] = page.evaluate(MEASURE, [url, CONVERSATIONS, MESSAGES])
        return found


def main() -> None:
    results = measured()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, indent=1) + "\n")
    print(f"History of {CONVERSATIONS * MESSAGES:,} messages in {CONVERSATIONS} conversations")
    for name, milliseconds in results.items():
        print(f"  {name:44} {milliseconds:8.1f} ms")
    print(f"Written to {OUT.relative_to(ROOT)}.", file=sys.stderr)


if __name__ == "__main__":
    main()
