"""How a request waits, in line or for a load, and how it stops waiting when it is cancelled.

Nothing here cancels a task: a Python task that awaits a JavaScript promise must run to its end.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from localm.engines.contract import CancelToken
from localm.errors import Cancelled

T = TypeVar("T")


def settle(future: "asyncio.Future[bool]", value: bool) -> None:
    """Set the result, unless the future has one."""
    if not future.done():
        future.set_result(value)


async def unless_cancelled(task: "asyncio.Task[T]", cancel: CancelToken) -> T:
    """The task's result, or Cancelled as soon as the token is raised; the task itself goes on."""
    stop = asyncio.get_running_loop().create_future()
    cancel.when_requested(lambda: settle(stop, True))
    await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
    if cancel.requested:
        raise Cancelled
    return task.result()


class Line:
    """One at a time, in the order of arrival."""

    def __init__(self) -> None:
        self._tickets: deque[asyncio.Future[bool]] = deque()

    @asynccontextmanager
    async def turn(self, cancel: CancelToken) -> AsyncIterator[None]:
        """Wait for one's turn and hold it. Raises Cancelled when the token is raised before."""
        ticket: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        cancel.when_requested(lambda: settle(ticket, False))
        self._tickets.append(ticket)
        self._call_first()
        try:
            if not await ticket:
                raise Cancelled
            yield
        finally:
            self._tickets.remove(ticket)
            self._call_first()

    def _call_first(self) -> None:
        if self._tickets:
            settle(self._tickets[0], True)
