"""What every pool must do alike in the benchmarks."""

from __future__ import annotations

import time

from benchmarks.pool._async.caller import async_call
from benchmarks.pool.orders import Calls, Inbox
from benchmarks.pool.ways._async.way import AsyncPoolWay
from benchmarks.pool.ways.settings import Settings

__all__ = ["async_check_callers", "async_check_pool", "async_check_stopped"]


async def async_check_pool(kind: type[AsyncPoolWay], url: str) -> None:
    """Let a pool lend, ask and hold, and see that it held for as long as it was told to."""
    way = kind(Settings(url))
    await way.open()
    try:
        await way.checkout()
        await way.ask()
        await way.ask_within(5.0)
        begin = time.monotonic()
        await way.hold(0.05)
        assert time.monotonic() - begin >= 0.05
    finally:
        await way.close()


async def async_check_callers(kind: type[AsyncPoolWay], url: str) -> None:
    """Let callers call each its number of times, and note what a call ended with that its pool refused."""
    way = kind(Settings(url, size_min=1, size_max=1, timeout_seconds=0.05))
    await way.open()
    try:
        calls = await async_call(way, Calls(2, 0.001, each=3), Inbox())
        assert [call.error for call in calls] == [None] * 6
        refused = await async_call(way, Calls(2, each=1, hold_seconds=0.3), Inbox())
        errors = {call.error for call in refused}
        assert len(errors) == 2
        assert None in errors
    finally:
        await way.close()


async def async_check_stopped(kind: type[AsyncPoolWay], url: str) -> None:
    """Callers who were told to stop make no further call."""
    way = kind(Settings(url))
    inbox = Inbox()
    inbox.stop.set()
    await way.open()
    try:
        assert await async_call(way, Calls(2), inbox) == []
    finally:
        await way.close()
