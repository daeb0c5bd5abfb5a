"""Reads the hub's cache on this computer: what `localm pull` (or another tool) put there.

The layout is huggingface_hub's: models--org--name/snapshots/<commit>/<path> is a symbolic link to
models--org--name/blobs/<hash>, and <hash> is the sha256 of an LFS file, else git's blob id. A blob
gets that name only once it is complete.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from localm.builds import SHARD_LIST
from localm.model_id import is_repository, is_revision
from localm_host.hashes import SHA256_DIGITS, hash_of_file
from localm_host.model_files import Builds, builds_in
from localm_host.notes import write_whole

PREFIX = "models--"
COMMIT = re.compile(r"[0-9a-f]{40}")
BLOB_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True)
class PulledFile:
    path: str
    blob: Path
    hash: str

    @property
    def is_lfs(self) -> bool:
        return len(self.hash) == SHA256_DIGITS

    @property
    def size(self) -> int:
        return self.blob.stat().st_size

    def is_intact(self) -> bool:
        """Rehashes all of it."""
        return hash_of_file(self.blob, len(self.hash)) == self.hash


@dataclass(frozen=True)
class Snapshot:
    """One commit of one repository, as far as it is here."""

    repo: str
    commit: str
    folder: Path

    @cached_property
    def files(self) -> dict[str, PulledFile]:
        """Every complete file, by its path in the repository."""
        return {file.path: file for file in complete_files(self.folder)}

    @cached_property
    def builds(self) -> Builds:
        """The builds of which every file is here."""
        found = builds_in(self.repo, {path: file.size for path, file in self.files.items()})
        if found.webllm is None or all(shard in self.files for shard in self.shards()):
            return found
        return found.without_webllm()

    def shards(self) -> list[str]:
        """What the list of weights names."""
        try:
            stored = json.loads(self.files[SHARD_LIST].blob.read_bytes())
            return [record["dataPath"] for record in stored["records"]]
        except (ValueError, KeyError, TypeError):
            # A damaged list: what is missing cannot be said, so say that something is.
            return [""]

    @property
    def offered(self) -> dict[str, PulledFile]:
        """The files of complete builds: what the mirror shows. Others are nobody's business."""
        wanted = self.builds.paths
        return {path: file for path, file in sorted(self.files.items()) if path in wanted}

    @property
    def size(self) -> int:
        blobs = {file.blob: file.size for file in self.files.values()}
        return sum(blobs.values())


class PulledModels:
    """The cache in `folder`, read anew at each call."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def repo_folder(self, repo: str) -> Path:
        return self.folder / f"{PREFIX}{repo.replace('/', '--')}"

    def repos(self) -> list[str]:
        names = [path.name for path in self.folder.glob(f"{PREFIX}*") if path.is_dir()]
        repos = [name.removeprefix(PREFIX).replace("--", "/", 1) for name in names]
        return sorted((repo for repo in repos if is_repository(repo)), key=str.lower)

    def has(self, repo: str) -> bool:
        return is_repository(repo) and self.repo_folder(repo).is_dir()

    def snapshots(self, repo: str) -> list[Snapshot]:
        """Newest first."""
        folders = self.repo_folder(repo).glob("snapshots/*")
        commits = [path for path in folders if COMMIT.fullmatch(path.name) and path.is_dir()]
        commits.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        return [Snapshot(repo, path.name, path) for path in commits]

    def snapshot(self, repo: str, revision: str) -> Snapshot | None:
        """A commit, or what a branch's name stood for when it was pulled.

        For `main` without such a note, the newest snapshot: it was pulled by another name.
        """
        if not is_repository(repo):
            return None
        snapshots = self.snapshots(repo)
        commit = self.commit(repo, revision)
        found = next((snapshot for snapshot in snapshots if snapshot.commit == commit), None)
        if found is None and revision == "main":
            return next(iter(snapshots), None)
        return found

    def commit(self, repo: str, revision: str) -> str | None:
        if COMMIT.fullmatch(revision):
            return revision
        if not is_revision(revision):
            return None
        ref = self.repo_folder(repo) / "refs" / revision
        return ref.read_text(encoding="ascii", errors="replace") if ref.is_file() else None

    def note_commit(self, repo: str, revision: str, commit: str) -> None:
        """What a branch's name stands for, as `commit` reads it."""
        ref = self.repo_folder(repo) / "refs" / revision
        ref.parent.mkdir(parents=True, exist_ok=True)
        write_whole(ref, commit.encode())


def complete_files(snapshot: Path) -> Iterator[PulledFile]:
    """The snapshot's links to blobs of the same repository. Whatever else lies there is ignored."""
    blobs = Path(os.path.realpath(snapshot.parent.parent / "blobs"))
    for folder, _, names in os.walk(snapshot):
        for name in names:
            link = Path(folder) / name
            blob = Path(os.path.realpath(link))
            inside = blob.parent == blobs and BLOB_NAME.fullmatch(blob.name) is not None
            if link.is_symlink() and inside and blob.is_file():
                yield PulledFile(link.relative_to(snapshot).as_posix(), blob, blob.name)
