"""Calls that go on while their case does: in a thread, or in a task. The colours differ here by more than names."""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Awaitable, Callable, Collection
from typing import Any

__all__ = ["AsyncBackground", "Background"]


class Background:
    """A thread that makes calls, one after the other."""

    def __init__(self) -> None:
        self._thread = concurrent.futures.ThreadPoolExecutor(max_workers=1)

    def start(self, function: Callable[..., Any], *arguments: Any) -> concurrent.futures.Future[Any]:
        """Make a call, and return what will have its result."""
        return self._thread.submit(function, *arguments)

    @staticmethod
    def wait(calls: Collection[concurrent.futures.Future[Any]], seconds: float) -> None:
        """Wait until one of these calls is done, or for so long."""
        concurrent.futures.wait(calls, seconds, concurrent.futures.FIRST_COMPLETED)

    def close(self) -> None:
        """End the thread once its calls are done."""
        self._thread.shutdown()


class AsyncBackground:
    """Tasks that make calls."""

    @staticmethod
    def start(function: Callable[..., Awaitable[Any]], *arguments: Any) -> asyncio.Task[Any]:
        """Make a call, and return what will have its result."""
        return asyncio.ensure_future(_made(function, *arguments))

    @staticmethod
    async def wait(calls: Collection[asyncio.Task[Any]], seconds: float) -> None:
        """Wait until one of these calls is done, or for so long."""
        await asyncio.wait(calls, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """Do nothing: a task ends with its call."""


async def _made(function: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
    return await function(*arguments)
