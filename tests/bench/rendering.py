"""`make bench`: what a token of a long answer costs, and how long hostile ones keep the page busy.

Figures of one machine at one moment: never a test. The ratio of late to early cost is from one run.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench.downloads import opened
from tests.browser.conftest import ROOT, fake_worker
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer, replaced_by
from tests.browser.support.wire import app_folder

TOKENS = 8000  # of four characters
OUT = ROOT / "test-results" / "bench-rendering.json"
MEASURE = (Path(__file__).parent / "rendering.js").read_text()
SECTION = """## Part {n}

Some **words** of `prose` with $x_{n}$ and a [link](https://example.org/{n}), as long as one is.

- one of them
- another
  - and below

```python
def part_{n}(x: int) -> int:
    return x * {n}
```

| a | b |
|---|---|
| {n} | row |

"""
ROWS = "".join(f"| {n} | row | of *many* |\n" for n in range(5000))


def repeated(piece: str) -> str:
    """Enough of it for all tokens."""
    count = 4 * TOKENS // len(piece) + 2
    return "".join(piece.replace("{n}", str(n)) for n in range(count))


STREAMED = {
    "prose, lists, code, tables, formulas": repeated(SECTION),
    "one list": repeated("- item **{n}** of a list that does not end\n"),
    "one code block": "```python\n" + repeated("value_{n} = compute({n})\n"),
}
HEAVY = {
    "a table of 5,000 rows": f"| a | b | c |\n|---|---|---|\n{ROWS}",
    "a line of 100,000 characters": "x*_[`$" * 16_700,
    "10,000 nested quotes": ">" * 10_000 + " deep",
    "a list of 5,000 items": repeated("- item **{n}**\n")[:100_000],
    "1,000 formulas": "".join(f"$x_{{{n}}}^2$ and\n\n" for n in range(1000)),
    "300 code blocks": "```python\nprint('x')\n```\n\n" * 300,
}


def measured() -> dict[str, Any]:
    """Microseconds for each tenth of the tokens; milliseconds of the longest tasks."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        FaultyServer(ROOT / "dist") as server,
        sync_playwright() as playwright,
        opened(playwright, Path(folder)) as context,
    ):
        server.break_path("/worker/worker.js", replaced_by(fake_worker()))
        chat = ChatPage(context.new_page(), server.url)
        kinds = {"streamed": STREAMED, "heavy": HEAVY}
        url = f"{server.url}{app_folder(server)}"
        found: dict[str, Any] = chat.page.evaluate(MEASURE, [url, kinds, TOKENS])
        return found


def main() -> None:
    results = measured()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, indent=1) + "\n")
    print(f"Rendering of {TOKENS:,} tokens: µs for one in the first and in the last tenth,")
    print("in our code and in the browser's layout (once a token; the page does it once a frame)")
    for name, costs in results["costs"].items():
        for whose, tenths in costs.items():
            first, last = tenths[0], tenths[-1]
            print(f"  {name:40} {whose:8} {first:6.0f} {last:6.0f}   ratio {last / first:.2f}")
    print("Longest task in ms (0: none over 50): while it streams, with its end, at once")
    for name, tasks in results["tasks"].items():
        print(f"  {name:40}" + "".join(f"{task:8.0f}" for task in tasks))
    print(f"Written to {OUT.relative_to(ROOT)}.", file=sys.stderr)


if __name__ == "__main__":
    main()
