"""A static host that knows nothing of localm: `python -m http.server`, in a process of its own."""

import re
import subprocess
import sys
from pathlib import Path

URL = re.compile(r"\((http://[^/]+/)\)")


class PlainHost:
    """Serves `folder`: no compression, no cache rules, no policies, no isolation."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
        self._process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def __enter__(self) -> "PlainHost":
        assert self._process.stdout
        found = URL.search(self._process.stdout.readline())
        assert found, "http.server did not start"
        self.url = found[1]
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """The process is gone; nobody answers at `url` any more."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()
