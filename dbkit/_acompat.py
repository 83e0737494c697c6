"""The only differences between the colours that no rename can express."""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

__all__ = ["AsyncLock", "Lock", "async_call", "async_sleep", "call", "sleep"]

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


async def async_sleep(seconds: float) -> None:
    """Let other tasks run for a time."""
    await asyncio.sleep(seconds)


def sleep(seconds: float) -> None:
    """Wait for a time."""
    time.sleep(seconds)
