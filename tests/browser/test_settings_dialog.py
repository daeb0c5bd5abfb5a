"""The dialog "Settings": the hub's address and the theme, both kept in this browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenFake
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.settings_page import SettingsPage

PAPER = "() => getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK = "rgb(250, 248, 244)", "rgb(27, 27, 26)"
FRAME = """() => [...document.querySelectorAll("meta[name=theme-color]")]
  .find((meta) => matchMedia(meta.media).matches).content"""
HELLO = """() => received.find(({ type }) => type === "hello")"""
MIRROR = "https://mirror.example/hub cdn.mirror.example"


def hello_hub(chat: ChatPage) -> str:
    """The hub that the worker was greeted with."""
    return str(chat.worker.evaluate(HELLO)["hub"])


def test_hub_address_is_checked_kept_and_told_to_the_next_worker(open_fake: OpenFake) -> None:
    chat = open_fake()
    settings = SettingsPage(chat)
    assert hello_hub(chat) == ""
    settings.save(MIRROR)
    expect(settings.dialog).to_contain_text("Models are fetched from https://mirror.example/hub.")
    expect(settings.dialog).to_contain_text("Models that this server holds come from it")
    chat.page.reload()
    settings = SettingsPage(chat)
    assert hello_hub(chat) == MIRROR
    expect(settings.address).to_have_value(MIRROR)
    settings.dialog.get_by_role("button", name="Use the default").click()
    expect(settings.address).to_have_value("")
    expect(settings.dialog).to_contain_text("Models are fetched from https://hub.example.")
    chat.page.reload()
    expect(chat.status).to_contain_text("ready")
    assert hello_hub(chat) == ""


def test_bad_address_is_said_beside_the_field_and_the_old_one_stays(open_fake: OpenFake) -> None:
    chat = open_fake()
    settings = SettingsPage(chat)
    settings.save(MIRROR)
    expect(settings.dialog).to_contain_text("Models are fetched from")
    settings.save("bad")
    expect(settings.address).to_have_attribute("aria-invalid", "true")
    expect(settings.address).to_be_focused()
    expect(settings.address).to_have_accessible_description(re.compile("This is no hub’s address"))
    expect(settings.dialog).to_contain_text(f"Still in use: {MIRROR}.")
    chat.page.reload()
    expect(chat.status).to_contain_text("ready")
    assert hello_hub(chat) == MIRROR


def test_default_address_of_the_site_is_named(open_fake: OpenFake) -> None:
    chat = open_fake()
    body = '{"address": "https://huggingface.co"}'
    chat.page.route("**/hub.json", lambda route: route.fulfill(body=body))
    settings = SettingsPage(chat)
    expect(settings.dialog).to_contain_text("The default is https://huggingface.co.")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_theme_is_the_chosen_one_whatever_the_system_says(open_fake: OpenFake, system: str) -> None:
    chat = open_fake(color_scheme=system)
    settings = SettingsPage(chat)
    expect(settings.theme("System")).to_be_checked()
    for name, paper, frame in (("Dark", DARK, "#1b1b1a"), ("Light", LIGHT, "#faf8f4")):
        settings.theme(name).check()
        assert chat.page.evaluate(PAPER) == paper
        assert chat.page.evaluate(FRAME) == frame
    chat.page.reload()
    assert chat.page.evaluate(PAPER) == LIGHT
    settings = SettingsPage(chat)
    settings.theme("System").check()
    assert chat.page.evaluate(PAPER) == {"light": LIGHT, "dark": DARK}[system]


def test_settings_work_with_the_keyboard_alone(open_fake: OpenFake) -> None:
    chat = open_fake()
    expect(chat.status).to_contain_text("ready")
    press = chat.page.keyboard.press
    chat.button("Settings").focus()
    press("Enter")
    dialog = chat.page.get_by_role("dialog", name="Settings")
    expect(dialog.get_by_role("heading", name="Settings", exact=True)).to_be_focused()
    for key in ("Tab", "Tab"):
        press(key)
    expect(dialog.get_by_role("textbox", name="System prompt")).to_be_focused()
    dialog.get_by_role("radio", name="System").focus()
    for key in ("ArrowRight", "ArrowRight"):
        press(key)
    expect(dialog.get_by_role("radio", name="Dark")).to_be_checked()
    for key in ("Tab", "ArrowRight"):
        press(key)
    expect(dialog.get_by_role("radio", name="Ctrl + Enter")).to_be_checked()
    press("Tab")
    expect(dialog.get_by_role("combobox", name="Language")).to_be_focused()
    press("Tab")
    expect(dialog.get_by_role("textbox", name="Hub address")).to_be_focused()
    press("Escape")
    expect(dialog).not_to_be_visible()
    expect(chat.button("Settings")).to_be_focused()
