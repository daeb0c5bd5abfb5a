"""Search over the kept conversations: what it finds; it stays in step with every change."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Contexts
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.history_page import opened, wait_for

FOUND = """async (query) =>
  (await kept.search(query)).map(({ conversation, message }) => [conversation.id, message])"""


@pytest.fixture
def context(cpu_browser: Browser, contexts: Contexts, server: FaultyServer) -> BrowserContext:
    return contexts.new(cpu_browser, server.url)


@pytest.fixture
def tab(context: BrowserContext, server: FaultyServer) -> Page:
    return opened(context, server)


def test_search_finds_all_words_without_case_and_accents(tab: Page) -> None:
    found = tab.evaluate("""async () => {
      await kept.create(record("c", { title: "Tides" }), [
        message("m", "", "Der Übergang bei Ebbe dauert lange. ".repeat(9) + "die CAFÉS öffnen")]);
      const other = record("d", { title: "Other", updated_ms: 5 });
      await kept.create(other, [message("n", "", "nothing")]);
      const hits = (snippet) => snippet.filter(({ hit }) => hit).map(({ text }) => text);
      const search = async (query) => (await kept.search(query)).map(
        ({ conversation, message, snippet }) => [conversation.id, message, hits(snippet)]);
      await kept.append("d", [message("later", "n", "cafes later")], "later");
      const queries = ["cafes OFF", "tide", "cafes", "xyz"];
      const found = [];
      for (const query of queries) found.push(await search(query));
      return found;
    }""")
    assert found == [
        [["c", "m", ["CAFÉS", "öff"]]],
        [["c", "", []]],
        [["d", "later", ["cafes"]], ["c", "m", ["CAFÉS"]]],
        [],
    ]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("ΟΔΟΣΗΜΑ", "οδοσ"),
        ("οδός", "ΟΔΟΣ"),
        ("İstanbul", "istanbul"),
        ("straße", "STRASSE"),
        ("한국어", "한국"),
        ("naïve", "nai\u0308ve"),
    ],
)
def test_case_and_accents_are_no_matter_in_any_script(tab: Page, text: str, query: str) -> None:
    tab.evaluate("(text) => kept.create(record('c'), [message('m', '', text)])", text)
    assert tab.evaluate(FOUND, query) == [["c", "m"]]


def test_words_may_stand_in_the_title_and_in_a_message(tab: Page) -> None:
    tab.evaluate("""async () => {
      await kept.create(record("c", { title: "Tides" }), [
        message("m", "", "ebb and flood"), message("n", "m", "spring and neap")]);
    }""")
    assert tab.evaluate(FOUND, "tides neap") == [["c", "n"]]
    assert tab.evaluate(FOUND, "ebb neap") == []


def test_files_are_searched_with_the_message_that_they_go_with(tab: Page) -> None:
    tab.evaluate("""() => kept.create(record("c"), [message("m", "", "Read this",
      { attachments: [{ name: "harbour.csv", text: "tide,height\\n" }] })])""")
    for query in ("harbour", "read tide"):
        assert tab.evaluate(FOUND, query) == [["c", "m"]], query


def test_best_place_is_the_newest_and_pinned_conversations_come_first(tab: Page) -> None:
    tab.evaluate("""async () => {
      const at = (created_ms) => ({ created_ms });
      await kept.create(record("old", { pinned: true, updated_ms: 1 }),
        [message("z", "", "word", at(1)), message("b", "z", "word", at(3)),
         message("y", "b", "word", at(2))]);
      await kept.create(record("new", { updated_ms: 9 }), [message("n", "", "word")]);
    }""")
    assert tab.evaluate(FOUND, "word") == [["old", "b"], ["new", "n"]]


def test_texts_are_in_step_with_every_change(tab: Page) -> None:
    tab.evaluate("""() => kept.create(record("c", { leaf: "m" }), [message("m", "", "first")])""")
    assert tab.evaluate(FOUND, "first") == [["c", "m"]]
    tab.evaluate("""() => kept.append("c", [answer("a", "")], "a")""")
    tab.evaluate("""() => kept.finish("c", answer("a", "second", { state: "complete" }))""")
    assert tab.evaluate(FOUND, "second") == [["c", "a"]]
    tab.evaluate("async () => { globalThis.undo = await kept.removeMessages('c', ['a'], 'm'); }")
    assert tab.evaluate(FOUND, "second") == []
    tab.evaluate("() => undo()")
    assert tab.evaluate(FOUND, "second") == [["c", "a"]]
    tab.evaluate("() => kept.remove('c')")
    assert tab.evaluate(FOUND, "first") == []
    tab.evaluate("""() => kept.importAll([
      { conversation: record("d"), messages: [message("i", "", "imported")] }])""")
    assert tab.evaluate(FOUND, "imported") == [["d", "i"]]


def test_what_another_tab_writes_is_found(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.create(record("c"), [message("m", "", "first")])""")
    other = opened(context, server)
    assert other.evaluate(FOUND, "first") == [["c", "m"]]
    tab.evaluate("""() => kept.append("c", [message("n", "m", "second")], "n")""")
    wait_for(other, "async () => (await kept.search('second')).length === 1")
    tab.evaluate("() => kept.removeMessages('c', ['n'], 'm')")
    wait_for(other, "async () => (await kept.search('second')).length === 0")


def test_change_during_the_first_reading_is_not_lost_to_what_was_read_before(tab: Page) -> None:
    """Reading stands still between two slices while a message that was read before changes."""
    tab.evaluate("""() => kept.create(record("c"), Array.from({ length: 450 }, (_, n) =>
      message(`m${String(n).padStart(3, "0")}`, "", n === 449 ? "last old" : "text")))""")
    found = tab.evaluate("""async () => {
      const getAll = IDBObjectStore.prototype.getAll;
      const changed = [];
      IDBObjectStore.prototype.getAll = function (range, count) {
        const request = getAll.call(this, range, count);
        // The change is written behind what this request reads.
        if (this.name === "messages" && range.lower === "m399")
          changed.push(kept.append("c", [message("m449", "", "last new")], "m449"));
        return request;
      };
      const search = async (query) => (await kept.search(query)).length;
      const first = await search("text");
      await Promise.all(changed);
      return [first, changed.length, await search("last old"), await search("last new")];
    }""")
    assert found == [1, 1, 0, 1]


def test_typing_ahead_reads_everything_once(tab: Page) -> None:
    reads = tab.evaluate("""async () => {
      await kept.create(record("c"), [message("m", "", "text")]);
      const getAll = IDBObjectStore.prototype.getAll;
      let reads = 0;
      IDBObjectStore.prototype.getAll = function (...range) {
        if (this.name === "messages") reads += 1;
        return getAll.apply(this, range);
      };
      await Promise.all(["t", "te", "tex", "text"].map((query) => kept.search(query)));
      await kept.search("text");
      return reads;
    }""")
    assert reads == 1
