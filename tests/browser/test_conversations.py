"""Conversations as a person keeps them: listed, found, named, branched, deleted, brought back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenFake
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.wire import app_folder

REFUSE = """IDBFactory.prototype.open = () => {
  throw new DOMException("refused for the test", "SecurityError");
};"""


def titles(chat: ChatPage) -> list[str]:
    return chat.side.locator(".title").all_text_contents()


def options(chat: ChatPage, title: str, entry: str) -> None:
    row = chat.side.get_by_role("listitem").filter(has_text=title)
    row.hover()
    row.get_by_role("button", name=f"Options for {title}").click()
    chat.page.get_by_role("menuitem", name=entry, exact=True).click()


def texts(chat: ChatPage) -> list[str]:
    bodies = chat.conversation.locator("article").locator(".bubble, .markdown")
    return [text.strip() for text in bodies.all_inner_texts()]


def test_conversation_is_listed_by_its_first_prompt_and_survives_a_reload(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    chat.ask("the first thing")
    chat.ask("the second thing")
    assert titles(chat) == ["the first thing"]
    before = texts(chat)
    chat.page.reload()
    expect(chat.answer(1)).to_contain_text("You wrote: the second thing")
    assert texts(chat) == before
    assert titles(chat) == ["the first thing"]


def test_new_chat_starts_over_and_the_old_one_can_be_opened_again(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("apples")
    chat.button("New chat").click()
    expect(chat.conversation.get_by_role("article")).to_have_count(0)
    expect(chat.page.get_by_text("Nothing you type leaves it")).to_be_visible()
    chat.ask("pears")
    assert titles(chat) == ["pears", "apples"]
    chat.side.get_by_role("link", name="apples").click()
    expect(chat.answer()).to_contain_text("You wrote: apples")
    chat.page.go_back()
    expect(chat.answer()).to_contain_text("You wrote: pears")


def test_model_is_told_the_way_that_is_shown(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("one")
    chat.ask("two")
    chat.edit("context please", 1)
    expect(chat.answer(1)).to_contain_text('"content":"context please"')
    expect(chat.answer(1)).to_contain_text('"content":"You wrote: one"')
    expect(chat.answer(1)).not_to_contain_text('"two"')


def test_edited_prompt_is_a_version_and_both_branches_survive_a_reload(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    chat.ask("red")
    chat.edit("blue")
    expect(chat.wait_until_answered(0)).to_contain_text("You wrote: blue")
    expect(chat.prompt()).to_contain_text("2 / 2")
    chat.page.reload()
    expect(chat.prompt()).to_contain_text("2 / 2")
    chat.tool(chat.prompt(), "Older version").click()
    expect(chat.answer(0)).to_contain_text("You wrote: red")
    expect(chat.prompt()).to_contain_text("1 / 2")


def test_regenerate_adds_a_version(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.tool(chat.ask("again"), "Regenerate").click()
    expect(chat.answer(0)).to_contain_text("2 / 2")
    chat.wait_until_answered(0)
    chat.tool(chat.answer(0), "Older version").click()
    expect(chat.answer(0)).to_contain_text("1 / 2")
    expect(chat.conversation.get_by_role("article")).to_have_count(2)


def test_deleted_turn_takes_what_follows_along_and_comes_back(open_fake: OpenFake) -> None:
    chat = open_fake()
    for word in ("one", "two", "three"):
        chat.ask(word)
    before = texts(chat)
    chat.tool(chat.prompt(1), "Delete").click()
    expect(chat.page.get_by_text("2 turns were deleted.")).to_be_visible()
    expect(chat.conversation.get_by_role("article")).to_have_count(2)
    chat.button("Undo").click()
    expect(chat.conversation.get_by_role("article")).to_have_count(6)
    assert texts(chat) == before
    chat.page.reload()
    expect(chat.conversation.get_by_role("article")).to_have_count(6)


def test_conversation_is_renamed_pinned_and_deleted_with_undo(open_fake: OpenFake) -> None:
    chat = open_fake()
    page = chat.page
    chat.ask("first")
    chat.button("New chat").click()
    chat.ask("second")
    options(chat, "first", "Rename")
    field = chat.side.get_by_role("textbox", name="Title")
    field.fill("A better name")
    field.press("Enter")
    expect(chat.side.get_by_role("link", name="A better name")).to_be_visible()
    options(chat, "A better name", "Pin")
    expect(chat.side.get_by_role("list", name="Pinned")).to_contain_text("A better name")
    options(chat, "second", "Delete")
    expect(chat.side.get_by_role("link", name="second")).to_have_count(0)
    expect(chat.conversation.get_by_role("article")).to_have_count(0)
    chat.button("Undo").click()
    expect(chat.side.get_by_role("link", name="second")).to_be_visible()
    expect(chat.answer()).to_contain_text("You wrote: second")
    page.reload()
    expect(chat.side.get_by_role("list", name="Pinned")).to_contain_text("A better name")


def test_search_finds_in_titles_and_texts_as_one_types(open_fake: OpenFake) -> None:
    chat = open_fake()
    page = chat.page
    for word in ("Zebras graze", "Lions hunt"):
        chat.ask(word)
        chat.button("New chat").click()
    page.keyboard.press("Control+k")
    field = chat.side.get_by_role("searchbox", name="Search conversations")
    expect(field).to_be_focused()
    field.press_sequentially("wrote zeb")
    results = chat.side.get_by_role("list", name="Search results")
    expect(results.get_by_role("listitem")).to_have_count(1)
    expect(results.locator("mark").first).to_have_text(re.compile("wrote|Zeb"))
    field.fill("nothing like it")
    expect(chat.side).to_contain_text("Nothing found.")
    field.fill("")
    assert titles(chat) == ["Lions hunt", "Zebras graze"]


def test_answer_goes_on_while_another_conversation_is_open(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.send("long slowly")
    expect(chat.answer(0)).to_contain_text("The sea rises")
    chat.button("New chat").click()
    expect(chat.button("Send")).to_be_visible()
    chat.ask("meanwhile")
    chat.side.get_by_role("link", name="long slowly").click()
    expect(chat.button("Stop")).to_be_visible()
    chat.button("Stop").click()
    expect(chat.wait_until_answered(0)).to_contain_text("You stopped this answer.")


def test_reload_in_mid_answer_keeps_the_text_marked_and_goes_on_from_it(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    chat.send("long slowly")
    expect(chat.answer(0)).to_contain_text("twice a day")
    chat.page.wait_for_timeout(700)  # the journal is written twice a second
    chat.page.reload()
    article = chat.answer(0)
    expect(article).to_contain_text("This answer was interrupted.")
    expect(article).to_contain_text("twice a day")
    expect(chat.conversation.get_by_role("article")).to_have_count(2)
    article.get_by_role("button", name="Continue").click()
    expect(chat.wait_until_answered(0)).to_contain_text("Go on exactly where")
    expect(article).to_contain_text("twice a day")
    expect(article).not_to_contain_text("interrupted")


def test_two_tabs_on_one_history_stay_in_step(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("from the first tab")
    other = ChatPage(chat.page.context.new_page(), chat.page.url)
    expect(other.answer()).to_contain_text("You wrote: from the first tab")
    other.ask("from the second tab")
    expect(chat.answer(1)).to_contain_text("You wrote: from the second tab")
    chat.button("New chat").click()
    chat.ask("a third thing")
    expect(other.side.get_by_role("link", name="a third thing")).to_be_visible()


def test_restart_leaves_the_first_try_as_a_version(open_fake: OpenFake) -> None:
    chat = open_fake()
    article = chat.ask("restart")
    expect(article).to_contain_text("The ship is small.")
    expect(article).to_contain_text("2 / 2")
    chat.tool(article, "Older version").click()
    expect(chat.answer(0)).to_contain_text("The sea is wide and the ship is small, and the wind")
    expect(chat.answer(0)).to_contain_text("This answer was interrupted.")


def test_prompt_that_is_too_long_leaves_no_trace(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.send("toolong")
    expect(chat.composer).to_have_value("toolong")
    expect(chat.conversation.get_by_role("article")).to_have_count(0)
    expect(chat.side.get_by_role("link")).to_have_count(0)
    chat.ask("shorter")
    chat.page.reload()
    expect(chat.answer(0)).to_contain_text("You wrote: shorter")
    expect(chat.prompt()).not_to_contain_text("2 / 2")
    assert titles(chat) == ["shorter"]


@pytest.mark.parametrize("width", [320, 768])
def test_list_lies_over_the_conversation_where_it_is_narrow(
    open_fake: OpenFake, width: int
) -> None:
    chat = open_fake(viewport={"width": width, "height": 700})
    chat.ask("hello")
    expect(chat.side).to_be_hidden()
    chat.button("Show conversations").click()
    expect(chat.side.get_by_role("link", name="hello")).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.side).to_be_hidden()
    expect(chat.button("Show conversations")).to_be_focused()
    chat.button("Show conversations").click()
    chat.side.get_by_role("link", name="hello").click()
    expect(chat.side).to_be_hidden()


def test_refused_storage_is_said_and_the_chat_goes_on(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.page.add_init_script(REFUSE)
    chat.page.reload()
    expect(chat.page.get_by_text("keeps no conversations here")).to_be_visible()
    chat.ask("still here")
    assert titles(chat) == ["still here"]


def test_question_mark_lists_the_shortcuts(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.button("New chat").focus()
    chat.page.keyboard.press("?")
    dialog = chat.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Search conversations")
    chat.page.keyboard.press("Escape")
    chat.composer.fill("?")
    expect(chat.composer).to_have_value("?")
    expect(dialog).to_be_hidden()


def test_conversation_is_saved_as_markdown(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("one")
    with chat.page.expect_download() as download:
        options(chat, "one", "Save as Markdown")
    assert download.value.suggested_filename == "one.md"
    text = download.value.path().read_text()
    assert text == "# one\n\n## You\n\none\n\n## Guide\n\nYou wrote: one\n"


def test_answer_is_copied_as_markdown_and_as_text(open_fake: OpenFake) -> None:
    chat = open_fake()
    article = chat.ask("long")
    chat.page.evaluate("""() => {
      navigator.clipboard.writeText = async (text) => { globalThis.copied = text; };
    }""")
    for name, sign in (("Copy answer", "**twice a day**"), ("Copy as text", " twice a day")):
        chat.tool(article, name).click()
        expect(chat.tool(article, "Copied")).to_be_visible()
        copied = chat.page.evaluate("() => copied")
        assert sign in copied
        expect(chat.tool(article, "Copied")).to_have_count(0)
    assert "**" not in copied


def test_what_was_searched_for_is_in_sight_also_on_another_branch(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("walrus")
    chat.edit("seal")
    chat.wait_until_answered(0)
    chat.ask("long")
    chat.button("New chat").click()
    results = chat.side.get_by_role("list", name="Search results").get_by_role("link")
    chat.side.get_by_role("searchbox").fill("wrote walrus")
    results.filter(has_text="wrote: walrus").click()
    expect(chat.answer(0)).to_contain_text("You wrote: walrus")
    chat.side.get_by_role("searchbox").fill("wrote seal")
    results.filter(has_text="wrote: seal").click()
    expect(chat.answer(0)).to_contain_text("You wrote: seal")
    expect(chat.answer(0)).to_be_in_viewport()
    expect(chat.answer(1)).to_contain_text("That is all.")


def test_prompt_worded_anew_while_its_answer_comes_is_answered_instead(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    chat.send("long slowly")
    expect(chat.answer(0)).to_contain_text("The sea rises")
    chat.edit("short")
    expect(chat.answer(0)).to_contain_text("You wrote: short")
    expect(chat.button("Send")).to_be_visible()
    chat.tool(chat.prompt(), "Older version").click()
    expect(chat.answer(0)).to_contain_text("You stopped this answer.")


FILL = """async ([url, count]) => {
  const { History } = await import(url);
  const history = new History();
  await history.open();
  const record = { id: "many", title: "Many messages", title_is_edited: true, pinned: false,
    created_ms: 1, updated_ms: Date.now(), leaf: `m${count - 1}`, model: "", system: "",
    options: {} };
  const message = (id, n, parent, content) => ({ id, parent, role: n % 2 ? "assistant" : "user",
    content, attachments: [], created_ms: n, state: "complete", author: n % 2 ? "Guide" : "",
    result: null });
  const messages = Array.from({ length: count }, (_, n) =>
    message(`m${n}`, n, n ? `m${n - 1}` : "", `This is number ${n}.`));
  messages.push(message("other", 0, "", "Another beginning."));
  await history.importAll([{ conversation: record, messages }]);
}"""


def test_long_conversation_shows_its_end_and_the_rest_as_one_scrolls_up(
    open_fake: OpenFake, server: FaultyServer
) -> None:
    count = 1000
    chat = open_fake()
    url = f"{server.url}{app_folder(server)}/history/history.js"
    chat.page.evaluate(FILL, [url, count])
    chat.side.get_by_role("link", name="Many messages").click()
    articles = chat.conversation.get_by_role("article")
    expect(articles.last).to_contain_text(f"This is number {count - 1}.")
    expect(articles.last).to_be_in_viewport()
    assert articles.count() < 100
    seen = 0
    while (now := articles.count()) < count:
        assert now > seen, "nothing more came"
        seen = now
        chat.button("Show earlier messages").scroll_into_view_if_needed()
        expect(articles.nth(seen)).to_be_attached()
    expect(articles.first).to_contain_text("This is number 0.")
    expect(articles.first).to_contain_text("1 / 2")
    assert chat.button("Show earlier messages").count() == 0
