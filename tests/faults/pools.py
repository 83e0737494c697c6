"""Looking into the pools of databases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import dbkit
from dbkit.embedded.locks import ticks
from tests.faults.node import Node

__all__ = ["async_until", "backends", "filled", "pool_of", "until"]


def pool_of(db: Any) -> Any:
    """Return the pool of a database, in its colour."""
    return db._backend._connections._pool


def filled(db: dbkit.Database) -> None:
    """Wait until the pool has as many connections as it keeps."""
    pool_of(db).wait()


def backends(node: Node, application_name: str) -> set[int]:
    """Return the process ids of the sessions of an application."""
    return {
        pid
        for (pid,) in node.execute(f"SELECT pid FROM pg_stat_activity WHERE application_name = '{application_name}'")
    }


def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    for _ in ticks(seconds):
        if condition():
            return
    raise AssertionError(f"it did not come true in {seconds:g} s")


async def async_until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something holds, while other tasks run."""
    await asyncio.to_thread(until, condition, seconds)
