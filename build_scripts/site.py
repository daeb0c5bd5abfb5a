"""Builds the site: one folder that any static host can serve, also below a sub-path.

    python -m build_scripts.site OUT

docs/architecture.md draws the layout of that folder and the shape of its site.js.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build_scripts import vendor, wheel
from build_scripts.compress import compress_tree
from build_scripts.files import (
    ROOT,
    STATIC,
    WEB,
    BuildError,
    copy,
    files_under,
    sha256,
    sha256_of,
    tree_hash,
    write,
)
from build_scripts.models import copy_models
from build_scripts.precache import write_precache
from localm.hub_address import DEFAULT_HUB
from localm_host.hub_address import hub_json
from localm_host.out_folder import OutError, replacing

SOURCES = ("web", "static", "pyapp", "build_scripts")
NOT_SERVED = ("node_modules", "not_needed", "service_worker.js")

HUB = {
    "address": "https://huggingface.co",
    "file_hosts": ["https://*.huggingface.co", "https://*.hf.co"],
    "libraries": "https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/",
    "mirror": False,
}


@dataclass
class Site:
    """One build on its way: where it is written, and what site.js will say."""

    out: Path
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def app(self) -> Path:
        """The app's folder; its final name waits until its content is known."""
        return self.out / "app"


def build(out: Path) -> None:
    """The steps, in order. OUT is replaced only when all of them went well."""
    refuse_sources(out)
    with replacing(out) as new:
        site = Site(new)
        add_vendored_libraries(site)
        add_models(site)
        add_sources(site)
        add_page_libraries(site)
        add_python(site)
        add_site_values(site)
        name_app_by_content(site)
        add_index(site)
        add_hub(site)
        add_notices(site)
        write_precache(site.out)
        add_service_worker(site)
        compress_tree(site.out)
        add_hub_address(site)


def refuse_sources(out: Path) -> None:
    """A site there would be built into the next one."""
    if any(out.is_relative_to(ROOT / name) for name in SOURCES):
        raise BuildError(f"{out} is among localm's sources: choose another folder.")


def add_vendored_libraries(site: Site) -> None:
    folder = site.out / "vendor"
    vendor.vendor_for_worker(folder)
    vendor.vendor_for_service_worker(folder)
    site.values |= {
        "pyodide": f"../vendor/{vendor.PYODIDE.folder}/",
        "webllm": f"../vendor/{vendor.WEB_LLM.folder}/index.js",
        "transformers": f"../vendor/{vendor.TRANSFORMERS.folder}/transformers.min.js",
        "ort": f"../vendor/{vendor.ONNX_RUNTIME.folder}/",
        "hashes": f"../vendor/{vendor.HASH_WASM.folder}/",
    }


def add_models(site: Site) -> None:
    site.values["models"] = copy_models(site.out)


def add_sources(site: Site) -> None:
    """web/'s JavaScript and static/'s files, as they are: no bundler."""
    for path in files_under(WEB):
        name = path.relative_to(WEB)
        if name.parts[0] not in NOT_SERVED and path.suffix in (".js", ".mjs"):
            copy(path, site.app / name)
    for path in files_under(STATIC):
        name = path.relative_to(STATIC)
        if name.parts[0] != "models" and name.name != "index.html":
            copy(path, site.app / name)


def add_page_libraries(site: Site) -> None:
    vendor.vendor_for_page(site.app / "libraries")


def add_python(site: Site) -> None:
    """Our wheel, micropip's, and the lock with which Pyodide finds the latter."""
    ours = wheel.build_wheel(site.app / "python")
    micropip = vendor.micropip_wheel()
    folder = vendor.micropip_folder(micropip)
    pyodide = site.out / "vendor" / vendor.PYODIDE.folder
    site.values |= {
        "version": wheel.version(),
        "wheel": f"python/{ours.name}",
        "micropip": f"../vendor/{folder}/{micropip.name}",
        "lock": pyodide_lock(micropip, folder),
        "snapshotKey": sha256(f"{tree_hash(pyodide)} {sha256_of(ours)}".encode())[:16],
    }


def pyodide_lock(micropip: Path, folder: str) -> dict[str, Any]:
    """Pyodide's own lock, with micropip alone; file_name is relative to Pyodide's folder."""
    theirs = json.loads((vendor.PYODIDE.source / "pyodide-lock.json").read_text(encoding="utf-8"))
    entry = theirs["packages"]["micropip"] | {
        "version": folder.removeprefix("micropip-"),
        "file_name": f"../{folder}/{micropip.name}",
        "sha256": sha256_of(micropip),
    }
    return {"info": theirs["info"], "packages": {"micropip": entry}}


def add_site_values(site: Site) -> None:
    """`build` names the app's content, so it is a hash over everything but itself."""
    text = json.dumps(site.values, sort_keys=True)
    content = tree_hash(site.app) + tree_hash(site.out / "vendor")
    site.values["build"] = sha256((text + content).encode())[:12]
    text = json.dumps(site.values, indent=2, sort_keys=True)
    header = "// Generated by build_scripts/site.py. URLs are relative to this file's folder.\n"
    write(site.app / "site.js", f"{header}export const site = {text};\n")


def name_app_by_content(site: Site) -> None:
    site.app.rename(site.out / f"app-{site.values['build']}")


def add_index(site: Site) -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    write(site.out / "index.html", page.replace("{{app}}", f"app-{site.values['build']}"))


def add_hub(site: Site) -> None:
    """Where models come from; `localm serve` answers it with values of its own."""
    write(site.out / "hub.json", json.dumps(HUB, indent=2) + "\n")


def add_notices(site: Site) -> None:
    copy(ROOT / "LICENSE", site.out / "LICENSE")
    copy(ROOT / "THIRD_PARTY_NOTICES.md", site.out / "THIRD_PARTY_NOTICES.md")


def add_service_worker(site: Site) -> None:
    """Browsers look for a new version by comparing this file: so it names every file's content."""
    text = (WEB / "service_worker.js").read_text(encoding="utf-8")
    (app,) = site.out.glob("app-*")
    (workbox,) = site.out.glob("vendor/workbox-*")
    filled = {
        '"{{files}}"': (site.out / "precache.json").read_text(encoding="utf-8").strip(),
        "{{workbox}}": f"vendor/{workbox.name}",
        "{{app}}": app.name,
    }
    for name, value in filled.items():
        text = text.replace(name, value)
    write(site.out / "service_worker.js", text)


def add_hub_address(site: Site) -> None:
    """Last: it is not precached or compressed, so whoever hosts the site may write another hub."""
    write(site.out / "hub.json", hub_json(DEFAULT_HUB, mirror=False))


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m build_scripts.site OUT", file=sys.stderr)
        return 2
    started = time.monotonic()
    out = Path(arguments[0]).resolve()
    try:
        build(out)
    except (BuildError, OutError) as error:
        print(f"The site was not built. {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The site was not built. {error.strerror}: {error.filename}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"Built {out.name}/ in {time.monotonic() - started:.1f} s.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
