"""Who has the connections that are lent: for `PoolExhausted`, and for closing, which waits for others."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import TypeVar

from dbkit.sqldb.liveness import Watched
from dbkit.sqldb.wire import Statement
from dbkit.verbs.caller import told_line

__all__ = ["held_by_others", "told_holders"]

WatchedT = TypeVar("WatchedT", bound=Watched)

_SHOWN_MAX = 3
_SQL_SHOWN_MAX = 120


def held_by_others(lent: Iterable[WatchedT], holder: object) -> list[WatchedT]:
    """Return those that another task or thread has."""
    return [connection for connection in list(lent) if connection.holder != holder]


def told_holders(lent: Iterable[Watched]) -> str:
    """Return who has connections longest and what for, in words and without values."""
    now = monotonic()
    oldest = sorted(lent, key=lambda connection: connection.lent_at)[:_SHOWN_MAX]
    return "; ".join(f"for {now - connection.lent_at:.1f} s by {_told_reason(connection)}" for connection in oldest)


def _told_reason(connection: Watched) -> str:
    reason = connection.reason
    if isinstance(reason, Statement):
        return f"the statement {' '.join(reason.sql.decode().split())[:_SQL_SHOWN_MAX]}"
    return told_line(reason)
