"""A computer that pulls models: caches of its own, and the command `localm` as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from localm_host.libraries import LibraryStore
from localm_host.pull import Store
from localm_host.pulled import PulledModels
from tests.hub.hub import LocalHub

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "localm_host"]
PIPE = subprocess.PIPE


class Machine:
    """Its caches are below `home`; it fetches from `hub`, as HF_ENDPOINT says."""

    def __init__(self, home: Path, hub: LocalHub) -> None:
        self.models = PulledModels(home / "huggingface" / "hub")
        self.store = Store(self.models, LibraryStore(home / "localm"))
        foreign = ("HF_", "HUGGING", "LOCALM_", "XDG_")
        own = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self.environment = own | {
            "HF_ENDPOINT": hub.url,
            "HF_HOME": str(home / "huggingface"),
            "LOCALM_CACHE": str(home / "localm"),
        }

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*COMMAND, *arguments],
            env=self.environment | environment,
            cwd=ROOT / "pyapp",
            stdin=subprocess.DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            text=True,
            # Tests in the background of a shell would have Ctrl-C ignored in all that they start.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def localm(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        with self.start(*arguments, **environment) as process:
            stdout, stderr = process.communicate(timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)
