"""Measures one answer, around the engine that gives it."""

import time

from localm.records import Timings


class Stopwatch:
    """Runs from a request's arrival. After a restart it is about the answer that stands."""

    def __init__(self) -> None:
        self._arrived = time.perf_counter()
        self._first = self._last = 0.0

    @property
    def text_is_out(self) -> bool:
        """Whether the answer that stands has any text."""
        return self._first > 0

    def text(self) -> None:
        """A piece of text goes out."""
        self._last = time.perf_counter()
        self._first = self._first or self._last

    def restart(self) -> None:
        """The text so far belongs to an earlier version."""
        self._first = self._last = 0.0

    def timings(self, completion_tokens: int) -> Timings:
        """Seconds to the first text, and tokens per second after the first token."""
        decode_s = self._last - self._first
        fast = decode_s > 0 and completion_tokens > 1
        return Timings(
            ttft_s=self._first - self._arrived if self.text_is_out else 0.0,
            decode_tokens_per_s=(completion_tokens - 1) / decode_s if fast else 0.0,
        )
