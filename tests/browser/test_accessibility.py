"""All of the page is there by keyboard, to a screen reader, in large text and in few colours."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import ROOT, OpenFake
from tests.browser.support.chat_page import ChatPage

AXE = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text()
VIOLATIONS = """async () => (await axe.run()).violations.flatMap(({ id, nodes }) =>
  nodes.map(({ target, failureSummary }) => [id, target.join(" "), failureSummary]))"""
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What shows that an element has the focus: its own outline, or the frame around the composer.
OUTLINE = "() => getComputedStyle(document.activeElement).outlineStyle"
FOCUSED = """() => document.activeElement.getAttribute("aria-label")
  ?? document.activeElement.textContent"""
# Elements that can be pressed, and that lie under something else where a finger would press.
COVERED = """() => {
  const covered = [];
  for (const one of document.querySelectorAll("button, summary, textarea")) {
    if (!one.checkVisibility()) continue;
    one.scrollIntoView({ block: "nearest" });
    const { x, y, width, height } = one.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    if (!one.contains(top)) covered.push(one.outerHTML);
  }
  return covered;
}"""

RICH = (ROOT / "tests" / "data" / "rich.md").read_text()

# How each state is reached: the prompt that the scripted worker plays, "" for none.
STATES = {
    "first visit": "",
    "code and a table": "long",
    "fall-back": "cpu",
    "restart": "restart",
    "broken off": "break",
    "error": "error",
    "loading": "compile",
    "waiting": "think",
    "stopped before text": "nothing",
    "thoughts, a formula, coloured code and an image": f"say {RICH}",
}
ENDLESS = ("compile", "think")


def reach(chat: ChatPage, state: str) -> None:
    """Play a state, and open everything in it that opens."""
    expect(chat.status).to_contain_text("ready")
    prompt = STATES[state]
    if prompt in ENDLESS:
        chat.send(prompt)
        expect(chat.answer()).to_be_visible()
    elif prompt:
        chat.ask(prompt)
    for summary in chat.conversation.locator("summary").all():
        summary.click()


def press(chat: ChatPage, *keys: str) -> None:
    for key in keys:
        chat.page.keyboard.press(key)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_light_and_in_dark(open_fake: OpenFake, state: str) -> None:
    chat = open_fake(color_scheme="light")
    reach(chat, state)
    chat.page.evaluate(AXE)
    light: list[Any] = chat.page.evaluate(VIOLATIONS)
    chat.page.emulate_media(color_scheme="dark")
    dark: list[Any] = chat.page.evaluate(VIOLATIONS)
    assert (light, dark) == ([], [])


@pytest.mark.parametrize("state", STATES)
def test_narrow_or_zoomed_page_scrolls_nothing_sideways_and_covers_nothing(
    open_fake: OpenFake, state: str
) -> None:
    """640 px is a window of 1280 px at 200 %."""
    chat = open_fake(viewport={"width": 640, "height": 480})
    reach(chat, state)
    for width in (640, 320):
        chat.page.set_viewport_size({"width": width, "height": 480})
        assert chat.page.evaluate(TOO_WIDE) is False, width
        assert chat.page.evaluate(COVERED) == [], width


def test_tab_goes_through_the_page_in_the_order_in_which_it_is_read(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("long")
    order = []
    chat.button("New chat").focus()
    while (name := chat.page.evaluate(FOCUSED).strip()) != "Message":
        order.append(name)
        assert chat.page.evaluate(OUTLINE) == "solid", name
        press(chat, "Tab")
    # "Latest" stands there for as long as the end is out of sight.
    assert [name for name in order if name != "Latest"] == [
        "New chat", "Conversation", "Copy message", "Edit", "Delete",
        "Table", "Wrap long lines", "Download code", "Copy code", "Python", "a page about tides",
        "https://example.org/chart.png?q=secret", "Load image",
        "Copy answer", "Copy as text", "Regenerate", "Delete",
    ]  # fmt: skip
    assert framed(chat.page.locator("#composer"))


def framed(composer: Locator) -> bool:
    """Whether the composer's frame says that it has the focus."""
    border = "(form) => getComputedStyle(form).borderColor"
    with_focus = composer.evaluate(border)
    composer.page.get_by_role("log").focus()
    return bool(with_focus != composer.evaluate(border))


def test_starter_is_chosen_with_enter_and_the_composer_has_the_focus_again(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    expect(chat.status).to_contain_text("ready")
    starter = chat.button("What is localm?")
    starter.focus()
    press(chat, "Enter")
    expect(chat.wait_until_answered(0)).to_contain_text("You wrote: What is localm?")
    expect(chat.composer).to_be_focused()


def test_why_opens_and_closes_with_the_keyboard(open_fake: OpenFake) -> None:
    chat = open_fake()
    reason = chat.ask("cpu").get_by_text("This browser offers no WebGPU")
    expect(reason).not_to_be_visible()
    chat.conversation.locator("summary").focus()
    press(chat, "Enter")
    expect(reason).to_be_visible()
    press(chat, "Space")
    expect(reason).not_to_be_visible()


@pytest.mark.parametrize("prompt", ["compile", "think"])
def test_escape_stops_from_wherever_the_focus_is(open_fake: OpenFake, prompt: str) -> None:
    chat = open_fake()
    chat.send(prompt)
    expect(chat.button("Stop")).to_be_visible()
    chat.conversation.focus()
    press(chat, "Escape")
    expect(chat.wait_until_answered()).to_contain_text("Stopped before the answer began.")
    expect(chat.button("Send")).to_be_visible()


def test_forced_colours_leave_every_button_an_edge(open_fake: OpenFake) -> None:
    chat = open_fake(forced_colors="active")
    chat.ask("error")
    for name in ("Retry", "Send"):
        border = chat.button(name).evaluate("(button) => getComputedStyle(button).borderTopColor")
        assert border != "rgba(0, 0, 0, 0)", name


def test_nothing_moves_where_reduced_motion_is_asked_for(open_fake: OpenFake) -> None:
    chat = open_fake(reduced_motion="reduce")
    reach(chat, "loading")
    assert chat.page.evaluate("() => document.getAnimations().length") == 0
    moving = """() => [...document.querySelectorAll("*")].filter((one) =>
      parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
    assert chat.page.evaluate(moving) == 0
