"""The package that people install: built, installed into an environment of its own, and used."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import urllib.request
from pathlib import Path

import pytest

from build_scripts.files import ROOT, tree_hash
from build_scripts.wheel import version


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def localm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command. Its dependencies are borrowed from the environment of the tests."""
    folder = tmp_path_factory.mktemp("package")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (wheel,) = folder.glob("*.whl")
    uv = Path(sys.executable).with_name("uv")
    venv = folder / "venv"
    run(uv, "venv", "--offline", "--quiet", "--python", sys.executable, venv)
    python = venv / "bin" / "python"
    run(uv, "pip", "install", "--offline", "--quiet", "--no-deps", "--python", python, wheel)
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return venv / "bin" / "localm"


def test_installed_command_knows_its_version(localm: Path, tmp_path: Path) -> None:
    assert run(localm, "--version", cwd=tmp_path) == f"localm {version()}\n"


def test_installed_command_writes_the_site_that_it_carries(localm: Path, tmp_path: Path) -> None:
    run(localm, "build", tmp_path / "site", cwd=tmp_path)
    assert tree_hash(tmp_path / "site") == tree_hash(ROOT / "build" / "site")
    run(localm, "build", tmp_path / "site", cwd=tmp_path)


def test_installed_command_replaces_nothing_but_a_site(localm: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    done = subprocess.run([localm, "build", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "something else" in done.stderr
    assert (tmp_path / "letter.txt").exists()


def test_installed_command_never_replaces_a_page_of_somebodys_own(
    localm: Path, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("my own homepage")
    done = subprocess.run([localm, "build", "."], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert (tmp_path / "index.html").read_text() == "my own homepage"


def test_installed_command_serves_the_page_from_any_folder(localm: Path, tmp_path: Path) -> None:
    command = [str(localm), "serve", "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            found = re.search(r"http://\S+/", line)
            assert found, line
            with urllib.request.urlopen(found[0]) as answer:
                assert answer.read() == (ROOT / "build" / "site" / "index.html").read_bytes()
        finally:
            process.kill()
