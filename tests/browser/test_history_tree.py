"""The tree of messages against a plain model in Python: whole, and damaged in every way."""

import random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Contexts
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.history_page import module, opened

ALL = """async ([url, messages]) => {
  const { path, versionsOf, leafBelow, descendants, leafOf } = await import(url);
  const ids = (found) => found.map(({ id }) => id);
  const of = ({ id }) => [id, {
    path: ids(path(messages, id)),
    versions: ids(versionsOf(messages, id)),
    leaf: leafBelow(messages, id),
    descendants: ids(descendants(messages, id)).sort(),
  }];
  return { noted: leafOf(messages, "gone"), each: Object.fromEntries(messages.map(of)) };
}"""
DAMAGES = ["none", "missing parents", "circles", "both"]
Message = dict[str, Any]


@pytest.fixture
def tab(cpu_browser: Browser, contexts: Contexts, server: FaultyServer) -> Page:
    return opened(contexts.new(cpu_browser, server.url), server)


def grown(chance: random.Random, damage: str) -> list[Message]:
    """A random tree. Times are distinct, so that there is one right order."""
    times = chance.sample(range(1000), 30)
    tree: list[Message] = []
    for number in range(30):
        parent = chance.choice(tree)["id"] if tree and chance.random() < 0.9 else ""
        role = chance.choice(["user", "assistant"])
        tree.append({"id": f"m{number}", "parent": parent, "role": role, "content": ""})
        tree[-1]["created_ms"] = times[number]
    if damage in ("missing parents", "both"):
        gone = chance.sample(tree, 5)
        tree = [message for message in tree if message not in gone]
    if damage in ("circles", "both"):
        for message in chance.sample(tree, 4):
            message["parent"] = chance.choice(tree)["id"]  # perhaps its own
    chance.shuffle(tree)
    return tree


def way_to(tree: list[Message], id: str) -> list[str]:
    by_id = {message["id"]: message for message in tree}
    way: list[str] = []
    while id in by_id and id not in way:
        way.append(id)
        id = by_id[id]["parent"]
    return way[::-1]


def below(tree: list[Message], id: str) -> list[str]:
    """Those on whose way to the root it stands, without itself."""
    by_id = {message["id"]: message for message in tree}
    found = []
    for message in tree:
        at, steps = message["parent"], 0
        while at in by_id and at != id and steps <= len(tree):
            at, steps = by_id[at]["parent"], steps + 1
        if at == id and message["id"] != id:
            found.append(message["id"])
    return sorted(found)


def newest_below(tree: list[Message], id: str) -> str:
    seen = {id}
    while True:
        children = [message for message in tree if message["parent"] == id]
        newest = max(children, key=lambda message: message["created_ms"], default=None)
        if newest is None or newest["id"] in seen:
            return id
        id = newest["id"]
        seen.add(id)


def siblings(tree: list[Message], own: Message) -> list[str]:
    same = [one for one in tree if (one["parent"], one["role"]) == (own["parent"], own["role"])]
    return [one["id"] for one in sorted(same, key=lambda one: one["created_ms"])]


@pytest.mark.parametrize("damage", DAMAGES)
def test_tree_is_what_a_plain_model_says(tab: Page, server: FaultyServer, damage: str) -> None:
    for seed in range(12):
        tree = grown(random.Random(f"{damage}{seed}"), damage)
        result = tab.evaluate(ALL, [module(server, "tree"), tree])
        assert result["noted"] == max(tree, key=lambda one: one["created_ms"])["id"]
        for message in tree:
            id = message["id"]
            assert result["each"][id] == {
                "path": way_to(tree, id),
                "versions": siblings(tree, message),
                "leaf": newest_below(tree, id),
                "descendants": below(tree, id),
            }, (damage, seed, id)


def test_long_conversation_and_an_empty_one_are_trees_too(tab: Page, server: FaultyServer) -> None:
    assert tab.evaluate(
        """async (url) => {
          const { path, versionsOf, leafBelow, descendants, leafOf } = await import(url);
          const chain = Array.from({ length: 10_000 }, (_, n) =>
            message(`${n}`, n ? `${n - 1}` : "", "", { created_ms: n }));
          return [path(chain, "9999").length, leafBelow(chain, "0"), descendants(chain, "0").length,
            path([], "x"), versionsOf([], "x"), leafBelow([], "x"), descendants([], "x"),
            leafOf([], "x")];
        }""",
        module(server, "tree"),
    ) == [10_000, "9999", 9_999, [], [], "x", [], ""]
