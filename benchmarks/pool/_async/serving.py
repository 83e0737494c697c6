"""What a process of callers does with its orders."""

from __future__ import annotations

from typing import Any

from benchmarks.pool._async.caller import async_call
from benchmarks.pool.orders import Calls, Inbox, Storm, answer
from benchmarks.pool.pacing import async_next_order
from benchmarks.pool.storm import async_storm
from benchmarks.pool.ways._async.way import AsyncPoolWay
from benchmarks.pool.ways.settings import Settings

__all__ = ["async_serve"]

_FIRST_SECONDS = 0.05


async def async_serve(kind: type[AsyncPoolWay], inbox: Inbox) -> None:
    """Do what each order says, and answer it, until there are no more."""
    way: AsyncPoolWay | None = None
    answer("ready")
    while (order := await async_next_order(inbox)) is not None:
        if "open" in order:
            way = kind(Settings(**order["open"]))
            await way.open()
            # Each connection is used once before anything is measured; some pools open none before that.
            await async_call(way, Calls(way.settings.size_min, each=1, hold_seconds=_FIRST_SECONDS), inbox)
            answer("opened")
        elif way is not None:
            answer(await _done(way, order, inbox))
            way = None if "close" in order else way
    if way is not None:
        await way.close()


async def _done(way: AsyncPoolWay, order: dict[str, Any], inbox: Inbox) -> object:
    if "calls" in order:
        return await async_call(way, Calls(**order["calls"]), inbox)
    if "storm" in order:
        await async_storm(way, Storm(**order["storm"]))
    else:
        await way.close()
    return "done"
