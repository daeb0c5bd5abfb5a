"""Every main state at every width, in both themes: nothing scrolls sideways or is cut off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenFake
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.models_page import ModelsPage
from tests.browser.test_accessibility import TOO_WIDE

# 640 × 450 is a window of 1280 × 900 at 200 %.
SIZES = [(320, 640), (640, 450), (768, 1024), (1440, 900)]
# Controls that stand out of the window, or whose own words do not fit into them. What scrolls in a
# frame of its own (a wide table, code) is scrolled to first.
CUT_OFF = """() => {
  const cut = [];
  const place = document.querySelector("dialog[open]") ?? document;
  for (const one of place.querySelectorAll("a, button, input, select, summary, textarea")) {
    const isSeen = one.checkVisibility({ visibilityProperty: true });
    if (!isSeen || one.closest("[inert], .unseen")) continue;
    one.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { left, right, top, bottom, width } = one.getBoundingClientRect();
    const isOut = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
    const isTooSmall = one.localName === "button" && one.scrollWidth > one.clientWidth + 1;
    if (width > 0 && (isOut || isTooSmall)) cut.push(one.outerHTML.slice(0, 120));
  }
  return cut;
}"""
COLUMNS = 14
WIDE = "\n".join(
    [
        "Donaudampfschifffahrtsgesellschaftskapitän" * 6,
        "",
        "| " + " | ".join(f"column_{number}" for number in range(COLUMNS)) + " |",
        "|--" * COLUMNS + "|",
        "| " + " | ".join(f"value_number_{number}" for number in range(COLUMNS)) + " |",
        "",
        "```python",
        "print(" + ", ".join(f"'argument number {number}'" for number in range(20)) + ")",
        "```",
        "",
        "https://example.org/" + "a-long-path/" * 30,
    ]
)


def first_visit(chat: ChatPage) -> None:
    expect(chat.status).to_contain_text("ready")


def wide_conversation(chat: ChatPage) -> None:
    chat.ask(WIDE)
    chat.ask("long")


def list_of_conversations(chat: ChatPage) -> None:
    for word in ("Short", "Donaudampfschifffahrt" * 8, "A title of many words that is long " * 4):
        chat.ask(word)
        chat.button("New chat").click()
    show_list(chat)


def search(chat: ChatPage) -> None:
    wide_conversation(chat)
    show_list(chat)
    chat.side.get_by_role("searchbox").fill("argument")
    expect(chat.side.get_by_role("list", name="Search results")).to_be_visible()


def show_list(chat: ChatPage) -> None:
    if not chat.side.is_visible():
        chat.button("Show conversations").click()


def settings_dialog(chat: ChatPage) -> None:
    first_visit(chat)
    chat.button("Settings").click()
    expect(chat.page.get_by_role("dialog", name="Settings")).to_be_visible()


def models_dialog(chat: ChatPage) -> None:
    first_visit(chat)
    ModelsPage(chat)


def error(chat: ChatPage) -> None:
    article = chat.ask("error")
    for summary in article.locator("summary").all():
        summary.click()


STATES: dict[str, Callable[[ChatPage], None]] = {
    "first visit": first_visit,
    "conversation with long words, a wide table and code": wide_conversation,
    "list of conversations": list_of_conversations,
    "search": search,
    "settings": settings_dialog,
    "models": models_dialog,
    "error": error,
}


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("state", STATES)
def test_nothing_scrolls_sideways_and_no_control_is_cut_off(
    open_fake: OpenFake, state: str, size: tuple[int, int]
) -> None:
    width, height = size
    chat = open_fake(viewport={"width": width, "height": height})
    STATES[state](chat)
    for scheme in ("light", "dark"):
        chat.page.emulate_media(color_scheme=scheme)
        assert chat.page.evaluate(TOO_WIDE) is False, scheme
        assert chat.page.evaluate(CUT_OFF) == [], scheme
