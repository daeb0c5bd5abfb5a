"""Memory of a browser's processes while something runs, as the kernel counts it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE_EVERY_S = 0.1


@dataclass
class Peak:
    """Proportional set sizes in bytes, summed over the processes of a kind."""

    before: dict[str, int] = field(default_factory=dict)
    peak: dict[str, int] = field(default_factory=dict)

    def add(self, sizes: dict[str, int]) -> None:
        for kind, size in sizes.items():
            self.before.setdefault(kind, size)
            self.peak[kind] = max(self.peak.get(kind, 0), size)

    def grown(self, kind: str) -> int:
        return self.peak[kind] - self.before[kind]


def parent_of(process: Path) -> int:
    # The second field is the program's name in brackets, which may hold spaces.
    return int((process / "stat").read_text().rpartition(")")[2].split()[1])


def pss(process: Path) -> int:
    for line in (process / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def kind_of(process: Path) -> str:
    words = (process / "cmdline").read_bytes().decode().replace(" ", "\0").split("\0")
    kinds = [word.removeprefix("--type=") for word in words if word.startswith("--type=")]
    return kinds[0] if kinds else "browser"


def sizes(profile: Path) -> dict[str, int]:
    """By kind of process, for the browser that runs on this profile."""
    parents: dict[int, int] = {}
    roots = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(process.name)] = parent_of(process)
            if f"--user-data-dir={profile}".encode() in (process / "cmdline").read_bytes():
                roots.add(int(process.name))
        except OSError:
            continue
    found: dict[str, int] = {}
    for number in parents:
        if not belongs(number, roots, parents):
            continue
        process = Path("/proc") / str(number)
        try:
            kind = kind_of(process)
            found[kind] = found.get(kind, 0) + pss(process)
        except OSError:
            continue
    return found


def belongs(number: int, roots: set[int], parents: dict[int, int]) -> bool:
    while number > 1:
        if number in roots:
            return True
        number = parents.get(number, 0)
    return False


@contextmanager
def sampled(profile: Path) -> Iterator[Peak]:
    """Samples until the block ends."""
    peak = Peak()
    peak.add(sizes(profile))
    ended = threading.Event()

    def sample() -> None:
        while not ended.wait(SAMPLE_EVERY_S):
            peak.add(sizes(profile))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()
