"""Model records: one per logical model, with its builds for each engine.

`catalogue.json` is the table of the models that localm offers. Their WebLLM builds, with the memory
they need, come from WebLLM's own list (`webllm_models.json`, written by
build_scripts/webllm_models.py from the pinned package). docs/models.md says where the rest was
read, what could not be tried, and how to add a line.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any, Literal

from localm.model_info import Origin
from localm.reasoning import can_switch_reasoning
from localm.records import Device

Format = Literal["mlc", "onnx"]


def _table(name: str) -> list[dict[str, Any]]:
    return list(json.loads(files("localm").joinpath(name).read_text(encoding="utf-8")))


# Read at the import, because a memory snapshot holds modules and no files.
ENTRIES = _table("catalogue.json")
WEBLLM_MODELS = _table("webllm_models.json")
# Those with a manifest of their own see pictures too, and are loaded in another way.
PLAIN = [one for one in WEBLLM_MODELS if not one["manifest"]]
DEFAULT_CONTEXT_WINDOW = 4096
GPU: tuple[Device, ...] = ("webgpu",)
GPU_AND_CPU: tuple[Device, ...] = ("webgpu", "wasm")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file that comes with the site."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Build:
    """One dtype of a model in one format: what an engine needs of a repository."""

    format: Format
    dtype: str  # "q4f16_1" (MLC), "q8" (ONNX)
    repository: str  # "org/name"; "local/<name>" for a folder of this computer
    devices: tuple[Device, ...] = GPU
    revision: str = "main"  # a branch, a tag or a commit
    library: str = (
        ""  # MLC: its file's path below the libraries' address; "" when it is with the weights
    )
    memory_mb: float = 0  # 0: not known
    needs_large_buffers: bool = False  # WebLLM's own list: not for phones and their like
    overrides: tuple[tuple[str, int], ...] = ()  # of WebLLM's configuration
    site_url: str = ""  # the folder's absolute URL, for a build that comes with the site
    site_files: tuple[SiteFile, ...] = ()

    @property
    def needs_f16(self) -> bool:
        """Whether the GPU must have 16-bit floats. WebLLM declares it for a few models only."""
        return re.search("f16|fp16", self.dtype) is not None

    @property
    def key(self) -> str:
        """Names the build among all: two records with an equal one share its files."""
        at = "" if self.revision == "main" else f"@{self.revision}"
        return f"{self.repository}{at}/{self.format}-{self.dtype}"


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """One logical model. `builds` stand in the order of preference within each engine."""

    id: str
    name: str
    parameters: int  # 0: not known
    license: str
    context_window: int  # tokens
    builds: tuple[Build, ...] = ()
    origin: Origin = "catalogue"
    default_temperature: float = 0.7
    default_top_p: float = 0.95
    default_max_tokens: int = 1024

    @property
    def reasoning(self) -> bool:
        """Whether it thinks before it answers, and its chat template can switch that."""
        return can_switch_reasoning(self.name)

    @property
    def embedded(self) -> bool:
        """Whether it comes with the site."""
        return self.origin == "site"

    @property
    def page_repository(self) -> str:
        """The repository whose page describes the model; "" for one that is on no hub."""
        on_hub = self.origin in ("catalogue", "hub")
        return self.builds[-1].repository if on_hub and self.builds else ""


def catalogue() -> list[ModelRecord]:
    """The records of all models that can be fetched, smallest first."""
    return [_record(entry) for entry in ENTRIES]


def _record(entry: dict[str, Any]) -> ModelRecord:
    mlc = [webllm_build(f"{entry['webllm']}-{dtype}-MLC") for dtype in ("q4f16_1", "q4f32_1")]
    return ModelRecord(
        id=entry["webllm"],
        name=entry["name"],
        parameters=entry["parameters"],
        license=entry["license"],
        context_window=DEFAULT_CONTEXT_WINDOW,
        builds=(*mlc, *_onnx_builds(entry)),
    )


def _onnx_builds(entry: dict[str, Any]) -> list[Build]:
    """One for each dtype, with the devices that it is meant for."""
    wanted: dict[Device, list[str]] = {"webgpu": entry["onnx_gpu"], "wasm": entry["onnx_cpu"]}
    return [
        Build("onnx", dtype, entry["onnx"], tuple(d for d in GPU_AND_CPU if dtype in wanted[d]))
        for dtype in dict.fromkeys(entry["onnx_gpu"] + entry["onnx_cpu"])
    ]


def webllm_build(model_id: str) -> Build:
    """The build that WebLLM's own list has under this id. Raises KeyError."""
    for one in WEBLLM_MODELS:
        if one["model_id"] == model_id:
            return _listed_build(one)
    raise KeyError(model_id)


def known_library(repository: str) -> Build | None:
    """WebLLM's build of this very repository: it alone says which library fits the weights."""
    found = (one for one in PLAIN if one["repo"].lower() == repository.lower())
    return next((_listed_build(one) for one in found), None)


def _listed_build(one: dict[str, Any]) -> Build:
    return Build(
        "mlc",
        mlc_dtype(one["model_id"]),
        one["repo"],
        library=one["library"],
        memory_mb=one["memory_mb"],
        needs_large_buffers=not one["low_resource"],
        overrides=tuple(one["overrides"].items()),
    )


def mlc_dtype(model_id: str) -> str:
    """MLC's quantization suffix in a model's name, such as q4f16_1; "" without one."""
    found = re.search(r"(?:^|[-_.])(q\d(?:bf|f)\d+(?:_\d)?)(?=$|[-_.])", model_id)
    return found[1] if found else ""


def embedded_record(builds: dict[str, Any]) -> ModelRecord:
    """The record of Guide, the model that comes with the site.

    `builds` has for `mlc` and `onnx` each {url: the folder's absolute URL, files: [{path, bytes,
    sha256}]}.
    """
    return ModelRecord(
        id="guide",
        name="Guide",
        parameters=1_968_064,
        license="Apache-2.0",
        context_window=1024,
        builds=(
            _site_build("mlc", "q0f32", GPU, builds["mlc"]),
            _site_build("onnx", "fp32", GPU_AND_CPU, builds["onnx"]),
        ),
        origin="site",
        default_temperature=0.0,  # so small a model is at its best when greedy
        default_top_p=1.0,
        default_max_tokens=256,
    )


def _site_build(format: Format, dtype: str, devices: tuple[Device, ...], of: Any) -> Build:
    listed = tuple(SiteFile(**one) for one in of["files"])
    return Build(format, dtype, "site/guide", devices, site_url=of["url"], site_files=listed)


def smaller_model(records: Iterable[ModelRecord], than: ModelRecord) -> ModelRecord | None:
    """The next smaller model, which is offered when memory was short."""
    sized = [one for one in records if one.parameters and one.id != than.id]
    if than.parameters:
        sized = [one for one in sized if one.parameters < than.parameters]
    return max(sized, key=lambda one: one.parameters, default=None)


def record_to_json(record: ModelRecord) -> dict[str, Any]:
    """The record as a manifest keeps it."""
    return asdict(record)


def record_from_json(data: dict[str, Any]) -> ModelRecord:
    """The record that a manifest kept. Raises TypeError or KeyError for anything else."""
    return ModelRecord(**data | {"builds": builds_from_json(data["builds"])})


def builds_from_json(items: Sequence[dict[str, Any]]) -> tuple[Build, ...]:
    """Builds as `record_to_json` wrote them; those of the site are never kept."""
    return tuple(map(_build_from_json, items))


def _build_from_json(data: dict[str, Any]) -> Build:
    tuples = {
        "devices": tuple(data["devices"]),
        "overrides": tuple((name, value) for name, value in data["overrides"]),
        "site_files": (),
    }
    return Build(**data | tuples)
