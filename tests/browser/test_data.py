"""Export, import and deletion, as a person does them in the settings."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from localm.archive import read_archive
from tests.browser.conftest import Contexts, OpenFake
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.data_page import DataPage, file
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.test_conversations import options, texts
from tests.unit.archive_data import documented, sample

DROP = """(dialog, [name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  for (const type of ["dragover", "drop"])
    dialog.firstChild.dispatchEvent(
      new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
SCROLLS_SIDEWAYS = "(element) => element.scrollWidth > element.clientWidth"
REFUSE_WRITES = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value) {
    if (value.parent !== undefined) this.transaction.abort();
    return put.call(this, value);
  };
}"""


def listed(chat: ChatPage, titles: list[str]) -> None:
    """The list is drawn a moment after a change."""
    expect(chat.side.locator(".title")).to_have_text(titles)


def conversations(text: str) -> dict[str, Any]:
    """By title: what was said, and what is shown. The file is held to the strict rules."""
    archive = read_archive(text).archive
    return {one["conversation"]["title"]: one for one in archive["conversations"]}


def test_export_import_gives_the_same_conversations_with_their_branches(
    open_fake: OpenFake, tmp_path: Path
) -> None:
    chat = open_fake()
    chat.ask("red")
    chat.edit("blue $$ $& \ufeff 👨\u200d👩\u200d👧")
    chat.wait_until_answered(0)
    chat.tool(chat.answer(0), "Regenerate").click()
    expect(chat.answer(0)).to_contain_text("2 / 2")
    chat.wait_until_answered(0)
    before = texts(chat)
    chat.button("New chat").click()
    chat.ask("green")
    data = DataPage(chat)
    name, text = data.export(tmp_path)
    today = chat.page.evaluate("() => new Date().toLocaleDateString('sv')")
    assert name == f"localm-{today}.json"
    assert len(conversations(text)["red"]["messages"]) == 5
    data.delete_everything()
    listed(chat, [])
    data.choose(file(text))
    expect(data.dialog).to_contain_text("2 conversations from localm were imported.")
    _, again = data.export(tmp_path)
    old, new = conversations(text), conversations(again)
    assert old.keys() == new.keys() == {"red", "green"}
    for title in old:
        assert shape(old[title]) == shape(new[title])
    data.close()
    chat.side.get_by_role("link", name="red").click()
    expect(chat.answer(0)).to_contain_text("2 / 2")
    assert texts(chat) == before
    chat.tool(chat.prompt(), "Older version").click()
    expect(chat.answer(0)).to_contain_text("You wrote: red")


def shape(archived: Any) -> Any:
    """Everything but ids, which a copy has of its own: they become places in the list."""
    place = {one["id"]: number for number, one in enumerate(archived["messages"], 1)} | {"": 0}
    record = archived["conversation"] | {"id": "", "leaf": place[archived["conversation"]["leaf"]]}
    said = [
        one | {"id": place[one["id"]], "parent": place[one["parent"]]}
        for one in archived["messages"]
    ]
    return record, said


def test_real_files_are_read_by_python_and_come_back_by_an_export(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer, tmp_path: Path
) -> None:
    chat = ChatPage(contexts.new(cpu_browser, server.url).new_page(), server.url)
    data = DataPage(chat)
    ours = documented()
    ours["conversations"][0]["messages"][0]["content"] = "half: \ud800, NUL: \0, \u2028"
    data.choose(file(json.dumps(ours), "a.json"), file(sample("chatgpt.json"), "b.json"))
    expect(data.dialog).to_contain_text("4 were imported.", timeout=WAIT_MS)
    expect(data.dialog).to_contain_text("1 conversation from localm.")
    expect(data.dialog).to_contain_text("3 conversations from ChatGPT.")
    expect(data.dialog).to_contain_text("2 messages to or from tools were left out.")
    _, text = data.export(tmp_path)
    expected = conversations(json.dumps(ours)) | conversations(sample("chatgpt.json"))
    found = conversations(text)
    assert {title: shape(one) for title, one in found.items()} == {
        title: shape(one) for title, one in expected.items()
    }
    # Once more: nothing is doubled.
    data.choose(file(json.dumps(ours)), file(sample("webllm_chat_store.json")))
    expect(data.dialog).to_contain_text("2 were imported. 1 is here already.")
    data.button("Undo").click()
    expect(data.dialog).to_contain_text("The import was undone.")
    _, text = data.export(tmp_path)
    assert conversations(text).keys() == found.keys()
    assert chat.errors == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[" * 200 + "]" * 200, "This file holds no conversations that can be read here."),
        ("[" * 300_000, "This file holds no conversations that can be read here."),
        ('{"format": "localm", "version": 9}', "A newer version of localm wrote this file"),
        ("PK\x03\x04", "This is a ZIP file. Unpack it"),
        (
            json.dumps(documented()).replace('"user"', '"robot"'),
            "In conversation 1 (“How high are the tides?”), message 1, role must be one of",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_and_changes_nothing(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer, text: str, sentence: str
) -> None:
    chat = ChatPage(contexts.new(cpu_browser, server.url).new_page(), server.url)
    data = DataPage(chat)
    data.choose(file(json.dumps(documented())))
    expect(data.dialog).to_contain_text("1 conversation from localm was imported.", timeout=WAIT_MS)
    data.choose(file(text))
    expect(data.dialog).to_contain_text(sentence, timeout=WAIT_MS)
    listed(chat, ["How high are the tides?"])
    data.choose(file(json.dumps(documented())))
    expect(data.dialog).to_contain_text("All of them are here already.")


def test_one_bad_file_among_several_is_named_and_none_is_imported(open_fake: OpenFake) -> None:
    chat = open_fake()
    data = DataPage(chat)
    data.choose(file(json.dumps(documented()), "good.json"), file("bad-archive", "bad.json"))
    expect(data.dialog).to_contain_text("bad.json: Nothing was imported: bad-archive.")
    listed(chat, [])
    with chat.page.expect_file_chooser() as chooser:
        data.button("Choose another file").click()
    chooser.value.set_files([file(json.dumps(documented()))])
    expect(data.dialog).to_contain_text("1 conversation from localm was imported.")


def test_import_is_undone(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("mine")
    data = DataPage(chat)
    data.choose(file(json.dumps(documented() | {"skipped": ["3 messages were left out."]})))
    expect(data.dialog).to_contain_text("1 conversation from localm was imported.")
    expect(data.dialog).to_contain_text("3 messages were left out.")
    expect(chat.side.locator(".title")).to_have_count(2)
    data.close()
    chat.side.get_by_role("link", name="How high are the tides?").click()
    expect(chat.answer()).to_contain_text("At Saint-Malo about twelve")
    chat.button("Settings").click()
    data.button("Undo").click()
    expect(data.dialog).to_contain_text("The import was undone.")
    listed(chat, ["mine"])
    expect(chat.conversation.get_by_role("article")).to_have_count(0)


def test_a_file_is_dropped_on_the_dialog_and_attached_to_nothing(open_fake: OpenFake) -> None:
    chat = open_fake()
    data = DataPage(chat)
    data.dialog.evaluate(DROP, ["export.json", json.dumps(documented())])
    expect(data.dialog).to_contain_text("1 conversation from localm was imported.")
    expect(chat.page.locator(".chip")).to_have_count(0)
    expect(data.dialog).not_to_have_class("takes")


def test_a_file_with_a_known_message_in_another_conversation_takes_nothing_away(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    data = DataPage(chat)
    data.choose(file(json.dumps(documented())))
    expect(data.dialog).to_contain_text("1 conversation from localm was imported.")
    other = documented()
    other["conversations"][0]["conversation"] |= {"id": "another", "title": "The other"}
    data.choose(file(json.dumps(other)))
    expect(chat.side.locator(".title")).to_have_count(2)
    data.close()
    for title in ("The other", "How high are the tides?"):
        chat.side.get_by_role("link", name=title).click()
        expect(chat.answer()).to_contain_text("At Saint-Malo about twelve")


def test_what_cannot_be_stored_is_said_and_nothing_is_imported(open_fake: OpenFake) -> None:
    chat = open_fake()
    data = DataPage(chat)
    chat.page.evaluate(REFUSE_WRITES)
    data.choose(file(json.dumps(documented())))
    expect(data.dialog).to_contain_text("could not be saved here, and none was imported.")
    chat.page.reload()
    expect(chat.side).to_contain_text("Your conversations will be listed here.")


def test_nothing_to_export_is_said(open_fake: OpenFake) -> None:
    data = DataPage(open_fake())
    data.button("Export").click()
    expect(data.dialog).to_contain_text("There is nothing to export yet.")


def test_second_thought_names_what_goes_and_cancel_keeps_it(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("one")
    data = DataPage(chat)
    data.button("Delete everything").click()
    expect(data.question).to_contain_text("1 conversation")
    expect(data.question).to_contain_text("Presets and settings")
    cancel = data.question.get_by_role("button", name="Cancel")
    expect(cancel).to_be_focused()
    cancel.press("Enter")
    expect(data.question).to_be_hidden()
    assert data.dialog.evaluate("(dialog) => dialog.contains(document.activeElement)")
    listed(chat, ["one"])


def test_everything_is_deleted_and_comes_back_by_undo(open_fake: OpenFake) -> None:
    chat = open_fake(color_scheme="light")
    chat.ask("one")
    chat.button("New chat").click()
    chat.ask("two")
    options(chat, "one", "Pin")
    data = DataPage(chat)
    data.dialog.get_by_role("radio", name="Dark").check()
    data.delete_everything()
    expect(data.dialog.get_by_role("radio", name="System")).to_be_checked()
    listed(chat, [])
    expect(chat.conversation.get_by_role("article")).to_have_count(0)
    data.button("Undo").click()
    expect(data.dialog).to_contain_text("All of it is back.")
    expect(data.dialog.get_by_role("radio", name="Dark")).to_be_checked()
    listed(chat, ["one", "two"])
    data.delete_everything()
    chat.page.reload()
    expect(chat.side).to_contain_text("Your conversations will be listed here.")
    assert chat.page.evaluate("() => document.documentElement.dataset.theme") == "system"


def test_answers_under_way_are_stopped_before_everything_goes(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.send("long slowly")
    expect(chat.answer(0)).to_contain_text("The sea rises")
    data = DataPage(chat)
    data.delete_everything()
    data.close()
    expect(chat.button("Send")).to_be_visible()
    chat.ask("a new beginning")
    listed(chat, ["a new beginning"])


def test_models_stay_unless_they_are_ticked(open_fake: OpenFake) -> None:
    chat = open_fake()
    expect(chat.status).to_contain_text("ready")
    data = DataPage(chat)
    data.button("Delete everything").click()
    tick = data.question.get_by_role("checkbox")
    expect(tick).not_to_be_checked()
    expect(data.question).to_contain_text("downloaded model")
    tick.check()
    data.question.get_by_role("button", name="Delete", exact=True).click()
    expect(data.dialog).to_contain_text("Everything named was deleted.")
    evicted = """() => new Promise((resolve) => {
      const look = () => received.some(({ type }) => type === "evict") ? resolve(true)
        : setTimeout(look, 50);
      look();
    })"""
    assert chat.worker.evaluate(evicted)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_section_fits_and_is_seen(open_fake: OpenFake, scheme: str, width: int) -> None:
    chat = open_fake(color_scheme=scheme, viewport={"width": width, "height": 900})
    expect(chat.status).to_contain_text("ready")
    data = DataPage(chat)
    data.choose(file("newer-archive"))
    expect(data.dialog.get_by_text("Details")).to_be_visible()
    skipped = ["24 messages to or from tools were left out.", "3 messages could not be read."]
    data.choose(file(json.dumps(documented() | {"skipped": skipped, "source": "chatgpt"})))
    expect(data.button("Undo")).to_be_visible()
    data.button("Undo").scroll_into_view_if_needed()
    data.button("Delete everything").click()
    assert not data.dialog.locator(".dialog-body").evaluate(SCROLLS_SIDEWAYS)
