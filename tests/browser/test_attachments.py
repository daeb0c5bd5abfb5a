"""Text files with a prompt: chosen, dropped or pasted; what is no text is refused by name."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from localm.archive import read_archive
from tests.browser.conftest import Contexts, OpenFake
from tests.browser.support.attaching import attach, chips, text_file
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.data_page import DataPage
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.test_answers_settings import LAST_CHAT, prompt_tokens
from tests.browser.test_conversations import options

# Files of a drop or a paste, as [name, text] each; what else the clipboard offers, as {type: text}.
HAND_OVER = """([selector, kinds, files, others]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  for (const [type, text] of Object.entries(others)) data.setData(type, text);
  const target = document.querySelector(selector);
  return kinds.map((kind) => target.dispatchEvent(kind === "paste"
    ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })));
}"""


def sent(chat: ChatPage) -> dict[str, Any]:
    """The last message of the last request."""
    messages = chat.worker.evaluate(LAST_CHAT)["messages"]
    message: dict[str, Any] = messages[-1]
    return message


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("plain\r\nlines", "plain\r\nlines"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("naïve 漢字".encode("utf-16"), "naïve 漢字"),
        (b"\xfe\xff" + "big ends".encode("utf-16-be"), "big ends"),
        ('{"a": 1}', '{"a": 1}'),
    ],
)
def test_text_is_told_by_what_is_in_the_file(
    open_fake: OpenFake, content: str | bytes, text: str
) -> None:
    chat = open_fake()
    attach(chat, text_file("any.bin", content))
    expect(chips(chat)).to_contain_text(["any.bin"])
    chat.ask("Read this")
    assert sent(chat)["attachments"] == [{"name": "any.bin", "text": text}]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("photo.txt", b"\x89PNG\r\n\x00\xff", "photo.txt is not a text file."),
        ("zero.csv", b"a\x00b", "zero.csv is not a text file."),
        ("old.txt", b"caf\xe9", "old.txt is written in an old encoding. Save it as UTF-8"),
        ("book.txt", b"x" * 1_000_001, "book.txt is larger than 1 MB."),
        ("nothing.md", b" \n", "nothing.md is empty."),
    ],
)
def test_what_cannot_be_taken_is_named_and_the_others_are_taken(
    open_fake: OpenFake, name: str, content: bytes, sentence: str
) -> None:
    chat = open_fake()
    attach(chat, text_file(name, content), text_file("good.txt"))
    expect(chips(chat)).to_have_count(1)
    expect(chips(chat)).to_contain_text("good.txt")
    expect(chat.page.locator("#notice")).to_contain_text(sentence)


def test_many_refusals_are_counted(open_fake: OpenFake) -> None:
    chat = open_fake()
    attach(chat, *(text_file(f"{number}.bin", b"\0") for number in range(9)))
    expect(chat.page.locator("#notice")).to_contain_text("6 others were not taken either.")


def test_files_dropped_anywhere_on_the_page_are_attached(open_fake: OpenFake) -> None:
    chat = open_fake()
    drop = ["#welcome", ["dragover"], [["a.txt", "A"]], {}]
    chat.page.evaluate(HAND_OVER, drop)
    expect(chat.page.get_by_text("Drop text files here to attach them.")).to_be_visible()
    drop[1] = ["drop"]
    # The browser is kept from leaving the page for the file.
    assert chat.page.evaluate(HAND_OVER, drop) == [False]
    expect(chips(chat)).to_contain_text(["a.txt"])
    expect(chat.page.get_by_text("Drop text files here to attach them.")).not_to_be_visible()


def test_pasted_files_are_attached_and_pasted_text_stays_text(open_fake: OpenFake) -> None:
    chat = open_fake()
    paste = ["#message", ["paste"], [["table.csv", "a,b"]], {"text/plain": "table.csv"}]
    assert chat.page.evaluate(HAND_OVER, paste) == [False]
    expect(chips(chat)).to_contain_text(["table.csv"])
    # What a text processor copies: the text, and a picture of it.
    both = {"text/plain": "words", "text/html": "<b>words</b>"}
    assert chat.page.evaluate(HAND_OVER, ["#message", ["paste"], [["i.png", "\0"]], both]) == [True]
    expect(chips(chat)).to_have_count(1)


def test_chips_say_their_tokens_and_go_by_button_and_by_key(open_fake: OpenFake) -> None:
    chat = open_fake()
    expect(chat.status).to_contain_text("ready")
    attach(chat, text_file("a.txt", "x" * 400), text_file("b.txt"), text_file("c.txt"))
    expect(chips(chat).nth(0)).to_contain_text("100 tokens")
    attach(chat, text_file("a.txt", "x" * 400))
    expect(chips(chat)).to_have_count(3)
    chat.button("Remove b.txt").click()
    expect(chat.button("Remove c.txt")).to_be_focused()
    chat.page.keyboard.press("Delete")
    expect(chat.button("Remove a.txt")).to_be_focused()
    chat.page.keyboard.press("Enter")
    expect(chips(chat)).to_have_count(0)
    expect(chat.composer).to_be_focused()


def test_tokens_are_about_so_many_while_the_model_is_not_there(open_fake: OpenFake) -> None:
    chat = open_fake()
    choice = '{"id": "smollm2-1.7b", "name": "SmolLM2 1.7B"}'
    chat.page.evaluate("(choice) => localStorage.setItem('localm.model', choice)", choice)
    chat.page.reload()
    attach(chat, text_file("a.txt", "x" * 400))
    expect(chips(chat)).to_contain_text(["about 100 tokens"])
    expect(chat.page.locator("#context")).to_contain_text("About 108 of 4,096 tokens")


def test_a_prompt_may_be_a_file_alone(open_fake: OpenFake) -> None:
    chat = open_fake()
    attach(chat, text_file("summary.md", "# Title"))
    chat.composer.press("Enter")
    chat.wait_until_answered(0)
    assert sent(chat) == {
        "role": "user", "content": "", "attachments": [{"name": "summary.md", "text": "# Title"}],
    }  # fmt: skip
    expect(chips(chat)).to_have_count(0)
    expect(chat.side.locator(".title")).to_have_text(["summary.md"])
    expect(chat.prompt()).to_contain_text("summary.md")


def test_attachments_are_read_in_the_message_kept_exported_and_go_with_an_edit(
    open_fake: OpenFake, tmp_path: Path
) -> None:
    chat = open_fake()
    attach(chat, text_file("notes.txt", "One\nTwo"), text_file("long.csv", "0,1\n" * 40_000))
    chat.ask("Read")
    chat.page.reload()
    prompt = chat.prompt()
    prompt.locator("summary", has_text="notes.txt").click()
    expect(prompt.get_by_role("region", name="notes.txt")).to_have_text("One\nTwo")
    prompt.locator("summary", has_text="long.csv").click()
    expect(prompt).to_contain_text("The first 100,000 of 160,000 characters.")
    chat.edit("Read again")
    chat.wait_until_answered(0)
    attached = [{"name": "notes.txt", "text": "One\nTwo"}]
    assert sent(chat)["attachments"][:1] == attached
    with chat.page.expect_download() as download:
        options(chat, "Read", "Save as Markdown")
    download.value.save_as(tmp_path / "read.md")
    assert "**notes.txt**\n\n```txt\nOne\nTwo\n```" in (tmp_path / "read.md").read_text()
    _, text = DataPage(chat).export(tmp_path)
    conversation = read_archive(text).archive["conversations"][0]
    assert conversation["messages"][0]["attachments"][:1] == attached


def test_too_long_a_prompt_comes_back_with_its_files(open_fake: OpenFake) -> None:
    chat = open_fake()
    attach(chat, text_file("a.txt"))
    chat.send("toolong")
    expect(chat.page.locator("#notice")).to_contain_text("Shorten it, or split it.")
    expect(chat.composer).to_have_value("toolong")
    expect(chips(chat)).to_contain_text(["a.txt"])
    expect(chat.prompt()).not_to_be_visible()


def test_a_hostile_file_is_shown_as_text(open_fake: OpenFake) -> None:
    chat = open_fake()
    name = "<img src=x onerror=alert(1)>.txt"
    attach(chat, text_file(name, "<script>alert(1)</script>"))
    chat.ask("Read")
    chat.prompt().locator("summary").click()
    expect(chat.prompt()).to_contain_text("<script>alert(1)</script>")
    expect(chat.prompt()).to_contain_text(name)
    assert chat.prompt().locator("img, script").count() == 0
    assert chat.errors == []


def test_fingers_find_buttons_of_44_pixels(open_fake: OpenFake) -> None:
    chat = open_fake(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 640})
    attach(chat, text_file("a.txt"))
    for name in ("Attach files", "Remove a.txt"):
        box = chat.button(name).bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44, name


def test_attachment_reaches_the_real_model(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer
) -> None:
    """Its tokens are counted before, and are part of what the engine has read."""
    chat = ChatPage(contexts.new(cpu_browser, server.url).new_page(), server.url)
    expect(chat.status).to_contain_text("ready", timeout=WAIT_MS)
    plain = prompt_tokens(chat)
    chat.button("New chat").click()
    attach(chat, text_file("poem.txt", "The sea is wide and the ship is small. " * 10))
    expect(chips(chat).locator(".tokens")).to_contain_text("tokens", timeout=WAIT_MS)
    assert prompt_tokens(chat) > plain + 50
    assert chat.errors == []
