"""Forgotten tasks: what an async test has started and not waited for fails it, and is cancelled."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest

__all__ = ["watched"]

_TURNS = 3
_POOL = "psycopg_pool"
_CANCEL_SECONDS = 1.0


def watched(test: Callable[..., Awaitable[None]], name: str) -> Callable[..., Awaitable[None]]:
    """Return the test, made to fail where a task that it started is pending at its end.

    A test that fails by itself fails as it did. The tasks of connection pools are their pools' business.
    """

    @functools.wraps(test)
    async def watching(*arguments: Any, **named: Any) -> None:
        before = asyncio.all_tasks()
        try:
            await test(*arguments, **named)
        except BaseException:
            await _cancelled(await _forgotten(before))
            raise
        forgotten = await _forgotten(before)
        await _cancelled(forgotten)
        if forgotten:
            names = ", ".join(sorted(_shown(task) for task in forgotten))
            pytest.fail(f"{name} left tasks behind that nobody waits for: {names}", pytrace=False)

    return watching


async def _forgotten(before: Iterable[asyncio.Task[Any]]) -> list[asyncio.Task[Any]]:
    # What has nothing left to wait for may end first.
    for _ in range(_TURNS):
        await asyncio.sleep(0)
    known = {*before, asyncio.current_task()}
    return [task for task in asyncio.all_tasks() if task not in known and not _is_of_a_pool(task)]


def _is_of_a_pool(task: asyncio.Task[Any]) -> bool:
    """Tell whether a pool of connections runs it: its code, or a wait of asyncio's for an object of the pool."""
    coroutine = task.get_coro()
    code, frame = getattr(coroutine, "cr_code", None), getattr(coroutine, "cr_frame", None)
    waited_for = None if frame is None else frame.f_locals.get("self")
    return (code is not None and _POOL in code.co_filename) or type(waited_for).__module__.startswith(_POOL)


def _shown(task: asyncio.Task[Any]) -> str:
    return f"{getattr(task.get_coro(), '__qualname__', task.get_name())} ({task.get_name()})"


async def _cancelled(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=_CANCEL_SECONDS)
