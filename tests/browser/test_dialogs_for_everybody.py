"""The dialogs in every state: for assistive technology, on narrow screens, in large text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, OpenFake
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.models_page import ModelsPage
from tests.browser.test_accessibility import AXE, TOO_WIDE, VIOLATIONS
from tests.browser.test_data import DataPage, file
from tests.browser.test_settings_dialog import SettingsPage
from tests.unit.archive_data import documented

# A dialog scrolls inside itself, so the document alone does not tell.
DIALOG_TOO_WIDE = """() => [...document.querySelectorAll("dialog[open] *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1)
  .filter((one) => !one.closest("pre") && !one.closest(".unseen"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.outerHTML.slice(0, 80))"""
SHOTS = ROOT / "test-results" / "screenshots"


def listed(chat: ChatPage) -> None:
    for summary in ModelsPage(chat).dialog.locator("summary").all():
        summary.click()


def busy(chat: ChatPage) -> None:
    """Every kind of row at once: downloading, waiting, removed, failed with a link and an offer."""
    models = ModelsPage(chat)
    models.button("Llama 3.2 1B", "Remove").click()
    for name in ("Llama 3.2 3B", "Qwen3 4B", "SmolLM2 1.7B", "tiny-chat (q4)"):
        models.button(name, "Download").click()
    for name in ("Llama 3.2 3B", "Qwen3 4B"):
        models.row(name).get_by_text("Details").click()
    expect(models.row("SmolLM2 1.7B")).to_contain_text("0.42 of 1.01 GB")


def found(chat: ChatPage) -> None:
    models = ModelsPage(chat)
    models.find("acme/tiny-135M")
    expect(models.dialog.get_by_role("list", name="acme/tiny-135M")).to_be_visible()


def not_found(chat: ChatPage) -> None:
    models = ModelsPage(chat)
    models.find("acme/gone")
    expect(models.dialog.get_by_text("The hub has no model").first).to_be_visible()


def settings(chat: ChatPage) -> None:
    SettingsPage(chat)


def bad_hub(chat: ChatPage) -> None:
    page = SettingsPage(chat)
    page.save("bad")
    expect(page.address).to_have_attribute("aria-invalid", "true")


def imported(chat: ChatPage) -> None:
    data = DataPage(chat)
    data.choose(file(json.dumps(documented() | {"skipped": ["3 messages were left out."]})))
    expect(data.button("Undo")).to_be_visible()


def not_imported(chat: ChatPage) -> None:
    data = DataPage(chat)
    data.choose(file("newer-archive"))
    data.dialog.get_by_text("Details").click()


def second_thought(chat: ChatPage) -> None:
    expect(chat.status).to_contain_text("ready")
    data = DataPage(chat)
    data.button("Delete everything").click()
    expect(data.question).to_be_visible()


REACHED = (
    *(listed, busy, found, not_found, settings, bad_hub),
    *(imported, not_imported, second_thought),
)
STATES = {reach.__name__: reach for reach in REACHED}
Reach = Callable[[ChatPage], None]


@pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
def test_axe_finds_nothing_in_light_and_in_dark(open_fake: OpenFake, reach: Reach) -> None:
    chat = open_fake(color_scheme="light")
    reach(chat)
    chat.page.evaluate(AXE)
    light: list[Any] = chat.page.evaluate(VIOLATIONS)
    picture(chat, f"dialog-{reach.__name__}-light")
    chat.page.emulate_media(color_scheme="dark")
    dark: list[Any] = chat.page.evaluate(VIOLATIONS)
    picture(chat, f"dialog-{reach.__name__}-dark")
    assert (light, dark) == ([], [])


@pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
def test_narrow_or_zoomed_dialog_scrolls_nothing_sideways(
    open_fake: OpenFake, reach: Reach
) -> None:
    """640 px is a window of 1280 px at 200 %."""
    chat = open_fake(viewport={"width": 640, "height": 480})
    reach(chat)
    for width in (640, 320):
        chat.page.set_viewport_size({"width": width, "height": 480})
        assert chat.page.evaluate(TOO_WIDE) is False, width
        assert chat.page.evaluate(DIALOG_TOO_WIDE) == [], width
        picture(chat, f"dialog-{reach.__name__}-{width}")


def picture(chat: ChatPage, name: str) -> Path:
    """Keep a screenshot for whoever looks."""
    path = SHOTS / f"{name}.png"
    chat.page.screenshot(path=path)
    return path


def test_forced_colours_leave_the_bar_and_every_button_an_edge(open_fake: OpenFake) -> None:
    chat = open_fake(forced_colors="active")
    busy(chat)
    models = chat.page.get_by_role("dialog", name="Models")
    for name in ("Use", "Cancel", "Undo", "Close"):
        button = models.get_by_role("button", name=name, exact=True).first
        border = button.evaluate("(one) => getComputedStyle(one).borderTopColor")
        assert border != "rgba(0, 0, 0, 0)", name
    picture(chat, "dialog-forced-colours")


def test_nothing_in_a_dialog_moves_where_reduced_motion_is_asked_for(open_fake: OpenFake) -> None:
    chat = open_fake(reduced_motion="reduce")
    busy(chat)
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
