"""For people who ask their system for more contrast, or for its own few colours."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenFake
from tests.browser.support.axe import AXE
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.states import STATES

# 7:1 for text, where 4.5:1 is enough otherwise.
ENHANCED = """async () => {
  const rules = { "color-contrast-enhanced": { enabled: true } };
  const { violations } = await axe.run({ runOnly: ["color-contrast-enhanced"], rules });
  return violations.flatMap(({ nodes }) =>
    nodes.map(({ target, failureSummary }) => [target.join(" "), failureSummary]));
}"""
REACH = {state.name: state.reach for state in STATES}
OPACITY = "(one) => getComputedStyle(one).opacity"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["first visit", "code and a table", "error"])
def test_more_contrast_is_seven_to_one(open_fake: OpenFake, state: str, scheme: str) -> None:
    chat = open_fake(contrast="more", color_scheme=scheme)
    REACH[state](chat)
    chat.page.evaluate(AXE)
    assert chat.page.evaluate(ENHANCED) == []


@pytest.mark.parametrize("how", [{"contrast": "more"}, {"forced_colors": "active"}])
def test_tools_are_seen_without_a_pointer_over_them(
    open_fake: OpenFake, how: dict[str, str]
) -> None:
    chat = open_fake(**how)
    chat.ask("long")
    chat.composer.hover()
    for place in (".answer .tools", ".prompt .tools", ".conversation .menu-place"):
        assert chat.page.locator(place).evaluate(OPACITY) == "1", place


def test_forced_colours_mark_the_conversation_that_is_shown(open_fake: OpenFake) -> None:
    chat = open_fake(forced_colors="active")
    chat.ask("long")
    shown = chat.page.locator(".conversation:has([aria-current])")
    expect(shown).to_have_css("outline-style", "solid")


@pytest.mark.parametrize("state", ["first visit", "code and a table", "error", "compiling"])
def test_text_at_twice_its_size_is_neither_cut_off_nor_wider_than_the_page(
    open_fake: OpenFake, state: str
) -> None:
    """Only the text, as browsers set it for minimum sizes; the window stays as it is."""
    chat = open_fake(viewport={"width": 1280, "height": 800})
    REACH[state](chat)
    assert_fits(chat)


def assert_fits(chat: ChatPage) -> None:
    chat.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert chat.page.evaluate(wide) is False
    cut = """() => [...document.querySelectorAll("button, .starter, .status, .promise")]
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.outerHTML.slice(0, 80))"""
    assert chat.page.evaluate(cut) == []
