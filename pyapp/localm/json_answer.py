"""An answer that must be JSON: how it is asked for, whether it is, and how to ask once more."""

import json
from dataclasses import dataclass
from typing import Any

from localm.json_schema import MAX_DEPTH, Schema, parse_schema
from localm.json_text import parse
from localm.json_value import fault_in
from localm.records import ChatMessage, ChatOptions
from localm.thoughts import without_thoughts

ANY_OBJECT: Schema = {"type": "object"}
ONCE_MORE = "(Your first answer was refused: {fault}. Answer with the JSON alone.)"


@dataclass(frozen=True, slots=True)
class JsonWish:
    """What the answer must be."""

    schema: Schema

    @property
    def grammar(self) -> str:
        """The schema for an engine that lets only fitting tokens through."""
        return json.dumps(opened(self.schema))

    def fault(self, text: str) -> str:
        """What is wrong with an answer, in a sentence without its full stop; "" when it is good."""
        try:
            value = parse(without_thoughts(text), max_depth=MAX_DEPTH, is_lenient=False)
        except ValueError as error:
            return f"the answer is not JSON ({error})"
        return fault_in(value, self.schema, self.schema)


def json_wish(options: ChatOptions) -> JsonWish | None:
    """What was asked for; None where the answer is free. Raises BadSchema."""
    if "response_format" not in options:
        return None
    wanted = options["response_format"]
    if wanted["type"] == "json_object":
        return JsonWish(ANY_OBJECT)
    return JsonWish(parse_schema(wanted["schema"]))


def once_more(messages: list[ChatMessage], fault: str) -> list[ChatMessage]:
    """The conversation that tells the model what was wrong with its answer.

    Not the answer itself: it may be so long that the question would have to go.
    """
    *earlier, last = messages
    content = f"{last['content']}\n\n{ONCE_MORE.format(fault=fault)}"
    return [*earlier, ChatMessage(role="user", content=content)]


def opened(schema: Any) -> Any:
    """The same schema for a grammar that takes what is not said as forbidden.

    XGrammar would make an object without `properties` an empty one, and a list without `items` too.
    """
    if isinstance(schema, list):
        return [opened(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {
        key: value if key in ("enum", "const") else opened(value) for key, value in schema.items()
    }
    if inside.get("type") == "object" and "properties" not in inside:
        inside.setdefault("additionalProperties", True)
    if inside.get("type") == "array":
        inside.setdefault("items", {})
    return inside
