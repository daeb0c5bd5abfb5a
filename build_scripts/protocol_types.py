"""Writes web/protocol.d.ts from localm/protocol.py: the page's types of every message.

    python -m build_scripts.protocol_types           write the file
    python -m build_scripts.protocol_types --check   fail when it differs

Needs the package `localm` on the path. Docstrings and the comments beside fields go along.
"""

import argparse
import inspect
import re
import sys
import types
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from localm import protocol

TARGET = Path(__file__).resolve().parent.parent / "web" / "protocol.d.ts"
HEADER = "// Generated from pyapp/localm/protocol.py by build_scripts/protocol_types.py.\n"
LINE_LENGTH = 100
PRIMITIVES = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    types.NoneType: "null",
}
UNIONS = {
    "Result": "How a request that went well ends.",
    "PageMessage": "What the page sends.",
    "WorkerMessage": "What the worker sends.",
}


def typescript() -> str:
    """The whole file."""
    version = f"export type PROTOCOL_VERSION = {protocol.PROTOCOL_VERSION};\n"
    return "\n".join([HEADER, version, *aliases(), *interfaces(), *unions()])


def aliases() -> Iterator[str]:
    """The closed sets of strings."""
    for name, value in vars(protocol).items():
        if get_origin(value) is Literal:
            yield union(name, [f'"{text}"' for text in get_args(value)])


def interfaces() -> Iterator[str]:
    """The objects and the messages, in the order of the file."""
    for name, value in vars(protocol).items():
        if isinstance(value, type) and value.__module__ == protocol.__name__:
            yield interface(name, value)


def interface(name: str, cls: type) -> str:
    """One object; a message carries its type, which tells it apart."""
    tag = [f'  readonly type: "{name.lower()}";'] if is_dataclass(cls) else []
    notes = comments(cls)
    hints = get_type_hints(cls)
    fields = [field(cls, key, hint, notes.get(key, "")) for key, hint in hints.items()]
    return "\n".join([doc(cls), f"export interface {name} {{", *tag, *fields, "}", ""])


def field(cls: type, key: str, hint: Any, note: str) -> str:
    """One field, under the comment that stands beside it in Python."""
    optional = "?" if key in getattr(cls, "__optional_keys__", ()) else ""
    comment = f"  /** {note} */\n" if note else ""
    return f"{comment}  readonly {key}{optional}: {translate(hint)};"


def translate(hint: Any) -> str:
    """A Python type as TypeScript writes it. Raises TypeError for one that is not known here."""
    if get_origin(hint) is Literal:
        return next(name for name, value in vars(protocol).items() if value == hint)
    if hint in PRIMITIVES:
        return PRIMITIVES[hint]
    if get_origin(hint) is list:
        return f"readonly {translate(get_args(hint)[0])}[]"
    if hint == protocol.Result:
        return "Result"
    if get_origin(hint) in (Union, types.UnionType):
        return " | ".join(translate(part) for part in get_args(hint))
    if getattr(hint, "__module__", "") == protocol.__name__:
        return str(hint.__name__)
    raise TypeError(f"no TypeScript for {hint!r}")


def unions() -> Iterator[str]:
    """The closed unions; messages are told apart by their `type`."""
    for name, text in UNIONS.items():
        parts = [part.__name__ for part in get_args(getattr(protocol, name))]
        yield f"/** {text} */\n{union(name, parts)}"


def union(name: str, parts: list[str]) -> str:
    """A named union, broken into lines as the formatter of web/ wants it."""
    line = f"export type {name} = {' | '.join(parts)};\n"
    if len(line) <= LINE_LENGTH:
        return line
    return f"export type {name} =\n" + "\n".join(f"  | {part}" for part in parts) + ";\n"


def comments(cls: type) -> dict[str, str]:
    """Field to the comment on its line."""
    return dict(re.findall(r"^    (\w+): [^#\n]*#\s*(.+)$", inspect.getsource(cls), re.MULTILINE))


def doc(cls: type) -> str:
    """The docstring as a comment."""
    return f"/** {' '.join(inspect.getdoc(cls).split())} */"  # type: ignore[union-attr]


def main() -> int:
    """Write the file, or compare."""
    parser = argparse.ArgumentParser(description="The page's types of every message.")
    parser.add_argument("--check", action="store_true", help="fail when the file differs")
    if not parser.parse_args().check:
        TARGET.write_text(typescript(), encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == typescript():
        return 0
    sys.stderr.write("web/protocol.d.ts is out of date: python -m build_scripts.protocol_types\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
