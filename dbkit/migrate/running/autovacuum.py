"""Autovacuums that hold a table: asked to give way, without anybody having to wait for that."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from typing import LiteralString

import psycopg
from psycopg import sql

from dbkit.migrate.lock import Holder
from dbkit.migrate.session import Connection

__all__ = ["Autovacuums", "is_for_wraparound"]

_AGAIN_SECONDS = 5.0
_HELD = "ShareUpdateExclusiveLock"
_PREFIX = "autovacuum:"
_HIDDEN = "<insufficient privilege>"
_TABLES: LiteralString = """
    SELECT nspname, relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p')
      AND pg_class.oid IN (SELECT to_regclass(quote_ident(name)) FROM unnest(%s::text[]) AS name)
"""
# An autovacuum ends when somebody has waited for it for deadlock_timeout.
_PATIENCE: LiteralString = """
    SELECT set_config('lock_timeout', (extract(epoch FROM current_setting('deadlock_timeout')::interval) * 1000 + 300)
      ::int::text, true)
"""


class Autovacuums:
    """Ends the autovacuums that are in a revision's way.

    They give way to who waits longer than `deadlock_timeout`, and no try does: everybody would wait behind it.
    So it is waited with a lock that lets others read and write.
    """

    def __init__(self, tables: Iterable[str]) -> None:
        self._tables = list(tables)
        self._again_at = 0.0

    def push_aside(self, connection: Connection, holders: list[Holder]) -> None:
        """Have them end, where nobody else is in the way."""
        if time.monotonic() < self._again_at or not holders or not all(map(_gives_way, holders)):
            return
        self._again_at = time.monotonic() + _AGAIN_SECONDS
        found = connection.execute(_TABLES, (self._tables,)).fetchall()
        if not found:
            return
        names = sql.SQL(", ").join(sql.Identifier(*row) for row in found)
        with suppress(psycopg.errors.LockNotAvailable, psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute(_PATIENCE)
            connection.execute(sql.SQL("LOCK TABLE {} IN SHARE UPDATE EXCLUSIVE MODE").format(names))


def is_for_wraparound(holder: Holder) -> bool:
    """Tell of an autovacuum that gives way to nobody, because the server must not do without it."""
    return holder.query.startswith(_PREFIX) and "to prevent wraparound" in holder.query


def _gives_way(holder: Holder) -> bool:
    """Tell of an autovacuum, or of what may be one as far as this role sees."""
    could_be = holder.query.startswith(_PREFIX) or holder.query == _HIDDEN
    return holder.holds == _HELD and could_be and not is_for_wraparound(holder)
