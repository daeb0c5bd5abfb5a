"""Where a site may be written: in the place of a site, and never of anything of somebody's own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from localm_host.out_folder import OutError, replacing

LISTED = {"index.html": "page", "app-0123/page/main.js": "script"}
UNLISTED = ("LICENSE", "service_worker.js", "hub.json", "index.html.br", "vendor/x-1/LICENSE")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    write_site(folder)
    return folder


def write_site(folder: Path, page: str = "page") -> None:
    for name, content in {**LISTED, "index.html": page, **dict.fromkeys(UNLISTED, "")}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    listing = json.dumps([{"path": name} for name in LISTED])
    (folder / "precache.json").write_text(listing)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def write_over(out: Path) -> None:
    with replacing(out) as new:
        write_site(new, "newer page")


def test_a_site_is_replaced_and_nothing_stays_beside_it(out: Path) -> None:
    write_over(out)
    assert (out / "index.html").read_text() == "newer page"
    assert list(out.parent.iterdir()) == [out]


def test_an_equal_site_stays(out: Path) -> None:
    before = out.stat().st_ino
    with replacing(out) as new:
        write_site(new)
    assert out.stat().st_ino == before


@pytest.mark.parametrize("exists", [True, False])
def test_an_empty_or_new_folder_becomes_a_site(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "deep" / "site"
    if exists:
        folder.mkdir(parents=True)
    write_over(folder)
    assert (folder / "index.html").exists()


@pytest.mark.parametrize(
    "files",
    [
        {"letter.txt": "dear"},
        {"index.html": "my own homepage"},
        {"index.html": "mine", "precache.json": '["index.html"]'},
        {"index.html": "mine", "precache.json": "not JSON"},
        {"LICENSE": "mine"},
        {".hidden": "mine"},
        {"deep/down/letter.txt": "dear"},
    ],
)
def test_a_foreign_folder_is_refused_untouched_before_anything_is_built(
    tmp_path: Path, files: dict[str, str]
) -> None:
    folder = tmp_path / "Documents"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    with pytest.raises(OutError, match="something else than a built site"), replacing(folder):
        raise AssertionError("built")
    assert contents(folder) == files
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("name", ["CNAME", ".git/config", "app-0123/notes.txt", "notes.br"])
def test_a_site_with_one_file_of_somebodys_own_stays(out: Path, name: str) -> None:
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine")
    before = contents(out)
    with pytest.raises(OutError, match=Path(name).name):
        write_over(out)
    assert contents(out) == before


def test_a_file_that_came_while_building_is_seen(out: Path) -> None:
    def build() -> None:
        with replacing(out) as new:
            write_site(new, "newer page")
            (out / "late.txt").touch()

    with pytest.raises(OutError, match="late"):
        build()
    assert (out / "index.html").read_text() == "page"


def test_a_link_in_a_site_is_somebodys_own(out: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (out / "link").symlink_to(tmp_path / "precious")
    with pytest.raises(OutError, match="link"):
        write_over(out)


def test_a_failed_build_leaves_the_site_and_nothing_else(out: Path) -> None:
    def build() -> None:
        with replacing(out) as new:
            write_site(new, "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build()
    assert (out / "index.html").read_text() == "page"
    assert list(out.parent.iterdir()) == [out]


def test_a_failed_swap_brings_the_site_back(out: Path) -> None:
    with pytest.raises(OutError, match="cannot be written"), replacing(out):
        pass  # nothing new is there to be swapped in
    assert (out / "index.html").read_text() == "page"
    assert list(out.parent.iterdir()) == [out]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutError, match="is a file"):
        write_over(tmp_path / "file")
    with pytest.raises(OutError, match="cannot be written"):
        write_over(tmp_path / "file" / "site")


@pytest.mark.skipif(
    os.geteuid() == 0, reason="the superuser may write everywhere: run as another user"
)
def test_a_folder_without_rights_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutError, match="cannot be written"):
        write_over(tmp_path / "site")
