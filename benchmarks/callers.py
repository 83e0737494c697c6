"""Several callers at once: tasks in one colour, threads in the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

__all__ = ["async_together", "together"]


async def async_together(verb: Callable[..., Awaitable[Any]], calls: Sequence[tuple[Any, ...]], callers: int) -> None:
    """Share the calls out to tasks, and wait for all of them."""

    async def one(share: Sequence[tuple[Any, ...]]) -> None:
        for arguments in share:
            await verb(*arguments)

    await asyncio.gather(*(one(calls[caller::callers]) for caller in range(callers)))


def together(verb: Callable[..., Any], calls: Sequence[tuple[Any, ...]], callers: int) -> None:
    """Share the calls out to threads, and wait for all of them."""

    def one(share: Sequence[tuple[Any, ...]]) -> None:
        for arguments in share:
            verb(*arguments)

    with ThreadPoolExecutor(callers) as threads:
        for done in [threads.submit(one, calls[caller::callers]) for caller in range(callers)]:
            done.result()
