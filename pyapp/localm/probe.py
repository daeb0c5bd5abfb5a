"""The advisory probe: one cheap look at what WebGPU offers, kept for the life of the worker."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Probe:
    """What was seen. It spares futile attempts; it never blocks one that could work elsewhere."""

    webgpu: bool
    adapter: str = ""  # vendor and architecture
    features: tuple[str, ...] = ()
    max_buffer_bytes: int = 0
    reason: str = ""  # why WebGPU is not usable, in a sentence; "" when it is
