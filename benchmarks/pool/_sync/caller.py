# Generated from benchmarks/pool/_async/caller.py by tools/unasync.py; edit that file instead.
"""Callers of one pool: they call as they are told, and note how each call ended."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

from benchmarks.callers import together
from benchmarks.pool.orders import Call, Calls, Inbox
from benchmarks.pool.pacing import pause
from benchmarks.pool.ways._sync.way import PoolWay

__all__ = ["call"]


def call(way: PoolWay, order: Calls, inbox: Inbox) -> list[Call]:
    """Let the callers call as the order has it; return what became of each call."""
    calls: list[Call] = []
    begin, verb = time.monotonic(), _verb(way, order)

    def caller(number: int) -> None:
        # They begin one after the other, as callers that know nothing of each other would.
        due = begin + order.every_seconds * number / order.callers
        for _ in itertools.count() if order.each is None else range(order.each):
            now = time.monotonic()
            if due > now:
                pause(due - now)
            if inbox.stop.is_set():
                return
            calls.append(_timed(verb))
            due = max(due + order.every_seconds, calls[-1].end)

    together(caller, [(number,) for number in range(order.callers)], order.callers)
    return calls


def _verb(way: PoolWay, order: Calls) -> Callable[[], Any]:
    if order.hold_seconds is not None:
        hold_seconds = order.hold_seconds
        return lambda: way.hold(hold_seconds)
    if order.within_seconds is not None:
        within_seconds = order.within_seconds
        return lambda: way.ask_within(within_seconds)
    return way.ask


def _timed(verb: Callable[[], Any]) -> Call:
    begin, error = time.monotonic(), None
    try:
        verb()
    except Exception as raised:  # noqa: BLE001 - each driver has errors of its own
        error = type(raised).__name__
    return Call(begin, time.monotonic() - begin, error)
