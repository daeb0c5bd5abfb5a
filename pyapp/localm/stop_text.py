"""Ends an answer before the first of the texts that it must not go beyond.

Done here for all engines alike, by interrupting them. WebLLM could do it by itself, but then shows
the beginning of such a text before it knows, and keeps in its KV cache what it has cut off.
"""

from collections.abc import Sequence


class StopText:
    """Lets text through, but for what may still become one of the `stops`."""

    def __init__(self, stops: Sequence[str] = ()) -> None:
        self._stops = stops
        self._held = ""
        self.found = False

    def feed(self, text: str) -> str:
        """What may go out now."""
        if self.found:
            return ""
        self._held += text
        ends = [at for at in map(self._held.find, self._stops) if at >= 0]
        self.found = bool(ends)
        return self._let_go(min(ends) if ends else len(self._held) - self._doubtful())

    def rest(self) -> str:
        """What was held back for nothing: the answer has ended."""
        return "" if self.found else self._let_go(len(self._held))

    def _let_go(self, length: int) -> str:
        free, self._held = self._held[:length], self._held[length:]
        return free

    def _doubtful(self) -> int:
        """How much of the end may be the beginning of a stop."""
        longest = min(len(self._held), max(map(len, self._stops), default=1) - 1)
        for length in range(longest, 0, -1):
            if any(stop.startswith(self._held[-length:]) for stop in self._stops):
                return length
        return 0
