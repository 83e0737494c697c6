"""Several workers at once, as tasks or as threads: the colours' difference."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
from collections.abc import Awaitable, Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

__all__ = ["NotAwaited", "async_together", "require_done", "together"]


class NotAwaited(TypeError):
    """A function of the other colour was given: what it does has not been done."""


def require_done(result: object) -> None:
    """Raise `NotAwaited` for what a function has left to be awaited."""
    if inspect.iscoroutine(result):
        result.close()
    if inspect.isawaitable(result):
        raise NotAwaited("an async handler needs dbkit.consume_async, for nothing awaits it here")


async def async_together(work: Callable[[], Awaitable[None]], count: int, end: Callable[[], None]) -> None:
    """Do the work as so many tasks, and return when all are done; where one fails, `end` shall end the others."""

    async def run() -> None:
        await work()

    tasks = [asyncio.create_task(run()) for _ in range(count)]
    try:
        await asyncio.gather(*tasks)
    finally:
        end()
        await asyncio.wait(tasks)


def together(work: Callable[[], None], count: int, end: Callable[[], None]) -> None:
    """Do the work as so many threads, and return when all are done; where one fails, `end` shall end the others."""
    with ThreadPoolExecutor(count, thread_name_prefix="dbkit consumer") as pool:
        # A context each: one cannot be entered by two threads at once.
        futures = [pool.submit(contextvars.copy_context().run, work) for _ in range(count)]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            end()
    for future in futures:
        future.result()
