"""TVM's WebAssembly runtime, compiled once from the sources in the apache-tvm wheel.

The wheel carries the sources but not all the headers they include; `shim/` has those, written for
this project. Everything is copied into one tree and compiled with relative paths, so that no
path of this machine ends up in the library.
"""

import hashlib
import importlib.metadata
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

SHIM = Path(__file__).parent / "shim"
UNITS = ("wasm_runtime", "webgpu_runtime", "entry_points")
# What wasm_runtime.cc includes and no page calls: remote sessions, and a sort on the CPU.
LEFT_OUT = (
    "rpc/rpc_channel.cc",
    "rpc/rpc_endpoint.cc",
    "rpc/rpc_event_impl.cc",
    "rpc/rpc_local_session.cc",
    "rpc/rpc_module.cc",
    "rpc/rpc_session.cc",
    "extra/contrib/sort/sort.cc",
)
FLAGS = (
    "-Os",
    "-std=c++17",
    "-I.",
    "-Iinclude",
    "-I3rdparty/tvm-ffi/include",
    "-Wno-ignored-attributes",
)


def runtime_objects(cache_dir: Path) -> list[Path]:
    """Object files of the runtime; compiled (about a minute) when the cache has none for these."""
    home = cache_dir / _fingerprint()
    objects = [home / f"{unit}.o" for unit in UNITS]
    if not all(path.exists() for path in objects):
        tree = home / "tree"
        _lay_out(tree)
        for unit, path in zip(UNITS, objects, strict=True):
            _compile(tree, unit, path)
        shutil.rmtree(tree)
    return objects


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for package in ("apache-tvm", "apache-tvm-ffi"):
        digest.update(importlib.metadata.version(package).encode())
    digest.update(subprocess.run(["emcc", "--version"], check=True, capture_output=True).stdout)
    digest.update(repr((UNITS, LEFT_OUT, FLAGS)).encode())
    for path in sorted(path for path in SHIM.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(SHIM)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _package_dir(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed: see requirements for the model")
    return Path(spec.origin).parent


def _lay_out(tree: Path) -> None:
    """The source tree that the wheels were made from, as far as the runtime needs it."""
    shutil.rmtree(tree, ignore_errors=True)
    tvm, ffi = _package_dir("tvm"), _package_dir("tvm_ffi")
    shutil.copytree(tvm / "src" / "runtime", tree / "src" / "runtime")
    shutil.copytree(tvm / "include", tree / "include")
    shutil.copytree(tvm / "web" / "emcc", tree / "web" / "emcc")
    shutil.copytree(ffi / "src", tree / "3rdparty" / "tvm-ffi" / "src")
    shutil.copytree(ffi / "include", tree / "3rdparty" / "tvm-ffi" / "include")
    for name in LEFT_OUT:
        (tree / "src" / "runtime" / name).write_text("")
    shutil.copytree(SHIM, tree, dirs_exist_ok=True)


def _compile(tree: Path, unit: str, path: Path) -> None:
    partial = path.with_suffix(".partial.o")
    command = ["emcc", *FLAGS, "-c", f"web/emcc/{unit}.cc", "-o", str(partial.resolve())]
    subprocess.run(command, cwd=tree, check=True)
    partial.rename(path)
