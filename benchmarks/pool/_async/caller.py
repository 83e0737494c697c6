"""Callers of one pool: they call as they are told, and note how each call ended."""

from __future__ import annotations

import itertools
import time
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.callers import async_together
from benchmarks.pool.orders import Call, Calls, Inbox
from benchmarks.pool.pacing import async_pause
from benchmarks.pool.ways._async.way import AsyncPoolWay

__all__ = ["async_call"]


async def async_call(way: AsyncPoolWay, order: Calls, inbox: Inbox) -> list[Call]:
    """Let the callers call as the order has it; return what became of each call."""
    calls: list[Call] = []
    begin, verb = time.monotonic(), _verb(way, order)

    async def caller(number: int) -> None:
        # They begin one after the other, as callers that know nothing of each other would.
        due = begin + order.every_seconds * number / order.callers
        for _ in itertools.count() if order.each is None else range(order.each):
            now = time.monotonic()
            if due > now:
                await async_pause(due - now)
            if inbox.stop.is_set():
                return
            calls.append(await _timed(verb))
            due = max(due + order.every_seconds, calls[-1].end)

    await async_together(caller, [(number,) for number in range(order.callers)], order.callers)
    return calls


def _verb(way: AsyncPoolWay, order: Calls) -> Callable[[], Awaitable[Any]]:
    if order.hold_seconds is not None:
        hold_seconds = order.hold_seconds
        return lambda: way.hold(hold_seconds)
    if order.within_seconds is not None:
        within_seconds = order.within_seconds
        return lambda: way.ask_within(within_seconds)
    return way.ask


async def _timed(verb: Callable[[], Awaitable[Any]]) -> Call:
    begin, error = time.monotonic(), None
    try:
        await verb()
    except Exception as raised:  # noqa: BLE001 - each driver has errors of its own
        error = type(raised).__name__
    return Call(begin, time.monotonic() - begin, error)
