"""The probe looks once, and what it saw is advice."""

import asyncio
import logging

import pytest

from localm.probe import Probe, ProbeOnce
from localm.protocol import PROTOCOL_VERSION
from tests.unit.fake_engine import FakePage, two_engines


async def test_three_loads_look_once() -> None:
    looks: list[int] = []

    async def look() -> Probe:
        looks.append(1)
        return Probe(webgpu=True)

    page = FakePage(two_engines(), look=look)
    assert looks == []
    for id, model in [("1", "guide"), ("2", "other"), ("3", "guide")]:
        page.load(id, model)
        await page.result(id)
    assert len(looks) == 1


async def test_concurrent_requests_share_the_look() -> None:
    gate, looks = asyncio.Event(), 0

    async def look() -> Probe:
        nonlocal looks
        looks += 1
        await gate.wait()
        return Probe(webgpu=True)

    probe = ProbeOnce(look)
    asking = [asyncio.create_task(probe.get()) for _ in range(3)]
    await asyncio.sleep(0)
    gate.set()
    first, *others = await asyncio.gather(*asking)
    assert all(other is first for other in others)
    assert looks == 1
    assert probe.seen is first


async def test_look_that_raises_is_no_webgpu_and_one_log_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def look() -> Probe:
        raise RuntimeError("adapter\nexploded")

    probe = ProbeOnce(look)
    with caplog.at_level(logging.INFO, "localm"):
        seen = await probe.get()
    assert not seen.webgpu
    assert "adapter exploded" in seen.reason
    assert isinstance(probe.last_error, RuntimeError)
    assert len(caplog.messages) == 1
    assert await probe.get() is seen


async def test_ready_tells_what_was_seen_once_something_was() -> None:
    page = FakePage(two_engines())
    assert page.posted[0]["probe"] is None
    page.load("1")
    await page.result("1")
    page.send("hello", version=PROTOCOL_VERSION, hub="")
    assert page.posted[-1]["probe"]["adapter"] == "fake"
