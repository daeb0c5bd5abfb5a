"""Two tabs on one history: neither undoes what the other did, at whatever moment it happens."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Contexts
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.history_page import opened, texts, wait_for

# What the other tab says is held back: so a tab stands where it has not heard of a change yet.
DEAF = """Object.defineProperty(BroadcastChannel.prototype, "onmessage", { set() {} });"""


@pytest.fixture
def context(cpu_browser: Browser, contexts: Contexts, server: FaultyServer) -> BrowserContext:
    return contexts.new(cpu_browser, server.url)


@pytest.fixture
def tab(context: BrowserContext, server: FaultyServer) -> Page:
    page = opened(context, server)
    page.evaluate("""() => kept.create(record("c", { leaf: "root" }),
      [message("root", "", "root")])""")
    return page


def test_answer_that_ends_while_another_tab_reads_it_stays_complete(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.append("c", [answer("a", "so far")], "a")""")
    other = opened(context, server)
    other.evaluate("""() => {
      const query = LockManager.prototype.query;
      const ended = new Promise((resolve) => { globalThis.hasEnded = resolve; });
      LockManager.prototype.query = async function () {
        globalThis.asked = true;
        await ended;
        return query.call(this);
      };
      globalThis.reading = kept.messages("c");
    }""")
    other.wait_for_function("() => globalThis.asked")
    tab.evaluate("""() => kept.finish("c", answer("a", "all of it", { state: "complete" }))""")
    other.evaluate("() => { hasEnded(); return reading; }")
    assert texts(tab) == [["all of it", "complete"], ["root", "complete"]]


def test_name_and_leaf_that_two_tabs_change_are_both_kept(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    deaf = opened(context, server, DEAF)
    tab.evaluate("""() => kept.update("c", { title: "Named", pinned: true })""")
    deaf.evaluate("""() => kept.append("c", [message("m", "root", "more")], "m")""")
    fresh = opened(context, server)
    kept = fresh.evaluate("() => [kept.get('c').title, kept.get('c').pinned, kept.get('c').leaf]")
    assert kept == ["Named", True, "m"]


def test_change_that_is_being_written_is_not_taken_back_by_what_another_tab_says(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    other = opened(context, server)
    write = """async (name) => {
      for (let n = 0; n < 60; n++)
        await kept.update("c", { [name]: `${n}` });
    }"""
    tab.evaluate(f"() => {{ globalThis.writing = ({write})('title'); }}")
    other.evaluate(write, "system")
    tab.evaluate("() => writing")
    for page in (tab, other):
        wait_for(page, "() => kept.get('c').title === '59' && kept.get('c').system === '59'")


def test_answer_that_another_tab_deleted_is_not_brought_back_by_its_journal(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.append("c", [answer("a", "so far")], "a")""")
    other = opened(context, server)
    other.evaluate("""() => kept.removeMessages("c", ["a"], "root")""")
    tab.evaluate("""async () => {
      await kept.journal("c", answer("a", "more"));
      await kept.finish("c", answer("a", "all", { state: "complete" }));
    }""")
    assert texts(other) == [["root", "complete"]]


def test_prompt_written_while_another_tab_removes_the_conversation_is_not_lost(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    deaf = opened(context, server, DEAF)
    tab.evaluate("() => kept.remove('c')")
    deaf.evaluate("""() => kept.append("c", [message("m", "root", "prompt")], "m")""")
    tab.wait_for_function("() => kept.list().length === 1")
    assert texts(tab) == [["prompt", "complete"], ["root", "complete"]]


def test_removal_that_was_undone_elsewhere_is_not_purged(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""async () => {
      const now = Date.now;
      Date.now = () => now() - 40_000;
      globalThis.undo = await kept.remove("c");
    }""")
    deaf = opened(context, server, DEAF)
    tab.evaluate("() => undo()")
    deaf.evaluate("""async () => {
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
      const wait = globalThis.setTimeout;
      globalThis.setTimeout = (act) => wait(act); // what is due in a minute is due now
      await kept.create(record("d"), []);
      await kept.remove("d");
      globalThis.setTimeout = wait;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }""")
    assert texts(opened(context, server)) == [["root", "complete"]]


def test_tab_that_shows_an_answer_hears_when_the_writing_tab_is_killed(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.append("c", [answer("a", "so far")], "a")""")
    other = opened(context, server)
    other.evaluate("""() => kept.onChange(({ isOwn }) => {
      if (!isOwn) globalThis.heard = true; })""")
    assert texts(other) == [["root", "complete"], ["so far", "streaming"]]
    tab.close()
    other.wait_for_function("() => globalThis.heard")
    assert texts(other) == [["root", "complete"], ["so far", "interrupted"]]


def test_two_tabs_that_write_the_same_answer_do_not_wait_for_each_other(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    tab.evaluate("""() => kept.append("c", [answer("a", "one")], "a")""")
    other = opened(context, server)
    other.evaluate("""() => kept.append("c", [answer("a", "two")], "a")""")
    assert texts(other) == [["root", "complete"], ["two", "streaming"]]
    tab.evaluate("""() => kept.finish("c", answer("a", "one, whole", { state: "complete" }))""")
    other.evaluate("""() => kept.finish("c", answer("a", "two, whole", { state: "complete" }))""")
    assert texts(tab) == [["root", "complete"], ["two, whole", "complete"]]


def test_tab_goes_on_after_another_one_has_deleted_the_history(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    other = opened(context, server)
    errors: list[object] = []
    tab.on("pageerror", lambda error: errors.append(error))
    other.evaluate("() => kept.reset()")
    wait_for(tab, "() => kept.list().length === 0")
    tab.evaluate("""() => kept.create(record("d"), [message("m", "", "afterwards")])""")
    assert texts(opened(context, server), "d") == [["afterwards", "complete"]]
    assert errors == []


def test_newer_version_in_another_tab_gets_the_database_and_this_tab_keeps_what_it_had(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    newer = context.new_page()
    newer.goto(server.url + "blank.html")
    version = newer.evaluate("""() => new Promise((resolve, reject) => {
      const request = indexedDB.open("localm", 99);
      request.onsuccess = () => resolve(request.result.version);
      request.onerror = () => reject(request.error);
    })""")
    assert version == 99
    wait_for(tab, "() => kept.problem === 'newer'")
    tab.evaluate("""() => kept.append("c", [message("m", "root", "later")], "m")""")
    assert texts(tab) == [["later", "complete"], ["root", "complete"]]


def test_cleared_storage_is_said_and_the_tab_goes_on(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
    errors: list[object] = []
    tab.on("pageerror", lambda error: errors.append(error))
    clear = {"origin": server.url.rstrip("/"), "storageTypes": "indexeddb"}
    context.new_cdp_session(tab).send("Storage.clearDataForOrigin", clear)
    wait_for(tab, "() => kept.problem === 'lost'")
    tab.evaluate("""() => kept.append("c", [message("m", "root", "on screen")], "m")""")
    assert texts(tab) == [["on screen", "complete"]]
    assert errors == []


def test_tabs_that_write_at_once_lose_nothing_and_hear_of_each_other(
    tab: Page, context: BrowserContext, server: FaultyServer
) -> None:
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
    fresh = opened(context, server)
    leaf = fresh.evaluate("() => kept.get('c').leaf")
    assert leaf in ("one49", "two49")
    for page in (tab, other):
        wait_for(page, f"() => kept.get('c').leaf === '{leaf}'")
