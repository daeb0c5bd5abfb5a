"""All of the page is there by keyboard, to a screen reader, in few colours, and without motion."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenFake
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.models_page import ModelsPage
from tests.browser.support.states import models_busy, under_way

# What shows that an element has the focus: its own outline, or the frame around the composer.
OUTLINE = "() => getComputedStyle(document.activeElement).outlineStyle"
FOCUSED = """() => document.activeElement.getAttribute("aria-label")
  ?? document.activeElement.textContent"""


def press(chat: ChatPage, *keys: str) -> None:
    for key in keys:
        chat.page.keyboard.press(key)


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
        "Copy answer", "Copy as text", "Regenerate", "Delete", "Attach files",
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
    under_way("compile")(chat)
    assert chat.page.evaluate("() => document.getAnimations().length") == 0
    moving = """() => [...document.querySelectorAll("*")].filter((one) =>
      parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
    assert chat.page.evaluate(moving) == 0


def test_forced_colours_leave_the_bar_and_every_button_an_edge(open_fake: OpenFake) -> None:
    chat = open_fake(forced_colors="active")
    models_busy(chat)
    models = chat.page.get_by_role("dialog", name="Models")
    for name in ("Use", "Cancel", "Undo", "Close"):
        button = models.get_by_role("button", name=name, exact=True).first
        border = button.evaluate("(one) => getComputedStyle(one).borderTopColor")
        assert border != "rgba(0, 0, 0, 0)", name


def test_nothing_in_a_dialog_moves_where_reduced_motion_is_asked_for(open_fake: OpenFake) -> None:
    chat = open_fake(reduced_motion="reduce")
    models_busy(chat)
    assert chat.page.evaluate("() => document.getAnimations().length") == 0


def test_what_is_read_aloud_is_one_sentence_for_each_event(open_fake: OpenFake) -> None:
    """The bar's words change every second; only its beginning and its end are announced."""
    chat = open_fake()
    models = ModelsPage(chat)
    watch = """(dialog) => {
      globalThis.said = [];
      const live = [...dialog.querySelectorAll("[aria-live]")];
      const note = () => said.push(...live.map((one) => one.textContent).filter(Boolean));
      for (const one of live)
        new MutationObserver(note).observe(one, { childList: true, subtree: true });
    }"""
    models.dialog.evaluate(watch)
    models.button("SmolLM2 360M", "Download").click()
    expect(models.button("SmolLM2 360M", "Verify")).to_be_visible(timeout=15_000)
    assert chat.page.evaluate("() => said") == ["SmolLM2 360M is on this computer now."]


def test_answer_is_read_aloud_once_when_it_has_ended(open_fake: OpenFake) -> None:
    chat = open_fake()
    expect(chat.status).to_contain_text("ready")
    chat.page.evaluate("""() => {
      globalThis.heard = [];
      const note = (changes) => {
        for (const { target } of changes) {
          const element = target.nodeType === 1 ? target : target.parentElement;
          const live = element?.closest("[aria-live], [role=status], [role=log], [role=alert]");
          if (live?.ariaLive !== "off") heard.push(live?.textContent);
        }
      };
      new MutationObserver(note).observe(document.querySelector("main"),
        { childList: true, subtree: true, characterData: true });
    }""")
    chat.ask("long")
    heard = "() => heard.filter((words) => words?.includes('twice a day'))"
    (text,) = chat.page.evaluate(heard)
    assert text.startswith("Guide: Tides") and "That is all." in text and "**" not in text
    chat.send("error")
    expect(chat.page.locator("#said")).to_contain_text("No engine could run this model")
