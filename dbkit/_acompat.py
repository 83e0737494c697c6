"""The only differences between the colours that no rename can express."""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Generator, Iterable
from contextlib import aclosing
from typing import Any, TypeVar

__all__ = [
    "AsyncLock",
    "Lock",
    "aside",
    "async_aside",
    "async_call",
    "async_is_cancelled",
    "async_items",
    "async_sleep",
    "call",
    "is_cancelled",
    "items",
    "sleep",
]

T = TypeVar("T")

AsyncLock = asyncio.Lock
Lock = threading.Lock


async def async_call(function: Callable[..., Awaitable[T] | T], *arguments: Any) -> T:
    """Call a function, plain or async, and return its result."""
    result = function(*arguments)
    if inspect.isawaitable(result):
        return await result
    return result


def call(function: Callable[..., T], *arguments: Any) -> T:
    """Call a function and return its result."""
    return function(*arguments)


async def async_aside(function: Callable[..., T], *arguments: Any) -> T:
    """Call a function that blocks in a thread, so that other tasks go on, and return its result."""
    return await asyncio.to_thread(function, *arguments)


def aside(function: Callable[..., T], *arguments: Any) -> T:
    """Call a function that blocks, and return its result."""
    return function(*arguments)


async def async_items(given: AsyncIterable[T] | Iterable[T]) -> AsyncGenerator[T, None]:
    """Yield what is given, and end it where nobody asks for the rest."""
    if isinstance(given, AsyncGenerator):
        async with aclosing(given):
            async for item in given:
                yield item
    elif isinstance(given, AsyncIterable):
        async for item in given:
            yield item
    else:
        for item in items(given):
            yield item


def items(given: Iterable[T]) -> Generator[T, None, None]:
    """Yield what is given, and end it where nobody asks for the rest."""
    yield from given


async def async_is_cancelled() -> bool:
    """Tell whether the task is on its way out because somebody cancelled it."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def is_cancelled() -> bool:
    """Return False: nobody cancels a thread."""
    return False


async def async_sleep(seconds: float) -> None:
    """Let other tasks run for a time."""
    await asyncio.sleep(seconds)


def sleep(seconds: float) -> None:
    """Wait for a time."""
    time.sleep(seconds)
