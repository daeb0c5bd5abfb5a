"""Files to import, as the apps write them, and the smallest parts of our own."""

import json
import re
from pathlib import Path
from typing import Any

from localm.records import Archive, MessageRecord

DATA = Path(__file__).parent / "data"
FORMAT_PAGE = Path(__file__).parents[2] / "docs" / "export-format.md"
NOW_MS = 1_800_000_000_000.0


def sample(name: str) -> str:
    """The text of a file in data/."""
    return (DATA / name).read_text(encoding="utf-8")


def documented() -> Archive:
    """The example in docs/export-format.md."""
    found = re.search(r"```json\n(.*?)```", FORMAT_PAGE.read_text(encoding="utf-8"), re.S)
    assert found
    archive: Archive = json.loads(found[1])
    return archive


def path_to(messages: list[MessageRecord], leaf: str) -> list[str]:
    """What is said on the way from the root to a message."""
    by_id = {one["id"]: one for one in messages}
    texts: list[str] = []
    while leaf:
        texts.insert(0, by_id[leaf]["content"])
        leaf = by_id[leaf]["parent"]
    return texts


def chatgpt(nodes: dict[str, Any], **fields: Any) -> str:
    """A ChatGPT export of one conversation."""
    one = {"title": "T", "create_time": 1.0, "update_time": 2.0, "id": "c", "mapping": nodes}
    return json.dumps([one | fields])


def node(parent: str | None, role: str = "user", text: Any = "Hi", **fields: Any) -> dict[str, Any]:
    """A node of its tree."""
    content = {"content_type": "text", "parts": [text]}
    message = {"author": {"role": role}, "content": content, "create_time": 5.0} | fields
    return {"id": "ignored", "parent": parent, "children": [], "message": message}
