"""Every state of the page: for assistive technology, in both themes, at every width."""

from typing import Any

import pytest

from tests.browser.conftest import OpenFake
from tests.browser.support.axe import AXE, VIOLATIONS
from tests.browser.support.states import STATES, State

# A dialog scrolls inside itself, so the document alone does not tell.
BEYOND_THE_EDGE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const beyond = [...document.querySelectorAll("dialog[open] *")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1)
    .filter((one) => !one.closest("pre, .unseen"))
    .filter((one) => one.getBoundingClientRect().right > innerWidth)
    .map((one) => one.outerHTML.slice(0, 80));
  return scrollWidth > clientWidth ? ["the page", ...beyond] : beyond;
}"""
# Elements that can be pressed, and that lie under something else where a finger would press. What
# lies under a layer that was opened on top of it is meant to.
COVERED = """() => {
  const LAYERS = "dialog, nav, [popover], .menu, .notice";
  const covered = [];
  for (const one of document.querySelectorAll("button, summary, textarea, input, select")) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("[inert]")) continue;
    one.scrollIntoView({ block: "nearest" });
    const { x, y, width, height } = one.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    if (one.contains(top) || one.labels?.[0]?.contains(top)) continue;
    const layer = top?.closest(LAYERS) ?? document.querySelector("dialog:modal");
    if (!layer || layer.contains(one)) covered.push(one.outerHTML);
  }
  return covered;
}"""
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
# 640 px is a window of 1280 px at 200 %.
WIDTHS = (1440, 768, 640, 320)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_axe_finds_nothing_and_nothing_is_covered_or_cut_off(
    open_fake: OpenFake, state: State
) -> None:
    options = {"viewport": {"width": 1440, "height": 600}, "color_scheme": "light"}
    chat = open_fake(state.boot, **options | state.options)
    state.reach(chat)
    for width in WIDTHS:
        chat.page.set_viewport_size({"width": width, "height": 600})
        assert chat.page.evaluate(BEYOND_THE_EDGE) == [], width
        assert chat.page.evaluate(COVERED) == [], width
        assert chat.page.evaluate(CUT_OFF) == [], width
    chat.page.set_viewport_size({"width": 1440, "height": 600})
    chat.page.evaluate(AXE)
    light: list[Any] = chat.page.evaluate(VIOLATIONS)
    chat.page.emulate_media(color_scheme="dark")
    dark: list[Any] = chat.page.evaluate(VIOLATIONS)
    assert (light, dark) == ([], [])
