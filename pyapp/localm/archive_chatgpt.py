"""ChatGPT's data export: conversations.json, a list of conversations.

The format is published nowhere; this is what exports up to 2026 look like. A conversation is
`{title, create_time, update_time, current_node, mapping}`, with times in seconds. `mapping` holds
a tree by node id: `{id, parent, children, message}`, where the root has no message, and a message
is `{author: {role}, create_time, content, recipient, metadata: {model_slug, attachments}}`.

Nodes that no person saw are taken out, and what follows them moves up to the nearest one that
stays: so branches stay branches. What an assistant says between the calls of its tools comes in
several nodes and is one answer here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from localm.archive_chatgpt_message import Said, read_message
from localm.archive_parts import (
    Skipped,
    all_read,
    as_dict,
    as_list,
    as_ms,
    as_text,
    conversation,
    message,
    message_id,
    stable_id,
)
from localm.records import ArchivedConversation

SECOND_MS = 1000
BETWEEN = "\n\n"


@dataclass(eq=False, slots=True)
class Turn:
    """A message that stays, and where it hangs."""

    said: Said
    parent: "Turn | None"
    texts: list[str] = field(default_factory=list)
    followers: int = 0
    id: str = ""


def recognises(data: Any) -> bool:
    """Whether a parsed file is such a list, or one conversation of it."""
    return any(isinstance(as_dict(one).get("mapping"), dict) for one in _conversations(data))


def read(data: Any, now_ms: float, skipped: Skipped) -> list[ArchivedConversation]:
    """Every conversation that holds a message."""
    return all_read(_conversations(data), lambda one: _conversation(one, now_ms, skipped), skipped)


def _conversations(data: Any) -> list[Any]:
    return [data] if isinstance(data, dict) else as_list(data)


def _conversation(
    data: dict[str, Any], now_ms: float, skipped: Skipped
) -> ArchivedConversation | None:
    nodes = {id: as_dict(node) for id, node in as_dict(data.get("mapping")).items()}
    turn_at = _turns(nodes, skipped)
    turns = _joined(turn_at)
    if not turns:
        return None
    created_ms = as_ms(data.get("create_time"), SECOND_MS) or _first_time(turns) or now_ms
    title = as_text(data.get("title"))
    given_id = as_text(data.get("conversation_id")) or as_text(data.get("id"))
    id = stable_id("chatgpt", *([given_id] if given_id else [title, str(created_ms), *nodes]))
    messages = []
    for number, turn in enumerate(turns):
        turn.id = message_id(id, number)
        said, parent = turn.said, turn.parent.id if turn.parent else ""
        at_ms = said.created_ms or created_ms
        text = BETWEEN.join(turn.texts)
        messages.append(message(turn.id, parent, said.role, text, at_ms, said.author))
    last_ms = max(one["created_ms"] for one in messages)
    times_ms = (created_ms, as_ms(data.get("update_time"), SECOND_MS) or last_ms)
    shown = turn_at.get(as_text(data.get("current_node"))) or turns[-1]
    return conversation(id, title, messages, shown.id, times_ms)


def _first_time(turns: list[Turn]) -> float:
    times = (turn.said.created_ms for turn in turns)
    return min((ms for ms in times if ms), default=0)


def _turns(nodes: dict[str, dict[str, Any]], skipped: Skipped) -> dict[str, Turn | None]:
    """For each node, the turn that it is or hangs under; parents before children."""
    turn_at: dict[str, Turn | None] = {}
    for id, parent in _walk(nodes):
        above = turn_at.get(parent)
        said = read_message(nodes[id].get("message"), skipped)
        turn_at[id] = Turn(said, above, [said.text]) if said else above
        if said and above:
            above.followers += 1
    return turn_at


def _walk(nodes: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each node once, with its parent, after it. Where the links run in a circle, it is cut."""
    parents = _parents(nodes)
    children: dict[str, list[str]] = {}
    for id in _in_order(nodes):
        children.setdefault(parents[id], []).append(id)
    seen: set[str] = set()
    for start in [*children.get("", []), *nodes]:
        waiting = [(start, parents[start])]
        while waiting:
            id, parent = waiting.pop()
            if id in seen:
                continue
            yield id, parent if parent in seen else ""
            seen.add(id)
            waiting += [(child, id) for child in reversed(children.get(id, []))]


def _parents(nodes: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Node to parent, as the node itself says, or else whoever names it as a child."""
    named = {
        child: id
        for id, node in nodes.items()
        for child in as_list(node.get("children"))
        if isinstance(child, str)
    }
    parents = {}
    for id, node in nodes.items():
        parent = as_text(node.get("parent")) or named.get(id, "")
        parents[id] = parent if parent in nodes else ""
    return parents


def _in_order(nodes: dict[str, dict[str, Any]]) -> list[str]:
    """Nodes such that siblings stand as their parent lists them."""
    listed: dict[str, None] = {}
    for node in nodes.values():
        for child in as_list(node.get("children")):
            if isinstance(child, str) and child in nodes:
                listed[child] = None
    return [*listed, *(id for id in nodes if id not in listed)]


def _joined(turn_at: dict[str, Turn | None]) -> list[Turn]:
    """The turns in order, an answer in several nodes made one; `turn_at` follows."""
    stands_for: dict[Turn, Turn] = {}
    turns = list(dict.fromkeys(turn for turn in turn_at.values() if turn))
    for turn in turns:
        above = turn.parent
        goes_on = above is not None and turn.said.role == above.said.role == "assistant"
        if above is not None and goes_on and above.followers == 1:
            whole = stands_for[above]
            whole.texts += turn.texts
            stands_for[turn] = whole
        else:
            turn.parent = stands_for[above] if above else None
            stands_for[turn] = turn
    for id, here in turn_at.items():
        turn_at[id] = stands_for[here] if here else None
    return [turn for turn in turns if stands_for[turn] is turn]
