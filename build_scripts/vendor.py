"""Copies what the browser needs of each pinned library, and nothing else, into the site.

web/package-lock.json and requirements/browser.txt pin the libraries with their hashes; this module
says which of their files are used, and puts every licence beside them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from build_scripts.files import CACHE, ROOT, WEB, BuildError, copy, sha256_of, write

REQUIREMENT = ROOT / "requirements" / "browser.txt"
LICENCES = Path(__file__).parent / "licences"

# Of highlight.js: what people ask a model for. web/page/code_languages.js knows their other names.
GRAMMARS = (
    "bash c cmake cpp csharp css dart diff dockerfile go graphql haskell ini java javascript json "
    "julia kotlin latex lua makefile markdown objectivec perl php powershell python r ruby rust "
    "scala scss sql swift typescript xml yaml"
)
FONTS = (
    "AMS-Regular Caligraphic-Bold Caligraphic-Regular Fraktur-Bold Fraktur-Regular Main-Bold "
    "Main-BoldItalic Main-Italic Main-Regular Math-BoldItalic Math-Italic SansSerif-Bold "
    "SansSerif-Italic SansSerif-Regular Script-Regular Size1-Regular Size2-Regular Size3-Regular "
    "Size4-Regular Typewriter-Regular"
)


@dataclass(frozen=True)
class Library:
    """One npm package, the files that the site takes from it, and why those."""

    package: str
    files: tuple[str, ...]
    why: str
    licence: str | None = None  # a file in build_scripts/licences, where the package has none
    name: str = ""  # of its one file in the site, where its own says nothing
    below: str = ""  # the folder of the package whose inner order the site keeps
    into: str = ""  # the folder of its own among the page's libraries

    @property
    def folder(self) -> str:
        return f"{self.package.split('/')[-1]}-{self.version}"

    @property
    def version(self) -> str:
        return pinned_version(self.package)

    def place(self, name: str) -> Path:
        """Where one of `files` stands in the library's folder of the site."""
        return (
            Path(name).relative_to(self.below) if self.below else Path(self.name or Path(name).name)
        )

    @property
    def source(self) -> Path:
        return WEB / "node_modules" / self.package


PYODIDE = Library(
    "pyodide",
    ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"),
    "CPython in the worker; no lock file, because ours is in site.js",
    "pyodide.txt",
)
WEB_LLM = Library(
    "@mlc-ai/web-llm", ("lib/index.js",), "the engine on WebGPU; one self-contained module"
)
TRANSFORMERS = Library(
    "@huggingface/transformers",
    ("dist/transformers.min.js",),
    "the fall-back engine; carries ONNX Runtime's JavaScript",
)
ONNX_RUNTIME = Library(
    "onnxruntime-web",
    (
        "dist/ort-wasm-simd-threaded.mjs",
        "dist/ort-wasm-simd-threaded.wasm",
        "dist/ort-wasm-simd-threaded.asyncify.mjs",
        "dist/ort-wasm-simd-threaded.asyncify.wasm",
    ),
    "plain for the CPU (twice as fast there), asyncify for WebGPU",
    "onnxruntime.txt",
)
HASH_WASM = Library(
    "hash-wasm",
    ("dist/sha256.umd.min.js", "dist/sha1.umd.min.js"),
    "hashes over bytes as they pass, whose state can be saved; SHA-1 is Git's",
)
WORKER_LIBRARIES = (PYODIDE, WEB_LLM, TRANSFORMERS, ONNX_RUNTIME, HASH_WASM)

MARKED = Library("marked", ("lib/marked.esm.js",), "Markdown of an answer to HTML")
DOMPURIFY = Library("dompurify", ("dist/purify.es.mjs",), "what a model writes is inert")
IDB = Library(
    "idb",
    ("build/index.js",),
    "IndexedDB with promises: the kept conversations",
    name="idb.js",
)
HIGHLIGHT = Library(
    "@highlightjs/cdn-assets",
    ("es/core.min.js", *(f"es/languages/{name}.min.js" for name in GRAMMARS.split())),
    "colours in code, one small module for each language; fetched with the first finished block",
    below="es",
    into="highlight",
)
KATEX = Library(
    "katex",
    (
        "dist/katex.mjs",
        "dist/katex.min.css",
        *(f"dist/fonts/KaTeX_{name}.woff2" for name in FONTS.split()),
    ),
    "typesets math, with its own fonts; fetched with the first formula",
    below="dist",
    into="katex",
)
PAGE_LIBRARIES = (MARKED, DOMPURIFY, IDB, HIGHLIGHT, KATEX)

# Ready-made scripts, in the order in which each needs the ones before it.
WORKBOX_LIBRARIES = tuple(
    Library(f"workbox-{name}", (f"build/workbox-{name}.prod.js",), why)
    for name, why in (
        ("core", "names the caches; what the other three stand on"),
        ("routing", "which request is answered how"),
        ("strategies", "network first for hub.json; precaching stands on it"),
        ("precaching", "keeps a version's files, lets go of an older one's, answers with them"),
    )
)


def pinned_version(package: str) -> str:
    """The version that web/package.json pins; an error unless exactly that one is installed."""
    pins = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]
    manifest = WEB / "node_modules" / package / "package.json"
    if not manifest.exists():
        raise BuildError(f"{package} is not installed. Run `npm ci` in web/, or `make build`.")
    installed = str(json.loads(manifest.read_text(encoding="utf-8"))["version"])
    if installed != pins[package]:
        raise BuildError(
            f"{package} is {installed}, but {pins[package]} is pinned. Run `npm ci` in web/."
        )
    return installed


def micropip_wheel() -> Path:
    """micropip's wheel: for what users add later. Downloaded once, checked at every build."""
    name, digest = pinned_micropip()
    wheel = CACHE / "micropip" / name
    if not (wheel.exists() and sha256_of(wheel) == digest):
        download_micropip(wheel.parent)
    if not (wheel.exists() and sha256_of(wheel) == digest):
        raise BuildError(f"{name} is not the file that requirements/browser.txt pins.")
    return wheel


def pinned_micropip() -> tuple[str, str]:
    """The wheel's name and hash, as requirements/browser.txt has them."""
    text = REQUIREMENT.read_text(encoding="utf-8")
    found = re.search(r"^micropip==(\S+).*?--hash=sha256:([0-9a-f]{64})", text, re.S | re.M)
    if found is None:
        raise BuildError("requirements/browser.txt pins no micropip with a sha256.")
    return f"micropip-{found[1]}-py3-none-any.whl", found[2]


def download_micropip(folder: Path) -> None:
    # For Pyodide's Python, not for the one that runs this script.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--require-hashes", "--python-version", "3.14", "--only-binary=:all:"]
    command += ["--dest", str(folder), "--requirement", str(REQUIREMENT)]
    if subprocess.run(command, check=False).returncode != 0:
        raise BuildError("micropip could not be downloaded (see above). Try again when online.")


def vendor_for_worker(vendor: Path) -> None:
    """vendor/<name>-<version>/ for every library that the worker loads by URL."""
    for library in WORKER_LIBRARIES:
        copy_library(library, vendor / library.folder)
    wheel = micropip_wheel()
    folder = vendor / micropip_folder(wheel)
    copy(wheel, folder / wheel.name)
    write(folder / "LICENSE", licence_in_wheel(wheel))


def micropip_folder(wheel: Path) -> str:
    return "-".join(wheel.name.split("-")[:2])


def vendor_for_service_worker(vendor: Path) -> None:
    """Workbox's packages, which share a version and a licence, side by side."""
    for library in WORKBOX_LIBRARIES:
        copy_library(library, vendor / workbox_folder())


def workbox_folder() -> str:
    """An error unless all of them have one version: they reach into each other."""
    (version,) = {library.version for library in WORKBOX_LIBRARIES}
    return f"workbox-{version}"


def vendor_for_page(libraries: Path) -> None:
    """The page's small libraries: side by side in one folder, larger ones in one of their own."""
    for library in PAGE_LIBRARIES:
        copy_files(library, libraries / library.into)
        name = f"{library.into}/" if library.into else f"{library.package}."
        write(libraries / f"{name}LICENSE", licence_text(library))


def copy_library(library: Library, folder: Path) -> None:
    copy_files(library, folder)
    write(folder / "LICENSE", licence_text(library))


def copy_files(library: Library, folder: Path) -> None:
    for name in library.files:
        if not (library.source / name).is_file():
            raise BuildError(f"{library.package} lacks {name}. Run `npm ci` in web/ again.")
        copy(library.source / name, folder / library.place(name))


def licence_text(library: Library) -> str:
    """The package's own licence files, or ours where its archive forgets them."""
    if library.licence:
        return (LICENCES / library.licence).read_text(encoding="utf-8")
    found = sorted(library.source.glob("LICENSE*"))
    if not found:
        raise BuildError(
            f"{library.package} carries no licence: add one to build_scripts/licences."
        )
    return "\n\n".join(path.read_text(encoding="utf-8") for path in found)


def licence_in_wheel(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("licenses/LICENSE"))
        return archive.read(name).decode()
