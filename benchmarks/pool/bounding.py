"""A limit on how long a call takes, for pools that know of none: as well as their users can."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import psycopg

__all__ = ["async_bounded", "bounded"]

_CANCEL_SECONDS = 1.0


class _Bound:
    """What is to be cancelled when the time is over."""

    def __init__(self) -> None:
        self._connection: Any = None

    def cancels(self, connection: Any) -> None:
        """Name the psycopg connection whose statement is cancelled."""
        self._connection = connection

    def over(self) -> None:
        """Ask the server to cancel the statement."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.cancel_safe(timeout=_CANCEL_SECONDS)


@asynccontextmanager
async def async_bounded(seconds: float) -> AsyncIterator[_Bound]:
    """Cancel the task's block after so many seconds; psycopg then asks the server to cancel the statement."""
    async with asyncio.timeout(seconds):
        yield _Bound()


@contextmanager
def bounded(seconds: float) -> Iterator[_Bound]:
    """Ask the server to cancel the block's statement after so many seconds: a thread can do no more."""
    bound = _Bound()
    timer = threading.Timer(seconds, bound.over)
    timer.start()
    try:
        yield bound
    finally:
        timer.cancel()
