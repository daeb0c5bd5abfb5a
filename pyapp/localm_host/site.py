"""Finds the built site: the one that an installed package carries, or the checkout's own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from localm_host.out_folder import refuse_foreign, replacing

PACKAGE = Path(__file__).resolve().parent
PACKAGED = PACKAGE / "site"
CHECKOUT = PACKAGE.parent.parent


class SiteError(Exception):
    """There is no site to serve; the message says why and what to do next."""


def find_site() -> Path:
    """The folder to serve, when none was named."""
    if is_site(PACKAGED):
        return PACKAGED
    dist = CHECKOUT / "dist"
    build_site(dist)
    return dist


def named_site(folder: Path) -> Path:
    """The folder that --site names."""
    if not is_site(folder):
        raise SiteError(f"{folder} holds no built site. Make one: localm build {folder}")
    return folder


def build_site(out: Path) -> None:
    """Writes the site to `out`: a copy of the packaged one, or built from the checkout.

    A build over an unchanged checkout takes a second, so nothing tries to guess what is stale.
    """
    if is_site(PACKAGED):
        copy_site(out.resolve())
    elif (CHECKOUT / "build_scripts" / "site.py").exists():
        run_build(out.resolve())
    else:
        raise SiteError("This installation of localm carries no site. Install localm again.")


def is_site(folder: Path) -> bool:
    return (folder / "index.html").is_file()


def copy_site(out: Path) -> None:
    with replacing(out) as new:
        shutil.copytree(PACKAGED, new)


def run_build(out: Path) -> None:
    """In a process of its own: the build's libraries are not the server's."""
    refuse_foreign(out)
    command = [sys.executable, "-m", "build_scripts.site", str(out)]
    if subprocess.run(command, cwd=CHECKOUT, check=False).returncode != 0:
        raise SiteError("The site could not be built (see above). `make serve` sets everything up.")
