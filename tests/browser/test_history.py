"""What the history keeps, in the browser's own IndexedDB: only its modules, no page of the app."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from tests.browser.conftest import COMMON, Contexts, chromium_path
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.history_page import module, opened, texts

ODD_TEXTS = ["a\\0b", "\\ud83d", "\\udc00x", "👩‍👩‍👧‍👦", "שלום", "\\r\\n\\u2028\\ufeff"]


@pytest.fixture
def context(cpu_browser: Browser, contexts: Contexts, server: FaultyServer) -> BrowserContext:
    return contexts.new(cpu_browser, server.url)


@pytest.fixture
def tab(context: BrowserContext, server: FaultyServer) -> Page:
    return opened(context, server)


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
    with suppress(Error):  # there may be nothing left to close
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


def test_changes_happen_in_the_order_in_which_they_were_asked_for(tab: Page) -> None:
    leaf = tab.evaluate("""async () => {
      const messages = [message("p", "", "prompt"), message("a", "p", "answer")];
      await kept.create(record("c", { leaf: "a" }), messages);
      const taken = kept.removeMessages("c", ["a"], "p");
      const added = kept.append("c", [message("b", "p", "next")], "b");
      await Promise.all([taken, added]);
      return kept.get("c").leaf;
    }""")
    assert leaf == "b"
    assert texts(tab) == [["next", "complete"], ["prompt", "complete"]]


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


def test_what_stands_twice_in_one_import_is_two_conversations(tab: Page) -> None:
    assert tab.evaluate("""async () => {
      const messages = [message("m", "", "text")];
      const one = { conversation: record("c", { leaf: "m" }), messages };
      const ids = await kept.importAll([one, one]);
      const said = await Promise.all(ids.map((id) => kept.messages(id)));
      return [new Set(ids).size, kept.list().length, said.map((messages) => messages.length),
        kept.get(ids[1]).leaf === said[1][0].id];
    }""") == [2, 2, [1, 1], True]


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


FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value) {
    if (value.content !== "too much") return put.call(this, value);
    this.transaction.abort();
    throw new DOMException("full for the test", "QuotaExceededError");
  };
  globalThis.makeRoom = () => { IDBObjectStore.prototype.put = put; };
}"""
TOO_MUCH = """async () => {
  const more = [message("n", "m", "before"), message("o", "n", "too much")];
  return kept.append("c", more, "o").catch((error) => error.code);
}"""


def test_full_disk_is_an_error_with_a_code_and_nothing_is_half_written(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.create(record("c", { leaf: "m" }), [message("m", "", "kept")])""")
    tab.evaluate(FULL)
    assert tab.evaluate(TOO_MUCH) == "no-room"
    other = opened(context, server)
    assert texts(other) == [["kept", "complete"]]
    assert other.evaluate("() => kept.get('c').leaf") == "m"


def test_what_found_no_room_stays_readable_and_is_kept_with_the_next_change(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.create(record("c", { leaf: "m" }), [message("m", "", "kept")])""")
    tab.evaluate(FULL)
    tab.evaluate(TOO_MUCH)
    seen = [["before", "complete"], ["kept", "complete"], ["too much", "complete"]]
    assert texts(tab) == seen
    assert tab.evaluate("() => kept.get('c').leaf") == "o"
    tab.evaluate("""() => {
      makeRoom();
      return kept.append("c", [message("p", "o", "after")], "p");
    }""")
    assert texts(opened(context, server)) == [["after", "complete"], *seen]


def test_conversation_that_found_no_room_is_kept_with_its_answer(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate(FULL)
    code = tab.evaluate("""() => kept.create(record("c", { title: "New", leaf: "a" }),
      [message("m", "", "too much"), answer("a", "")]).catch((error) => error.code)""")
    assert code == "no-room"
    tab.evaluate("""async () => {
      makeRoom();
      await kept.journal("c", answer("a", "so"));
      await kept.finish("c", answer("a", "so it is", { state: "complete" }));
    }""")
    fresh = opened(context, server)
    assert texts(fresh) == [["so it is", "complete"], ["too much", "complete"]]
    assert fresh.evaluate("() => [kept.get('c').title, kept.get('c').leaf]") == ["New", "a"]


def test_turn_that_found_no_room_is_shown_once_its_answer_found_some(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.create(record("c", { leaf: "m" }), [message("m", "", "kept")])""")
    tab.evaluate(FULL)
    tab.evaluate("""async () => {
      const turn = [message("n", "m", "too much"), answer("a", "", { parent: "n" })];
      await kept.append("c", turn, "a").catch(() => {});
      makeRoom();
      await kept.finish("c", answer("a", "so it is", { parent: "n", state: "complete" }));
    }""")
    fresh = opened(context, server)
    assert [text for text, _ in texts(fresh)] == ["kept", "so it is", "too much"]
    assert fresh.evaluate("() => kept.get('c').leaf") == "a"


def test_what_can_never_be_stored_is_not_tried_again(tab: Page) -> None:
    code = tab.evaluate("""async () => {
      await kept.create(record("c"), [message("m", "", "kept")]);
      const wrong = message("n", "m", "wrong", { author: () => {} });
      const failed = await kept.append("c", [wrong], "n").catch((error) => error.code);
      await kept.append("c", [message("o", "m", "right")], "o");
      return failed;
    }""")
    assert code == "not-kept"
    assert texts(tab) == [["kept", "complete"], ["right", "complete"]]


def test_prompt_sent_before_the_history_is_open_is_kept(
    context: BrowserContext, server: FaultyServer
) -> None:
    early = opened(context, server)
    early.evaluate(
        """async (url) => {
      const { History } = await import(url);
      const kept = new History();
      const opening = kept.open();
      await kept.create(record("c"), [message("m", "", "early")]);
      await opening;
      globalThis.kept = kept;
    }""",
        module(server, "history"),
    )
    assert early.evaluate("() => kept.list().length") == 1
    assert texts(opened(context, server)) == [["early", "complete"]]


def test_tree_of_damaged_data_is_read_as_far_as_it_goes(tab: Page, server: FaultyServer) -> None:
    url = module(server, "tree")
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
    url = module(server, "title")
    script = f'async (url) => (await import(url)).titleOf("{prompt}")'
    assert tab.evaluate(script, url) == title
