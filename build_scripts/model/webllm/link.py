"""Link the compiled model and TVM's runtime into one WebAssembly library."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

FLAGS = (
    "-O2",
    "--no-entry",
    "-sSTANDALONE_WASM=1",
    "-sWASM_BIGINT=1",
    "-sALLOW_MEMORY_GROWTH=1",
    "-sTOTAL_MEMORY=160MB",
    # tvmjs provides these when it instantiates the library.
    "-sERROR_ON_UNDEFINED_SYMBOLS=0",
    "-sWARN_ON_UNDEFINED_SYMBOLS=0",
)

Link = Callable[..., None]


def linker(runtime: Sequence[Path]) -> Link:
    """A link function for TVM's export_library, over the runtime's object files."""

    def link(output: str, objects: Sequence[str], **_options: object) -> None:
        command = ["emcc", *FLAGS, "-o", output, *map(str, runtime), *objects]
        subprocess.run(command, check=True)
        Path(output).chmod(0o644)

    # TVM's bitcode is newer than Debian's emscripten can read; object files are not.
    link.object_format = "o"  # type: ignore[attr-defined]
    return link
