"""Looking into the pools of databases."""

from __future__ import annotations

from typing import Any

import dbkit
from tests.faults.node import Node

__all__ = ["backends", "filled", "pool_of"]


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
