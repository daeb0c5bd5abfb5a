"""`localm models`, `localm rm`, `localm verify`: what is kept on this computer, and its health."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from localm.hub_address import HubAddress
from localm.model_id import parse_model_id
from localm_host.hub_client import Hub, explained
from localm_host.model_error import ModelError
from localm_host.notes import changing_notes
from localm_host.pull import Store, fetch_library, repair_files
from localm_host.pulled import PulledFile, Snapshot
from localm_host.sizes import in_words

HEADER = ("model", "builds", "size", "revision")


def print_models(store: Store) -> None:
    """A table, one line for each revision of a model that an engine can run."""
    rows = [
        (snapshot.repo, str(snapshot.builds), in_words(snapshot.size), snapshot.commit[:12])
        for repo in store.models.repos()
        for snapshot in store.models.snapshots(repo)
        if snapshot.builds
    ]
    if not rows:
        print("No model is here yet. Get one: localm pull HuggingFaceTB/SmolLM2-360M-Instruct")
        return
    print_table([HEADER, *rows])


def print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())


def remove(text: str, address: HubAddress, store: Store, *, sure: bool) -> None:
    """Deletes that model, and the library that no other one needs."""
    repo = kept_repo(text, address, store)
    if not sure and not agreed(f"Remove {repo} from this computer? [y/N] "):
        print("Nothing was removed.")
        return
    freed = remove_repo(repo, store) + store.libraries.release(repo)
    with changing_notes(store.libraries.cache) as notes:
        notes.licenses.pop(repo, None)
    print(f"{repo} is removed: {in_words(freed)} are free again.")


def kept_repo(text: str, address: HubAddress, store: Store) -> str:
    """The repository's id, if anything of it is here."""
    with explained(text, address):
        repo = parse_model_id(text, address).repository
    if not store.models.repo_folder(repo).is_dir():
        raise ModelError(f"{repo} is not on this computer. See what is: localm models")
    return repo


def agreed(question: str) -> bool:
    """Asks on a terminal alone."""
    if not sys.stdin.isatty():
        raise ModelError("Nobody is here to be asked, so nothing was removed: say --yes.")
    return input(question).strip().lower() in ("y", "yes")


def remove_repo(repo: str, store: Store) -> int:
    """The folder of this repository and nothing else: forks share names of commits with it.

    Returns the bytes freed, with those of pulls that never ended.
    """
    folder = store.models.repo_folder(repo)
    freed = sum(path.stat().st_size for path in (folder / "blobs").glob("*"))
    try:
        shutil.rmtree(folder)
        shutil.rmtree(store.models.folder / ".locks" / folder.name, ignore_errors=True)
    except OSError as error:
        raise ModelError(f"{error.filename} cannot be removed ({error.strerror}).") from error
    return freed


@dataclass(frozen=True)
class Damage:
    """What is not as its name says."""

    files: dict[Snapshot, list[PulledFile]]
    libraries: list[str]

    @property
    def names(self) -> list[str]:
        paths = {file.path for files in self.files.values() for file in files}
        return [*sorted(paths), *self.libraries]


def verify(text: str, address: HubAddress, store: Store, *, repairing: bool) -> bool:
    """Rehashes every file of the model and deletes damaged ones. True if all is well at the end."""
    repo = kept_repo(text, address, store)
    damage = find_damage(repo, store)
    if not damage.names:
        return said_whole(repo, store)
    delete_damaged(damage, store)
    print(f"{repo}: damaged, and deleted: {', '.join(damage.names)}.")
    if not repairing:
        print(f"Fetch them again: localm verify {repo} --repair (or pull the model again).")
        return False
    repair(repo, damage, address, store)
    print(f"{repo} is whole again.")
    return True


def said_whole(repo: str, store: Store) -> bool:
    if any(snapshot.builds for snapshot in store.models.snapshots(repo)):
        print(f"{repo}: every file is as it should be.")
        return True
    print(f"{repo}: what is here is right, but not complete: localm pull {repo}")
    return False


def find_damage(repo: str, store: Store) -> Damage:
    """Revisions share files: each is read once."""
    snapshots = store.models.snapshots(repo)
    blobs = {file.blob: file for snapshot in snapshots for file in snapshot.files.values()}
    wrong = {blob for blob, file in blobs.items() if not file.is_intact()}
    files = {
        snapshot: [file for file in snapshot.files.values() if file.blob in wrong]
        for snapshot in snapshots
    }
    libraries = store.libraries.names_for(repo)
    return Damage(
        {snapshot: damaged for snapshot, damaged in files.items() if damaged},
        [name for name in libraries if not store.libraries.is_intact(name)],
    )


def delete_damaged(damage: Damage, store: Store) -> None:
    for snapshot, files in damage.files.items():
        for file in files:
            (snapshot.folder / file.path).unlink()
            file.blob.unlink(missing_ok=True)
    for name in damage.libraries:
        store.libraries.drop_file(name)


def repair(repo: str, damage: Damage, address: HubAddress, store: Store) -> None:
    for snapshot, files in damage.files.items():
        repair_files(snapshot, [file.path for file in files], address, store)
    with explained(repo, address):
        for name in damage.libraries:
            fetch_library(Hub(address), repo, store.libraries.path_of(name), store)
