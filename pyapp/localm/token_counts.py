"""How many tokens texts have: most of a conversation comes again with each turn and each key."""

import hashlib
from collections import OrderedDict
from typing import Any

from localm.engines.contract import Engine

MAX_KEPT = 4096

Key = tuple[str, str, bytes]  # model, engine, hash of the text: no text is kept for this


class TokenCounts:
    """Counts that stay right for as long as the model's files stay the same."""

    def __init__(self) -> None:
        self._counts: OrderedDict[Key, int] = OrderedDict()

    async def of(self, engine: Engine, js_object: Any, model_id: str, text: str) -> int:
        """The tokens of a text, without any template. Raises what `engine.count_tokens` raises."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        key = (model_id, engine.id, digest)
        if key not in self._counts:
            self._counts[key] = await engine.count_tokens(js_object, text)
        self._counts.move_to_end(key)
        if len(self._counts) > MAX_KEPT:
            self._counts.popitem(last=False)
        return self._counts[key]

    def forget(self, model_id: str) -> None:
        """Its files are gone; other ones may come under its id."""
        for key in [key for key in self._counts if key[0] == model_id]:
            del self._counts[key]
