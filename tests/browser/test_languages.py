"""The page in its languages: every word, its direction, its forms, and room for all of it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, OpenFake
from tests.browser.support.axe import AXE, TOO_WIDE, VIOLATIONS
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer, not_found
from tests.browser.support.wire import app_folder

LOCALES = {"de": "de-DE", "es": "es-MX", "zh": "zh-CN", "ar": "ar-EG"}
TAGS = {"de": "de", "es": "es", "zh": "zh-Hans", "ar": "ar"}
PARTS = [path.name for path in sorted((ROOT / "web" / "page").glob("strings*.js"))]
# Every constant of the catalogue, by its place: "strings.js TEXT.ready".
CONSTANTS = """async ([folder, files]) => {
  const found = {};
  const walk = (place, value) => {
    if (typeof value === "string") found[place] = value;
    else if (value && typeof value === "object")
      for (const [key, inner] of Object.entries(value)) walk(`${place}.${key}`, inner);
  };
  for (const file of files)
    for (const [name, part] of Object.entries(await import(`./${folder}/page/${file}`)))
      walk(`${file} ${name}`, part);
  return found;
}"""
# Whatever can be seen or heard of the page, one text each.
WORDS = """() => {
  const found = new Set();
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest("script, noscript, [lang=en], .markdown, .plain")) continue;
    for (const name of ["aria-label", "title", "placeholder"]) found.add(one.getAttribute(name));
    for (const node of one.childNodes) if (node.nodeType === 3) found.add(node.data.trim());
  }
  return [...found].filter(Boolean);
}"""
OUT_OF_SIGHT = """() => [...document.querySelectorAll("dialog[open] *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1)
  .filter((one) => !one.closest("pre") && !one.closest(".unseen"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
    || one.getBoundingClientRect().left < -1)
  .map((one) => one.outerHTML.slice(0, 80))"""
# What has the same letters in two languages, without being English.
WORDS_ALIKE: dict[str, set[str]] = {"de": {"Code", "Text"}, "es": set(), "zh": set(), "ar": set()}
ALIKE = {"Ctrl", "Shift", "Enter", "Esc", "JSON", "Top k", "Top p"}
NEVER_TRANSLATED = ("STARTERS", "GO_ON_PROMPT", "ENGINES", "SOURCES")


def constants(page: Page, server: FaultyServer) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(CONSTANTS, [app_folder(server), PARTS])
    return {place: text for place, text in found.items() if not is_for_all(place)}


def is_for_all(place: str) -> bool:
    return place.endswith(".id") or any(name in place for name in NEVER_TRANSLATED)


def settled(chat: ChatPage) -> None:
    """The worker has started, and the models are known."""
    expect(chat.page.locator(".bigger > button")).to_be_visible()


def ask(chat: ChatPage, prompt: str) -> None:
    """By the ids of the page, whose names are of another language now."""
    before = chat.page.locator(".answer").count()
    chat.page.locator("#message").fill(prompt)
    chat.page.locator("#message").press("Enter")
    answer = chat.page.locator(".answer").nth(before)
    expect(answer).to_have_attribute("aria-busy", "false")


def conversation(chat: ChatPage) -> None:
    for prompt in ("cpu", "restart", "error", "nothing", "long"):
        ask(chat, prompt)
    chat.page.locator("summary").first.click()


def settings(chat: ChatPage) -> None:
    chat.page.locator("#settings").click()
    expect(chat.page.locator("#language")).to_be_visible()


def models(chat: ChatPage) -> None:
    chat.page.locator("#models").click()
    expect(chat.page.locator("dialog[open] .model").first).to_be_visible()


STATES: dict[str, Callable[[ChatPage], None]] = {
    "first visit": settled,
    "conversation": conversation,
    "settings": settings,
    "models": models,
}


@pytest.mark.parametrize("code", LOCALES)
def test_page_speaks_the_browsers_language_and_leaves_no_english_over(
    open_fake: OpenFake, server: FaultyServer, code: str
) -> None:
    english = constants(open_fake(locale="en-GB").page, server)
    chat = open_fake(locale=LOCALES[code])
    settled(chat)
    assert chat.page.locator("html").get_attribute("lang") == TAGS[code]
    assert chat.page.locator("html").get_attribute("dir") == ("rtl" if code == "ar" else "ltr")
    own = constants(chat.page, server)
    assert english.keys() <= own.keys()
    same = {text for place, text in english.items() if text and own[place] == text}
    assert same <= ALIKE | WORDS_ALIKE[code]
    left = set(english.values()) - set(own.values())
    for reach in STATES.values():
        reach(chat)
        assert not left & set(chat.page.evaluate(WORDS))
        chat.page.keyboard.press("Escape")
    assert chat.errors == []


def test_first_language_of_the_browser_that_is_there_is_taken(open_fake: OpenFake) -> None:
    chat = open_fake(locale="fr-FR")
    settled(chat)
    assert chat.page.locator("html").get_attribute("lang") == "en"
    assert chat.page.locator("html").get_attribute("dir") == "ltr"


def test_arabic_page_is_mirrored_and_code_is_not(open_fake: OpenFake) -> None:
    chat = open_fake(locale="ar-EG", viewport={"width": 1280, "height": 800})
    ask(chat, "long")
    edge = "(one) => { const { left, right } = one.getBoundingClientRect(); return [left, right] }"
    side = chat.page.locator("#side").evaluate(edge)
    assert side[1] == 1280
    assert chat.page.locator("#page").evaluate(edge) == [0, side[0]]
    send, text = (chat.page.locator(one).evaluate(edge) for one in ("#send", "#message"))
    assert send[1] <= text[0]
    direction = "(one) => getComputedStyle(one).direction"
    assert chat.page.locator("#message").evaluate(direction) == "rtl"
    assert chat.page.locator(".code pre").first.evaluate(direction) == "ltr"
    assert chat.page.locator(".markdown .block").first.evaluate(direction) == "ltr"
    chevron = chat.page.locator("#toggle-side .icon").evaluate("(i) => getComputedStyle(i).scale")
    assert chevron == "-1 1"


def test_menu_of_a_conversation_opens_inside_the_arabic_page(open_fake: OpenFake) -> None:
    chat = open_fake(locale="ar-EG", viewport={"width": 1280, "height": 800})
    ask(chat, "long")
    row = chat.page.locator(".conversation")
    row.hover()
    row.locator(".menu-place > button").click()
    menu, opener = row.locator(".menu").bounding_box(), row.locator("button").first.bounding_box()
    assert menu and opener and menu["x"] == opener["x"]


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("code", ["de", "ar"])
def test_long_words_scroll_nothing_sideways(open_fake: OpenFake, code: str, width: int) -> None:
    chat = open_fake(locale=LOCALES[code], viewport={"width": width, "height": 700})
    for name, reach in STATES.items():
        reach(chat)
        assert chat.page.evaluate(TOO_WIDE) is False, name
        assert chat.page.evaluate(OUT_OF_SIGHT) == [], name
        chat.page.keyboard.press("Escape")


@pytest.mark.parametrize("code", LOCALES)
def test_axe_finds_nothing_in_either_theme(open_fake: OpenFake, code: str) -> None:
    chat = open_fake(locale=LOCALES[code])
    chat.page.evaluate(AXE)
    for reach in STATES.values():
        reach(chat)
        for scheme in ("light", "dark"):
            chat.page.emulate_media(color_scheme=scheme)
            found: list[Any] = chat.page.evaluate(VIOLATIONS)
            assert found == []
        chat.page.keyboard.press("Escape")


FORMS = {
    "de": {1: "1 Chat", 2: "2 Chats", 1234: "1.234 Chats"},
    "es": {1: "1 conversación", 2: "2 conversaciones"},
    "zh": {1: "1 个对话", 1234: "1,234 个对话"},
    "ar": {
        0: "لا محادثات",
        1: "محادثة واحدة",
        2: "محادثتان",
        3: "3 محادثات",
        11: "11 محادثة",
        100: "100 محادثة",
    },
}


@pytest.mark.parametrize("code", FORMS)
def test_count_has_the_form_that_its_language_asks_for(
    open_fake: OpenFake, server: FaultyServer, code: str
) -> None:
    chat = open_fake(locale=LOCALES[code])
    module = f"./{app_folder(server)}/page/strings_history.js"
    count = "async ([module, n]) => (await import(module)).found(n)"
    for n, words in FORMS[code].items():
        assert chat.page.evaluate(count, [module, n]) == words


def test_numbers_and_sizes_are_written_as_the_language_does(open_fake: OpenFake) -> None:
    chat = open_fake(locale="de-DE")
    models(chat)
    expect(chat.page.locator("dialog[open]")).to_contain_text("liest 4.096 Token")
    expect(chat.page.locator("dialog[open]")).to_contain_text("etwa 1,4 GB Arbeitsspeicher")


def test_numbers_are_those_of_the_browsers_country(open_fake: OpenFake) -> None:
    """Mexico has a point where Spain has a comma."""
    for locale, words in (("es-MX", "1.4 GB"), ("es-ES", "1,4 GB")):
        chat = open_fake(locale=locale)
        models(chat)
        expect(chat.page.locator("dialog[open]")).to_contain_text(f"unos {words} de memoria")


def test_error_is_worded_by_its_code_and_the_details_keep_what_python_said(
    open_fake: OpenFake,
) -> None:
    chat = open_fake(locale="de-DE")
    ask(chat, "error")
    note = chat.page.locator(".error")
    expect(note.locator("p")).to_contain_text("Keine Engine konnte dieses Modell hier ausführen.")
    note.locator("summary").click()
    expect(note.locator("pre")).to_contain_text("No engine could run this model here.")
    expect(note.locator("pre")).to_contain_text("webllm: webgpu-unavailable")


def test_chosen_language_is_kept_and_what_was_being_written_too(open_fake: OpenFake) -> None:
    chat = open_fake(locale="en-GB")
    settled(chat)
    chat.composer.fill("half a thought")
    settings(chat)
    choice = chat.page.locator("#language")
    expect(choice).to_have_value("")
    assert choice.locator("option").all_text_contents() == [
        "As the browser says", "English", "Deutsch", "Español", "简体中文", "العربية",
    ]  # fmt: skip
    choice.select_option(label="Deutsch")
    expect(chat.page.locator("#language-outcome")).to_contain_text("when it is loaded again")
    chat.button("Reload now").click()
    expect(chat.page.locator("html")).to_have_attribute("lang", "de")
    expect(chat.page.locator("#message")).to_have_value("half a thought")
    chat.page.reload()
    expect(chat.page.locator("html")).to_have_attribute("lang", "de")
    expect(chat.page.locator("#message")).to_have_value("")
    settings(chat)
    expect(choice).to_have_value("de")
    choice.select_option(value="")
    expect(chat.page.locator("#language-outcome")).not_to_be_empty()
    choice.select_option(value="de")
    expect(chat.page.locator("#language-outcome")).to_be_empty()


def test_answer_on_its_way_is_not_broken_off_by_the_new_language(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.send("think")
    expect(chat.button("Stop")).to_be_visible()
    settings(chat)
    chat.page.locator("#language").select_option(value="es")
    chat.button("Reload now").click()
    expect(chat.page.locator("#language-outcome")).to_contain_text("An answer is being written.")
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")


def test_translation_that_cannot_be_had_leaves_an_english_page(
    open_fake: OpenFake, server: FaultyServer
) -> None:
    server.break_path("/page/languages/ar/chat.js", not_found)
    chat = open_fake(locale="ar-EG")
    expect(chat.status).to_contain_text("ready")
    assert chat.page.locator("html").get_attribute("dir") == "ltr"
    assert chat.page.evaluate("() => getComputedStyle(document.body).opacity") == "1"
    expect(chat.ask("hello")).to_contain_text("You wrote: hello")
