"""The text of one answer on its way to whoever asked, and the moments when it went."""

from collections.abc import Sequence

from localm.protocol import Chunk, Restart
from localm.records import Timings
from localm.session import Post
from localm.stop_text import StopText
from localm.stopwatch import Stopwatch


class AnswerText:
    """Chunks, the text that ends the answer, and a new beginning."""

    def __init__(self, id: str, post: Post, stops: Sequence[str]) -> None:
        self._id = id
        self._post = post
        self._stops = stops
        self._stop = StopText(stops)
        self._stopwatch = Stopwatch()
        self.text = ""  # of the try under way

    @property
    def is_out(self) -> bool:
        """Whether there is text that a new beginning must be told about."""
        return self._stopwatch.text_is_out

    @property
    def is_over(self) -> bool:
        """Whether one of the texts was found that end the answer."""
        return self._stop.found

    def feed(self, piece: str) -> None:
        """Send on what the engine has written."""
        self._send(self._stop.feed(piece))

    def end(self) -> None:
        """The engine has ended: what was held back goes out."""
        self._send(self._stop.rest())

    def restart(self, reason: str) -> None:
        """Two answers are never spliced: what comes now is another one."""
        if self.is_out:
            self._post(Restart(self._id, reason))
            self._stopwatch.restart()
        self._stop = StopText(self._stops)
        self.text = ""

    def timings(self, completion_tokens: int) -> Timings:
        """Measured so far."""
        return self._stopwatch.timings(completion_tokens)

    def _send(self, text: str) -> None:
        if text:
            self._stopwatch.text()
            self.text += text
            self._post(Chunk(self._id, text))
