"""Take every picture: `python -m tests.pictures [words of a state's name, or README]`."""

import shutil
import sys
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.support.states import STATES
from tests.pictures.readme import README
from tests.pictures.studio import LOOKS, Studio

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "test-results" / "pictures"
KEPT = ROOT / "docs" / "screenshots"
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Every state</title>
<style>img{max-width:32%;vertical-align:top;border:1px solid}</style>"""


def main(words: str) -> None:
    """Those whose name holds the words; without words all, and the README's."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with sync_playwright() as playwright:
        studio = Studio(playwright, ROOT / "dist")
        for state in STATES:
            for look in LOOKS if words in state.name else ():
                studio.picture(state, look, TARGET / f"{file_name(state.name)}-{look.name}.png")
        for name, state, look, real in README if words in "README" else ():
            studio.picture(state, look, KEPT / f"{name}.png", real=real)
    (TARGET / "index.html").write_text(SHEET + "".join(map(row, STATES)))
    print(f"{len(list(TARGET.glob('*.png')))} pictures: {TARGET.relative_to(ROOT)}/index.html")


def file_name(state: str) -> str:
    return state.replace(" ", "-")


def row(state: object) -> str:
    """One state in all of its looks."""
    name = getattr(state, "name", "")
    files = [f"{file_name(name)}-{look.name}.png" for look in LOOKS]
    images = "".join(f'<img src="{file}" alt="{file}">' for file in files)
    return f"<h2>{escape(name)}</h2>{images}"


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
