# Generated from tests/benchmarks/_async/pools.py by tools/unasync.py; edit that file instead.
"""What every pool must do alike in the benchmarks."""

from __future__ import annotations

import time

from benchmarks.pool._sync.caller import call
from benchmarks.pool.orders import Calls, Inbox
from benchmarks.pool.ways._sync.way import PoolWay
from benchmarks.pool.ways.settings import Settings

__all__ = ["check_callers", "check_pool", "check_stopped"]


def check_pool(kind: type[PoolWay], url: str) -> None:
    """Let a pool lend, ask and hold, and see that it held for as long as it was told to."""
    way = kind(Settings(url))
    way.open()
    try:
        way.checkout()
        way.ask()
        way.ask_within(5.0)
        begin = time.monotonic()
        way.hold(0.05)
        assert time.monotonic() - begin >= 0.05
    finally:
        way.close()


def check_callers(kind: type[PoolWay], url: str) -> None:
    """Let callers call each its number of times, and note what a call ended with that its pool refused."""
    way = kind(Settings(url, size_min=1, size_max=1, timeout_seconds=0.05))
    way.open()
    try:
        calls = call(way, Calls(2, 0.001, each=3), Inbox())
        assert [call.error for call in calls] == [None] * 6
        refused = call(way, Calls(2, each=1, hold_seconds=0.3), Inbox())
        errors = {call.error for call in refused}
        assert len(errors) == 2
        assert None in errors
    finally:
        way.close()


def check_stopped(kind: type[PoolWay], url: str) -> None:
    """Callers who were told to stop make no further call."""
    way = kind(Settings(url))
    inbox = Inbox()
    inbox.stop.set()
    way.open()
    try:
        assert call(way, Calls(2), inbox) == []
    finally:
        way.close()
