"""Every state of the page that is worth a look: one list for the tests and for the pictures.

Each is reached from a page that has just been opened before the scripted worker, as a person
reaches it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.support.answers_page import AnswersPage
from tests.browser.support.attaching import attach, chips, text_file
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.data_page import DataPage, file
from tests.browser.support.models_page import ModelsPage
from tests.browser.support.settings_page import SettingsPage
from tests.unit.archive_data import documented

RICH = (Path(__file__).parents[2] / "data" / "rich.md").read_text()

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

Reach = Callable[[ChatPage], None]


@dataclass(frozen=True)
class State:
    """What there is to see, and how one gets there."""

    name: str
    reach: Reach
    boot: str = "ready"  # how the scripted worker starts
    options: dict[str, Any] = field(default_factory=dict)  # of the browser context


def first_visit(chat: ChatPage) -> None:
    expect(chat.status).to_contain_text("ready")


def answered(prompt: str) -> Reach:
    """The worker plays `prompt` to its end; what folds is opened."""

    def reach(chat: ChatPage) -> None:
        first_visit(chat)
        chat.ask(prompt)
        for summary in chat.conversation.locator("summary").all():
            summary.click()

    return reach


def formulas(chat: ChatPage) -> None:
    first_visit(chat)
    chat.ask("formulas")
    expect(chat.answer().locator(".katex").first).to_be_visible()
    expect(chat.answer().locator("code span").first).to_be_visible()


def thoughts_folded(chat: ChatPage) -> None:
    first_visit(chat)
    chat.ask("thoughts")


def in_arabic(chat: ChatPage) -> None:
    """Found by the page's ids: its names are Arabic."""
    page = chat.page
    for prompt in ("long", "formulas"):
        before = page.locator(".answer").count()
        page.locator("#message").fill(prompt)
        page.locator("#message").press("Enter")
        answer = page.locator(".answer").nth(before)
        expect(answer).to_have_attribute("aria-busy", "false", timeout=60_000)


def settings_in_arabic(chat: ChatPage) -> None:
    expect(chat.page.locator(".bigger > button")).to_be_visible()
    chat.page.locator("#settings").click()


def unsupported(chat: ChatPage) -> None:
    chat.page.add_init_script("delete globalThis.WebAssembly")
    chat.page.reload()
    expect(chat.page.get_by_role("heading", level=1)).to_contain_text("does not run")


def under_way(prompt: str) -> Reach:
    """The worker plays `prompt`, which has no end."""

    def reach(chat: ChatPage) -> None:
        first_visit(chat)
        chat.send(prompt)
        expect(chat.answer()).to_be_visible()

    return reach


def streaming(chat: ChatPage) -> None:
    first_visit(chat)
    chat.send("long slowly")
    expect(chat.answer()).to_contain_text("A coast", timeout=60_000)


def too_long(chat: ChatPage) -> None:
    first_visit(chat)
    chat.send("toolong")
    expect(chat.page.get_by_text("The message has 4211 tokens")).to_be_visible()


def several(chat: ChatPage) -> None:
    """A few conversations, one of them pinned, none of them open."""
    first_visit(chat)
    for prompt in ("Why is the sea salt?", "A poem about rain", "long"):
        chat.ask(prompt)
        chat.button("New chat").click()
    chosen(chat, "Why is the sea salt?", "Pin")
    show_side(chat)


def show_side(chat: ChatPage) -> None:
    """Where it is narrow the list is closed at first, and after each choice."""
    if not chat.side.is_visible():
        chat.button("Show conversations").click()
    expect(chat.side).to_be_visible()


def chosen(chat: ChatPage, title: str, choice: str) -> None:
    menu_of(chat, title)
    chat.page.get_by_role("menuitem", name=choice, exact=True).click()


def menu_of(chat: ChatPage, title: str) -> None:
    show_side(chat)
    chat.side.get_by_role("button", name=f"Options for {title}").click()


def long_titles(chat: ChatPage) -> None:
    first_visit(chat)
    for word in ("Short", "Donaudampfschifffahrt" * 8, "A title of many words that is long " * 4):
        chat.ask(word)
        chat.button("New chat").click()
    show_side(chat)


def search(chat: ChatPage) -> None:
    several(chat)
    chat.side.get_by_role("searchbox").fill("the")
    expect(chat.side.get_by_role("list", name="Search results")).to_be_visible()


def nothing_found(chat: ChatPage) -> None:
    several(chat)
    chat.side.get_by_role("searchbox").fill("walrus")
    expect(chat.side.get_by_text("Nothing found")).to_be_visible()


def conversation_menu(chat: ChatPage) -> None:
    several(chat)
    menu_of(chat, "A poem about rain")
    expect(chat.page.get_by_role("menuitem", name="Rename")).to_be_focused()


def renamed(chat: ChatPage) -> None:
    several(chat)
    chosen(chat, "A poem about rain", "Rename")


def deleted(chat: ChatPage) -> None:
    several(chat)
    chosen(chat, "A poem about rain", "Delete")
    expect(chat.button("Undo").first).to_be_visible()


def edited(chat: ChatPage) -> None:
    first_visit(chat)
    chat.ask("long")
    chat.tool(chat.prompt(), "Edit").click()
    expect(chat.page.get_by_role("textbox", name="Edit message")).to_be_visible()


def versions(chat: ChatPage) -> None:
    first_visit(chat)
    chat.ask("Why is the sea salt?")
    chat.tool(chat.answer(), "Regenerate").click()
    chat.wait_until_answered()
    chat.answer().hover()


def shortcuts(chat: ChatPage) -> None:
    first_visit(chat)
    chat.conversation.focus()
    chat.page.keyboard.press("?")
    expect(chat.page.get_by_role("dialog")).to_be_visible()


def refused_storage(chat: ChatPage) -> None:
    """Nothing can be kept."""
    chat.page.add_init_script("delete IDBFactory.prototype.open")
    chat.page.reload()
    first_visit(chat)
    chat.ask("Why is the sea salt?")


def stopped(chat: ChatPage) -> None:
    expect(chat.button("Retry")).to_be_visible()


def models(chat: ChatPage) -> None:
    for summary in ModelsPage(chat).dialog.locator("summary").all():
        summary.click()


def models_busy(chat: ChatPage) -> None:
    """Every kind of row at once: downloading, waiting, removed, failed with a link and an offer."""
    page = ModelsPage(chat)
    page.button("Llama 3.2 1B", "Remove").click()
    for name in ("Llama 3.2 3B", "Qwen3 4B", "SmolLM2 1.7B", "tiny-chat (q4)"):
        page.button(name, "Download").click()
    for name in ("Llama 3.2 3B", "Qwen3 4B"):
        page.row(name).get_by_text("Details").click()
    expect(page.row("SmolLM2 1.7B")).to_contain_text("0.42 of 1.01 GB")


def model_found(chat: ChatPage) -> None:
    page = ModelsPage(chat)
    page.find("acme/tiny-135M")
    expect(page.dialog.get_by_role("list", name="acme/tiny-135M")).to_be_visible()


def model_not_found(chat: ChatPage) -> None:
    page = ModelsPage(chat)
    page.find("acme/gone")
    expect(page.dialog.get_by_text("The hub has no model").first).to_be_visible()


def settings(chat: ChatPage) -> None:
    SettingsPage(chat)


def bad_hub(chat: ChatPage) -> None:
    page = SettingsPage(chat)
    page.save("bad")
    expect(page.address).to_have_attribute("aria-invalid", "true")


def answers_refused(chat: ChatPage) -> None:
    """Open all that opens, and make everything wrong that can be."""
    first_visit(chat)
    answers = AnswersPage(chat)
    answers.system.fill("Speak like a pirate.")
    answers.save_preset("A preset whose name is as long as a whole sentence would be")
    answers.presets()
    answers.button("Save as preset").click()
    answers.number("Temperature").fill("9")
    answers.choice("Answer format").select_option("JSON schema")
    answers.schema.fill("{")


def with_files(chat: ChatPage) -> None:
    """Files in the composer and in a message, opened."""
    first_visit(chat)
    attach(chat, text_file("notes.txt"), text_file(f"{'a-long-name-' * 20}.csv", "1,2\n" * 900))
    chat.ask("Read")
    for summary in chat.prompt().locator("summary").all():
        summary.click()
    attach(chat, text_file("more.txt"), text_file(f"{'another-long-name-' * 20}.csv"))
    expect(chips(chat).nth(1)).to_contain_text("tokens")
    expect(chat.page.get_by_role("meter", name="Context window")).to_be_visible()


def too_full(chat: ChatPage) -> None:
    first_visit(chat)
    chat.composer.fill("four" * 3000)
    expect(chat.page.locator("#context")).to_contain_text("This message is too long")


def imported(chat: ChatPage) -> None:
    data = DataPage(chat)
    data.choose(file(json.dumps(documented() | {"skipped": ["3 messages were left out."]})))
    expect(data.button("Undo")).to_be_visible()


def not_imported(chat: ChatPage) -> None:
    data = DataPage(chat)
    data.choose(file("newer-archive"))
    data.dialog.get_by_text("Details").click()


def second_thought(chat: ChatPage) -> None:
    first_visit(chat)
    data = DataPage(chat)
    data.button("Delete everything").click()
    expect(data.question).to_be_visible()


STATES = (
    State("first visit", first_visit),
    State("streaming", streaming),
    State("code and a table", answered("long")),
    State("wide", answered(f"say {WIDE}")),
    State("formulas", formulas),
    State("thoughts", answered("thoughts")),
    State("everything in an answer", answered(f"say {RICH}")),
    State("thoughts folded", thoughts_folded),
    State("versions", versions),
    State("edit", edited),
    State("fall-back", answered("cpu")),
    State("restart", answered("restart")),
    State("loading", under_way("load")),
    State("compiling", under_way("compile")),
    State("waiting", under_way("think")),
    State("stopped before text", answered("nothing")),
    State("cut off", answered("length")),
    State("oldest left out", answered("dropped")),
    State("broken off", answered("break")),
    State("too big", answered("toobig")),
    State("error", answered("error")),
    State("too long", too_long),
    State("worker failed", stopped, boot="fails"),
    State("other version", lambda chat: None, boot="other-version"),
    State("nothing kept", refused_storage),
    State("conversations", several),
    State("long titles", long_titles),
    State("search", search),
    State("nothing found", nothing_found),
    State("conversation menu", conversation_menu),
    State("rename", renamed),
    State("conversation deleted", deleted),
    State("shortcuts", shortcuts),
    State("models", models),
    State("models busy", models_busy),
    State("model found", model_found),
    State("model not found", model_not_found),
    State("settings", settings),
    State("answers refused", answers_refused),
    State("files", with_files),
    State("too full", too_full),
    State("bad hub", bad_hub),
    State("imported", imported),
    State("not imported", not_imported),
    State("delete everything", second_thought),
    State("Arabic", in_arabic, options={"locale": "ar"}),
    State("Arabic settings", settings_in_arabic, options={"locale": "ar"}),
    State("unsupported", unsupported),
)
