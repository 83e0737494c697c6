# Generated from benchmarks/pool/_async/serving.py by tools/unasync.py; edit that file instead.
"""What a process of callers does with its orders."""

from __future__ import annotations

from typing import Any

from benchmarks.pool._sync.caller import call
from benchmarks.pool.orders import Calls, Inbox, Storm, answer
from benchmarks.pool.pacing import next_order
from benchmarks.pool.storm import storm
from benchmarks.pool.ways._sync.way import PoolWay
from benchmarks.pool.ways.settings import Settings

__all__ = ["serve"]

_FIRST_SECONDS = 0.05


def serve(kind: type[PoolWay], inbox: Inbox) -> None:
    """Do what each order says, and answer it, until there are no more."""
    way: PoolWay | None = None
    answer("ready")
    while (order := next_order(inbox)) is not None:
        if "open" in order:
            way = kind(Settings(**order["open"]))
            way.open()
            # Each connection is used once before anything is measured; some pools open none before that.
            call(way, Calls(way.settings.size_min, each=1, hold_seconds=_FIRST_SECONDS), inbox)
            answer("opened")
        elif way is not None:
            answer(_done(way, order, inbox))
            way = None if "close" in order else way
    if way is not None:
        way.close()


def _done(way: PoolWay, order: dict[str, Any], inbox: Inbox) -> object:
    if "calls" in order:
        return call(way, Calls(**order["calls"]), inbox)
    if "storm" in order:
        storm(way, Storm(**order["storm"]))
    else:
        way.close()
    return "done"
