"""Which models suit this computer: advice from the probe, in sentences a person can use."""

from collections.abc import Iterable

from localm.catalog import Build, Format, ModelRecord
from localm.files import Room
from localm.probe import Probe
from localm.records import Device

GB = 1e9
# A GPU with less than this in one buffer is a phone's, or an emulation: WebLLM's list tells which
# models such a one cannot hold ("low_resource_required").
LARGE_BUFFER_BYTES = 1 << 30
# Browsers tell memory up to this only: from here on, more may be there.
TELLABLE_MEMORY_GB = 8
# Of the computer's memory, for a model beside everything else that is open.
RECOMMENDED_SHARE = 0.5
# No browser tells how much memory a GPU has; 4 GB are common.
COMFORTABLE_GPU_MB = 3500
# An answer must not take minutes: what is recommended where only the CPU computes.
CPU_PARAMETERS = 500_000_000
SOFTWARE_ADAPTERS = ("swiftshader", "llvmpipe", "basic render")
BITS: dict[str, float] = {"q4f16_1": 4.5, "q4f32_1": 5, "q4f16": 5, "q4": 5.5, "q8": 9, "fp32": 32}


def gpu_lack(build: Build, probe: Probe) -> str:
    """Why this computer's GPU cannot run the build, in a sentence; "" when it can."""
    if not probe.webgpu:
        return probe.reason
    if build.needs_f16 and "shader-f16" not in probe.features:
        return "It needs a GPU with 16-bit floats (WebGPU's shader-f16)."
    if build.needs_large_buffers and 0 < probe.max_buffer_bytes < LARGE_BUFFER_BYTES:
        return (
            "It needs a GPU with larger buffers: this one has at most "
            f"{probe.max_buffer_bytes / GB:.1f} GB in one."
        )
    return memory_lack(build, probe)


def memory_lack(build: Build, probe: Probe) -> str:
    """Why the memory does not suffice; "" when it does, or when nobody can tell."""
    if not 0 < probe.memory_gb < TELLABLE_MEMORY_GB or not build.memory_mb:
        return ""
    needed_gb = build.memory_mb / 1000
    if needed_gb <= probe.memory_gb:
        return ""
    return f"It needs {needed_gb:.1f} GB of memory, and this computer has {probe.memory_gb:.0f} GB."


def lack(build: Build, device: Device, probe: Probe) -> str:
    """Why a build cannot run on a device of this computer; "" when it can."""
    return gpu_lack(build, probe) if device == "webgpu" else memory_lack(build, probe)


def best_build(record: ModelRecord, format: Format, device: Device, probe: Probe) -> Build | None:
    """The first build of a format for a device that can run here; else the first one at all."""
    fitting = [b for b in record.builds if b.format == format and device in b.devices]
    able = (build for build in fitting if not lack(build, device, probe))
    return next(able, fitting[0] if fitting else None)


def estimated_bytes(build: Build, parameters: int) -> float:
    """What a download takes, before the hub has been asked: parameters × bits of the dtype."""
    return parameters * BITS.get(build.dtype, 16) / 8


def room_lack(bytes: float, room: Room) -> str:
    """Why the browser's storage does not suffice; "" when it does."""
    left = room.quota - room.usage
    if not room.quota or bytes <= left:
        return ""
    return f"It needs {bytes / GB:.1f} GB of storage, and {max(0, left) / GB:.1f} GB are left."


def recommended(records: Iterable[ModelRecord], fits: dict[str, Build], probe: Probe) -> str:
    """The id of the catalogue's largest model that is comfortable here; "" for none.

    `fits` has the first rung that this computer can take, for each model that has one.
    """
    fitting = [
        one
        for one in records
        if one.origin == "catalogue" and one.id in fits and _comfortable(one, fits[one.id], probe)
    ]
    best = max(fitting, key=lambda one: one.parameters, default=None)
    return best.id if best else ""


def _comfortable(record: ModelRecord, build: Build, probe: Probe) -> bool:
    adapter = probe.adapter.lower()
    if not probe.webgpu or any(name in adapter for name in SOFTWARE_ADAPTERS):
        return record.parameters <= CPU_PARAMETERS
    memory_gb = probe.memory_gb or TELLABLE_MEMORY_GB / 2
    return build.memory_mb <= min(COMFORTABLE_GPU_MB, memory_gb * 1000 * RECOMMENDED_SHARE)
