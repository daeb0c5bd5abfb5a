"""The advisory probe: one cheap look at what WebGPU offers, kept for the life of the worker."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

log = logging.getLogger("localm")


@dataclass(frozen=True, slots=True)
class Probe:
    """What was seen. It spares futile attempts; it never blocks one that could work elsewhere."""

    webgpu: bool
    adapter: str = ""  # vendor and architecture
    features: tuple[str, ...] = ()
    max_buffer_bytes: int = 0
    memory_gb: float = 0  # of the computer, as far as browsers tell: 8 may be more; 0 is not known
    reason: str = ""  # why WebGPU is not usable, in a sentence; "" when it is


class ProbeOnce:
    """Looks once, at the first load attempt; whoever asks later shares what was seen."""

    def __init__(self, look: Callable[[], Awaitable[Probe]]) -> None:
        self.seen: Probe | None = None
        self.last_error: Exception | None = None
        self._look = look
        self._looking: asyncio.Task[Probe] | None = None

    async def get(self) -> Probe:
        """What the one look saw."""
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_once())
        return await asyncio.shield(self._looking)

    async def _look_once(self) -> Probe:
        try:
            self.seen = await self._look()
            log.info("probe webgpu=%s adapter=%s", self.seen.webgpu, self.seen.adapter or "none")
        except Exception as error:  # advice must not stop a load, whatever a browser throws here
            self.last_error = error
            reason = f"WebGPU could not be looked at ({' '.join(str(error).split())})."
            log.warning("probe failure error=%s", reason)
            self.seen = Probe(webgpu=False, reason=reason)
        return self.seen
