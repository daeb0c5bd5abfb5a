"""`localm serve` as a process of its own, as a person starts it."""

import re
from pathlib import Path

from tests.hub.machine import Machine

URL = re.compile(r"localm is at (http://\S+)")


class ServingMachine:
    """Serves the built site, and what `machine` has pulled, at `url`."""

    def __init__(self, machine: Machine, site: Path, *options: str) -> None:
        self.site = site
        serve = ("serve", "--port", "0", "--no-open", "--site", str(site))
        self._process = machine.start(*serve, *options)

    def __enter__(self) -> "ServingMachine":
        assert self._process.stdout
        line = self._process.stdout.readline()
        found = URL.search(line)
        assert found, f"localm serve did not start: {line}"
        self.url = found[1]
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """The process has ended; nobody answers at `url` any more."""
        self._process.kill()
        self._process.communicate()
        assert self._process.returncode is not None
