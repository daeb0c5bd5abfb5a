"""What conversations become in files and on the clipboard: only the modules, no page of the app."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from localm.archive import read_archive
from tests.browser.conftest import Contexts, OpenFake
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.wire import app_folder
from tests.browser.test_conversations import options
from tests.unit.archive_data import documented

ARCHIVE = """async ([url, conversations, presets]) => {
  const { archiveOf, archiveText } = await import(url + "history/export_json.js");
  return archiveText(archiveOf(conversations, presets, 5));
}"""
MARKDOWN = """async ([url, archived]) => {
  const { markdownOf } = await import(url + "history/export_markdown.js");
  const otherVersions = (count) => `${count} other`;
  return markdownOf(archived, { you: "You", model: "Model", untitled: "Untitled", otherVersions });
}"""
NAME = """async ([url, title]) =>
  (await import(url + "history/export_markdown.js")).markdownName(title)"""
PLAIN = """async ([url, text]) => (await import(url + "page/plain_text.js")).plainText(text)"""


class Modules:
    """The app's modules on an empty page."""

    def __init__(self, page: Page, url: str) -> None:
        self._page = page
        self._url = url

    def call(self, script: str, *arguments: Any) -> Any:
        return self._page.evaluate(script, [self._url, *arguments])


@pytest.fixture
def modules(cpu_browser: Browser, contexts: Contexts, server: FaultyServer) -> Modules:
    page = contexts.new(cpu_browser, server.url).new_page()
    page.goto(server.url + "blank.html")
    return Modules(page, f"{server.url}{app_folder(server)}/")


def message(id: str, parent: str, content: str, **changes: Any) -> dict[str, Any]:
    plain = {"role": "user", "attachments": [], "created_ms": 1, "state": "complete"}
    return {"id": id, "parent": parent, "content": content, "author": "", "result": None} | (
        plain | changes
    )


def archived(leaf: str, *messages: dict[str, Any], **changes: Any) -> dict[str, Any]:
    record = {"id": "c", "title": "T", "title_is_edited": False, "created_ms": 1, "updated_ms": 1}
    record |= {"pinned": False, "leaf": leaf, "model": "", "system": "", "options": {}}
    return {"conversation": record | changes, "messages": list(messages)}


# --- JSON ---


def test_what_is_written_is_what_is_read(modules: Modules) -> None:
    ours = documented()
    text = modules.call(ARCHIVE, ours["conversations"], ours["presets"])
    assert read_archive(text).archive == ours | {"exported_ms": 5}


def test_what_the_database_notes_stays_there_and_nobody_writes_on(modules: Modules) -> None:
    said = message("m", "", "Hi", state="streaming") | {"conversation": "c"}
    text = modules.call(ARCHIVE, [archived("m", said, removed_ms=0)], [])
    (read,) = read_archive(text).archive["conversations"]
    assert read["messages"][0]["state"] == "interrupted"


@pytest.mark.parametrize(
    ("leaf", "links"),
    [
        ("c", {"c": "b", "b": "a", "a": ""}),
        ("c", {"b": "gone", "c": "b"}),
        ("a", {"a": "b", "b": "a"}),
        ("gone", {"a": "", "b": "a"}),
        ("", {"a": "a"}),
        ("", {}),
    ],
)
def test_damaged_trees_are_written_so_that_they_can_be_read(
    modules: Modules, leaf: str, links: dict[str, str]
) -> None:
    messages = [message(id, parent, id) for id, parent in links.items()]
    (read,) = read_archive(modules.call(ARCHIVE, [archived(leaf, *messages)], [])).archive[
        "conversations"
    ]
    assert sorted(one["id"] for one in read["messages"]) == sorted(links)


def test_versions_keep_their_order(modules: Modules) -> None:
    versions = [message(f"{n}", "p", f"{n}", created_ms=10 - n) for n in range(3)]
    text = modules.call(ARCHIVE, [archived("2", *versions, message("p", "", "P"))], [])
    (read,) = json.loads(text)["conversations"]
    assert [one["id"] for one in read["messages"]] == ["p", "2", "1", "0"]


# --- Markdown ---


def test_markdown_holds_the_way_that_is_shown(modules: Modules) -> None:
    assert modules.call(MARKDOWN, documented()["conversations"][0]) == (
        "# How high are the tides?\n\n"
        "## You\n\nHow high are the tides?\n\n"
        "**places.csv**\n\n```csv\nplace,range\nSaint-Malo,12\n```\n\n"
        "## Guide\n\nAt Saint-Malo about twelve\n\n*1 other*\n"
    )


def test_fences_of_attachments_are_longer_than_those_inside(modules: Modules) -> None:
    file = {"name": "a\n# b.md", "text": "````\ncode\n````\n"}
    text = modules.call(MARKDOWN, archived("m", message("m", "", "", attachments=[file]), title=""))
    assert text == ("# Untitled\n\n## You\n\n**a # b.md**\n\n`````md\n````\ncode\n````\n`````\n")


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ("```py\nx = 1", "```py\nx = 1\n```"),
        ("~~~~\n~~~\n```", "~~~~\n~~~\n```\n~~~~"),
        ("```\na\n```", "```\na\n```"),
        ("```inline``` text", "```inline``` text"),
    ],
)
def test_code_that_broke_off_ends_with_its_message(
    modules: Modules, content: str, written: str
) -> None:
    answer = message("a", "", content, role="assistant")
    text = modules.call(MARKDOWN, archived("b", answer, message("b", "a", "next")))
    assert text == f"# T\n\n## Model\n\n{written}\n\n## You\n\nnext\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How high?", "How high.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ('a\0b:c*"<d>|', "a b c d.md"),
        ("  ...  ", "conversation.md"),
        ("שלום", "שלום.md"),
        ("x" * 200, f"{'x' * 80}.md"),
    ],
)
def test_name_of_the_file_is_one_that_every_system_takes(
    modules: Modules, title: str, name: str
) -> None:
    assert modules.call(NAME, title) == name


def test_conversation_is_saved_from_its_menu(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("red")
    chat.tool(chat.answer(0), "Regenerate").click()
    chat.wait_until_answered(0)
    with chat.page.expect_download() as download:
        options(chat, "red", "Save as Markdown")
    assert download.value.suggested_filename == "red.md"
    assert download.value.path().read_text(encoding="utf-8") == (
        "# red\n\n## You\n\nred\n\n## Guide\n\nYou wrote: red\n\n"
        "*One other version is not in this file.*\n"
    )


# --- plain text ---


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Hello **bold** *it* ~~no~~ `code`", "Hello bold it no code"),
        ("# Title\n\npara\nline", "Title\n\npara\nline"),
        ("- a\n- b\n  - c\n\n1. x\n2. y", "- a\n- b\n  - c\n\n1. x\n2. y"),
        ("- [x] done\n- [ ] open", "- [x] done\n- [ ] open"),
        ("```py\nif a < b:\n    c()\n```", "if a < b:\n    c()"),
        ("| a | b |\n|---|---|\n| 1 | 2<br>3 |", "a\tb\n1\t2\n3"),
        ("> quote\n> more", "quote\nmore"),
        ("[text](https://example.org) ![alt](https://example.org/x.png)", "text alt"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a<sub>2</sub> <b onclick=x>y</b>", "a2 <b onclick=x>y"),
        ("[ref][r]\n\n[r]: https://example.org", "ref"),
        ("half ```", "half ```"),
        ("", ""),
    ],
)
def test_plain_text_is_what_a_reader_sees(modules: Modules, markdown: str, plain: str) -> None:
    assert modules.call(PLAIN, markdown) == plain


def test_plain_text_of_what_nests_without_end_is_as_it_was_written(modules: Modules) -> None:
    deep = ">" * 10_000 + " deep"
    assert modules.call(PLAIN, f"before\n\n{deep}") == f"before\n\n{deep}"
