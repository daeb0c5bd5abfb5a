"""What the history keeps, in the browser's own IndexedDB: only its modules, no page of the app."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.conftest import COMMON, Contexts, chromium_path
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.wire import app_folder

OPEN = """async (url) => {
  const { History } = await import(url);
  const kept = new History();
  await kept.open();
  const record = (id, changes = {}) => ({ id, title: id, title_is_edited: false, created_ms: 1,
    updated_ms: 1, pinned: false, leaf: "", model: "", system: "", options: {}, ...changes });
  const message = (id, parent, content, changes = {}) => ({ id, parent, role: "user", content,
    attachments: [], created_ms: 1, state: "complete", author: "", result: null, ...changes });
  Object.assign(globalThis, { kept, record, message });
}"""
ODD_TEXTS = ["a\\0b", "\\ud83d", "\\udc00x", "👩‍👩‍👧‍👦", "שלום", "\\r\\n\\u2028\\ufeff"]


@pytest.fixture
def context(cpu_browser: Browser, contexts: Contexts, server: FaultyServer) -> BrowserContext:
    return contexts.new(cpu_browser, server.url)


def opened(context: BrowserContext, server: FaultyServer, before: str = "") -> Page:
    page = context.new_page()
    if before:
        page.add_init_script(before)
    page.goto(server.url + "blank.html")
    page.evaluate(OPEN, f"{server.url}{app_folder(server)}/history/history.js")
    return page


@pytest.fixture
def tab(context: BrowserContext, server: FaultyServer) -> Page:
    return opened(context, server)


def texts(page: Page, conversation: str = "c") -> list[Any]:
    script = "async (id) => (await kept.messages(id)).map(({content, state}) => [content, state])"
    found: list[Any] = page.evaluate(script, conversation)
    return sorted(found)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_text_comes_back_as_it_was_written(tab: Page, text: str) -> None:
    script = f"""async () => {{
      const text = "{text}";
      await kept.create(record("c", {{ title: text }}), [message("m", "", text)]);
      const [found] = await kept.messages("c");
      return found.content === text && kept.get("c").title === text;
    }}"""
    assert tab.evaluate(script) is True


def test_answer_of_a_killed_browser_is_there_once_and_marked(
    playwright: Playwright, server: FaultyServer, tmp_path: Path
) -> None:
    path = chromium_path()
    launch: dict[str, Any] = {
        "executable_path": path,
        "channel": None if path else "chromium",
        "args": COMMON,
    }
    first = playwright.chromium.launch_persistent_context(tmp_path, **launch)
    page = opened(first, server)
    page.evaluate("""async () => {
      const answer = message("a", "p", "", { role: "assistant", state: "streaming" });
      await kept.create(record("c", { leaf: "a" }), [message("p", "", "prompt"), answer]);
      for (let n = 1; n <= 5; n++)
        await kept.journal("c", { ...answer, content: "x".repeat(n) });
    }""")
    assert texts(page) == [["prompt", "complete"], ["xxxxx", "streaming"]]
    for process in processes_of(tmp_path):
        os.kill(process, signal.SIGKILL)
    with suppress(PlaywrightError):  # it may have noticed that its browser is gone
        first.close()
    (tmp_path / "SingletonLock").unlink(missing_ok=True)
    again = playwright.chromium.launch_persistent_context(tmp_path, **launch)
    page = opened(again, server)
    expected = [["prompt", "complete"], ["xxxxx", "interrupted"]]
    assert texts(page) == expected
    assert texts(page) == expected
    again.close()


def processes_of(profile: Path) -> list[int]:
    """The browser's processes, by the profile in their command lines."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes()
        except OSError:
            continue  # it ended meanwhile
        if f"--user-data-dir={profile}".encode() in line:
            found.append(int(entry.parent.name))
    assert found
    return found


def test_answer_that_another_tab_writes_is_left_alone_until_that_tab_ends(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.create(record("c"), [
      message("a", "", "so far", { role: "assistant", state: "streaming" })])""")
    other = opened(context, server)
    assert texts(other) == [["so far", "streaming"]]
    tab.close()
    # The browser takes the lock away in its own time.
    other.evaluate("""async () => {
      for (let n = 0; n < 200 && (await kept.messages("c"))[0].state === "streaming"; n++)
        await new Promise((resolve) => setTimeout(resolve, 50));
    }""")
    assert texts(other) == [["so far", "interrupted"]]


def test_tabs_that_write_at_once_lose_nothing_and_hear_of_each_other(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.create(record("c"), [message("root", "", "root")])""")
    other = opened(context, server)
    write = """async (name) => {
      for (let n = 0; n < 50; n++)
        await kept.append("c", [message(`${name}${n}`, "root", name)], `${name}${n}`);
    }"""
    tab.evaluate(f"(name) => {{ globalThis.writing = ({write})(name); }}", "one")
    other.evaluate(write, "two")
    tab.evaluate("() => writing")
    contents = [content for content, _ in texts(tab)]
    assert (contents.count("one"), contents.count("two")) == (50, 50)
    other.wait_for_function(
        "() => kept.get('c').leaf === 'one49' || kept.get('c').leaf === 'two49'"
    )


def test_journal_never_overtakes_what_was_asked_for_before(tab: Page) -> None:
    tab.evaluate("""async () => {
      const answer = message("a", "", "", { role: "assistant", state: "streaming" });
      const all = [kept.create(record("c"), [answer])];
      all.push(kept.journal("c", { ...answer, content: "more" }));
      all.push(kept.finish("c", { ...answer, content: "more and all", state: "complete" }));
      await Promise.all(all);
    }""")
    assert texts(tab) == [["more and all", "complete"]]


def test_removed_conversation_is_hidden_everywhere_and_comes_back_whole(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""async () => {
      await kept.create(record("c"), [message("m", "", "text")]);
      globalThis.undo = await kept.remove("c");
    }""")
    other = opened(context, server)
    listed = "() => kept.list().length"
    assert (tab.evaluate(listed), other.evaluate(listed)) == (0, 0)
    tab.evaluate("() => undo()")
    other.wait_for_function("() => kept.list().length === 1")
    assert texts(other) == [["text", "complete"]]


def test_removal_that_nobody_undid_is_for_good_at_the_next_start(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""async () => {
      await kept.create(record("c"), [message("m", "", "text")]);
      const now = Date.now;
      Date.now = () => now() - 3_600_000;
      await kept.remove("c");
    }""")
    other = opened(context, server)
    assert texts(other) == []


def test_removed_messages_come_back(tab: Page) -> None:
    counts = tab.evaluate("""async () => {
      const messages = [message("p", "", "prompt"), message("a", "p", "answer")];
      await kept.create(record("c", { leaf: "a" }), messages);
      const undo = await kept.removeMessages("c", ["a"], "p");
      const between = [(await kept.messages("c")).length, kept.get("c").leaf];
      await undo();
      return [between, [(await kept.messages("c")).length, kept.get("c").leaf]];
    }""")
    assert counts == [[1, "p"], [2, "a"]]


def test_import_is_all_or_nothing_and_makes_copies_of_what_is_here(tab: Page) -> None:
    result = tab.evaluate("""async () => {
      const text = message("m", "", "text");
      const one = { conversation: record("c", { leaf: "m" }), messages: [text] };
      await kept.importAll([one]);
      const [copy] = await kept.importAll([one]);
      const wrong = { ...text, id: null };
      const broken = { conversation: record("d"), messages: [wrong] };
      const failed = await kept.importAll([broken]).catch((error) => error.code);
      return [kept.list().length, copy === "c", (await kept.messages(copy)).length, failed,
        kept.get("d") === undefined];
    }""")
    assert result == [2, False, 1, "not-kept", True]


def test_what_was_exported_imports_to_the_same(tab: Page) -> None:
    assert tab.evaluate("""async () => {
      const messages = [message("p", "", "prompt"), message("a", "p", "answer", { created_ms: 2 }),
        message("b", "p", "other", { created_ms: 3 })];
      await kept.create(record("c", { leaf: "a", pinned: true }), messages);
      const before = await kept.exportAll();
      await kept.reset();
      const empty = kept.list().length;
      await kept.importAll(before);
      return empty === 0 && JSON.stringify(before) === JSON.stringify(await kept.exportAll());
    }""")


def test_newer_database_is_left_alone_and_said(
    context: BrowserContext, server: FaultyServer
) -> None:
    page = context.new_page()
    page.goto(server.url + "blank.html")
    page.evaluate("""() => new Promise((resolve) => {
      const request = indexedDB.open("localm", 99);
      request.onsuccess = () => resolve(request.result.close());
    })""")
    newer = opened(context, server)
    assert newer.evaluate("() => kept.problem") == "newer"
    newer.evaluate("""() => kept.create(record("c"), [message("m", "", "in memory")])""")
    assert texts(newer) == [["in memory", "complete"]]
    version = (
        "async () => (await indexedDB.databases()).find(({name}) => name === 'localm').version"
    )
    assert newer.evaluate(version) == 99
    newer.evaluate("() => kept.reset()")
    assert newer.evaluate("() => kept.problem ?? ''") == ""


def test_refused_storage_is_said_and_memory_serves(
    context: BrowserContext, server: FaultyServer
) -> None:
    refuse = """IDBFactory.prototype.open = () => {
      throw new DOMException("refused for the test", "SecurityError");
    };"""
    page = opened(context, server, refuse)
    assert page.evaluate("() => kept.problem") == "refused"
    page.evaluate("""() => kept.create(record("c"), [message("m", "", "in memory")])""")
    assert texts(page) == [["in memory", "complete"]]


def test_full_disk_is_an_error_with_a_code_and_nothing_is_half_written(tab: Page) -> None:
    result = tab.evaluate("""async () => {
      await kept.create(record("c"), [message("m", "", "kept")]);
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value) {
        if (value.content === "too much") {
          this.transaction.abort();
          throw new DOMException("full for the test", "QuotaExceededError");
        }
        return put.call(this, value);
      };
      const more = [message("n", "m", "before"), message("o", "n", "too much")];
      const failed = await kept.append("c", more, "o").catch((error) => error.code);
      IDBObjectStore.prototype.put = put;
      await kept.append("c", [message("q", "m", "after")], "q");
      return failed;
    }""")
    assert result == "no-room"
    assert texts(tab) == [["after", "complete"], ["kept", "complete"]]


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


def test_tree_of_damaged_data_is_read_as_far_as_it_goes(tab: Page, server: FaultyServer) -> None:
    url = f"{server.url}{app_folder(server)}/history/tree.js"
    result = tab.evaluate(
        """async (url) => {
      const { path, versionsOf, leafBelow, descendants } = await import(url);
      const ids = (messages) => messages.map(({ id }) => id).join("");
      const at = (created_ms) => ({ created_ms });
      const circle = [message("a", "b", ""), message("b", "a", "")];
      const orphan = [message("c", "gone", ""), message("d", "c", "")];
      const tree = [message("r", "", ""), message("x", "r", "", at(1)),
        message("y", "r", "", at(2)), message("z", "y", "", at(3))];
      return [ids(path(circle, "a")).length, ids(path(orphan, "d")), ids(path(tree, "missing")),
        leafBelow(circle, "a").length, descendants(circle, "a").length, ids(versionsOf(tree, "x")),
        leafBelow(tree, "r"), ids(descendants(tree, "r")).length, ids(versionsOf(tree, "nobody"))];
    }""",
        url,
    )
    assert result == [2, "cd", "", 1, 1, "xy", "z", 3, ""]


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("  Two\\n lines ", "Two lines"),
        ("word ".join([""] * 20), "word word word word word word word word word word word word…"),
        ("x" * 99, "x" * 60 + "…"),
        ("a\\0b\\ud83d", "a b"),
    ],
)
def test_title_is_the_beginning_of_the_prompt(
    tab: Page, server: FaultyServer, prompt: str, title: str
) -> None:
    url = f"{server.url}{app_folder(server)}/history/title.js"
    script = f'async (url) => (await import(url)).titleOf("{prompt}")'
    assert tab.evaluate(script, url) == title
