"""Hosts that serve the site as processes of their own, so that a test can end them for real."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.hub.machine import Machine

URL = re.compile(r"http://[\d.:]+/")


class HostProcess:
    """A process that says in its first line where it serves: that is `url`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def __enter__(self) -> Self:
        assert self._process.stdout
        line = self._process.stdout.readline()
        found = URL.search(line)
        assert found, f"the host did not start: {line}"
        self.url = found[0]
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """The process is gone; nobody answers at `url` any more."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()
        if self._process.stderr:
            self._process.stderr.close()


class PlainHost(HostProcess):
    """`python -m http.server`: no compression, no cache rules, no policies, no isolation."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
        super().__init__(
            subprocess.Popen(
                command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        )


class ServingMachine(HostProcess):
    """`localm serve`, as a person starts it: the built site, and what `machine` has pulled."""

    def __init__(self, machine: Machine, site: Path) -> None:
        super().__init__(machine.start("serve", "--port", "0", "--no-open", "--site", str(site)))
