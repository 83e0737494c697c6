"""How a relay waits, and has others wait for so long only: the differences between its colours."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

__all__ = ["AsyncStop", "Stop", "async_waited", "async_within", "waited", "within"]

T = TypeVar("T")

AsyncStop = asyncio.Event
Stop = threading.Event


async def async_waited(stop: asyncio.Event, seconds: float) -> None:
    """Wait for a time, or until it is asked to stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


def waited(stop: threading.Event, seconds: float) -> None:
    """Wait for a time, or until it is asked to stop."""
    stop.wait(seconds)


async def async_within(seconds: float, function: Callable[..., Awaitable[T]], *arguments: Any) -> T:
    """Call a function and return its result; raises `TimeoutError` where that takes longer."""
    async with asyncio.timeout(seconds):
        return await function(*arguments)


def within(seconds: float, function: Callable[..., T], *arguments: Any) -> T:
    """Call a function and return its result. Nobody can end what a thread does, so it takes as long as it takes."""
    del seconds
    return function(*arguments)
