"""Who is in a revision's way: looked up before it locks anything, and while it waits."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, LiteralString

from dbkit.migrate.header import Lock
from dbkit.migrate.lock import Holder
from dbkit.migrate.query_text import shown_query
from dbkit.migrate.session import Connection

__all__ = ["OLD_SECONDS", "Holders", "blocking", "stalls_others"]

OLD_SECONDS: Final = 0.02
"""A transaction that is younger ends by itself before a try has waited long."""

_UPDATE, _SHARE, _ROW, _EXCLUSIVE = "ShareUpdateExclusiveLock", "ShareLock", "ShareRowExclusiveLock", "ExclusiveLock"
_STRONG = (_SHARE, _ROW, _EXCLUSIVE, "AccessExclusiveLock")
_WRITERS = "RowExclusiveLock"
_CONFLICTS: Mapping[Lock, tuple[str, ...]] = MappingProxyType(
    {
        Lock.SHARE_UPDATE_EXCLUSIVE: (_UPDATE, *_STRONG),
        Lock.SHARE: (_WRITERS, _UPDATE, _ROW, _EXCLUSIVE, "AccessExclusiveLock"),
        Lock.SHARE_ROW_EXCLUSIVE: (_WRITERS, _UPDATE, *_STRONG),
        Lock.EXCLUSIVE: ("RowShareLock", _WRITERS, _UPDATE, *_STRONG),
        Lock.ACCESS_EXCLUSIVE: ("AccessShareLock", "RowShareLock", _WRITERS, _UPDATE, *_STRONG),
    }
)
# A table's partitions and all their indexes: whoever reads it may hold no more than those.
_RELATIONS: LiteralString = """
    WITH wanted AS (
        SELECT to_regclass(quote_ident(name)) AS relation, modes
        FROM unnest(%(names)s::text[], %(modes)s::text[]) AS given (name, modes)
    ), part AS (
        SELECT relation::oid AS oid, modes FROM wanted WHERE relation IS NOT NULL
        UNION SELECT tree.relid::oid, modes FROM wanted, pg_partition_tree(relation) AS tree
    )
    SELECT oid::bigint, modes FROM part
    UNION SELECT indexrelid::bigint, modes FROM part JOIN pg_index ON indrelid = part.oid
"""
_SHOWN: LiteralString = """
    coalesce(s.application_name, 'prepared transaction ' || x.gid, '') AS name, coalesce(host(s.client_addr), 'local'),
    coalesce(s.state, CASE WHEN x.gid IS NOT NULL THEN 'prepared' WHEN s.query LIKE 'autovacuum:%%' THEN 'active' END,
      'unknown'),
    coalesce(extract(epoch FROM clock_timestamp() - coalesce(s.xact_start, x.prepared)), 0)::float AS seconds,
    coalesce(s.usename::text, x.owner::text, '')
"""
_HOLDERS: LiteralString = f"""
    SELECT coalesce(l.pid, 0), {_SHOWN}, l.modes, coalesce(left(s.query, 1000), ''), l.virtualtransaction
    FROM (
        SELECT pid, virtualtransaction, string_agg(DISTINCT mode, ', ' ORDER BY mode) AS modes
        FROM pg_locks JOIN unnest(%(oids)s::bigint[], %(modes)s::text[]) AS wanted (oid, modes)
          ON relation = wanted.oid::oid AND mode = ANY (string_to_array(wanted.modes, ','))
        WHERE granted AND locktype = 'relation' AND pid IS DISTINCT FROM %(but)s
          AND database IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        GROUP BY pid, virtualtransaction
    ) l LEFT JOIN pg_stat_activity s ON s.pid = l.pid
    LEFT JOIN pg_locks t ON l.pid IS NULL AND t.pid IS NULL AND t.locktype = 'transactionid'
      AND t.virtualtransaction = l.virtualtransaction
    LEFT JOIN pg_prepared_xacts x ON x.transaction = t.transactionid
    ORDER BY seconds DESC
"""  # noqa: S608 (put together from constants)
# What is waited for is read first, and for whom after that: of a wait that ends in between nobody is named, rather
# than somebody who then holds nothing.
_BLOCKING: LiteralString = f"""
    WITH wanted AS MATERIALIZED (
        SELECT relation FROM pg_locks WHERE pid = %(pid)s AND NOT granted
    ), blocker AS MATERIALIZED (
        SELECT DISTINCT pid FROM (SELECT count(*) AS waits FROM wanted) AS first,
            LATERAL unnest(CASE WHEN waits > 0 THEN pg_blocking_pids(%(pid)s) END) AS pid
    )
    SELECT b.pid, {_SHOWN}, coalesce((
        SELECT string_agg(DISTINCT mode, ', ' ORDER BY mode) FROM pg_locks l
        WHERE granted AND relation IN (SELECT relation FROM wanted)
          AND coalesce(l.pid, 0) = b.pid), ''),
      coalesce(left(s.query, 1000), ''),
      (SELECT count(*) FROM pg_stat_activity q
       WHERE q.wait_event_type = 'Lock' AND %(pid)s = ANY (pg_blocking_pids(q.pid)))
    FROM blocker b LEFT JOIN pg_stat_activity s ON s.pid = b.pid
    LEFT JOIN pg_prepared_xacts x ON b.pid = 0 AND x.database = current_database() AND EXISTS (
        SELECT FROM pg_locks t JOIN pg_locks l USING (virtualtransaction)
        WHERE t.pid IS NULL AND t.locktype = 'transactionid' AND t.transactionid = x.transaction
          AND l.pid IS NULL AND l.relation IN (SELECT relation FROM wanted))
    ORDER BY seconds DESC
"""  # noqa: S608 (put together from constants)


class Holders:
    """Who holds what stands against the locks that a revision wants: on its tables, their partitions and indexes.

    How old the transactions of others are only some roles may see; of those that are hidden it counts from when
    they were first seen here.
    """

    def __init__(self, connection: Connection, locks: Mapping[str, Lock], but: int) -> None:
        self._connection = connection
        modes = [",".join(_CONFLICTS[lock]) for lock in locks.values()]
        found = connection.execute(_RELATIONS, {"names": list(locks), "modes": modes}).fetchall()
        self._wanted = {"oids": [row[0] for row in found], "modes": [row[1] for row in found], "but": but}
        self._first_seen: dict[tuple[int, str], float] = {}

    def old(self) -> list[Holder]:
        """Return the holders that will not be gone in a moment, the oldest first."""
        now = time.monotonic()
        seen: dict[tuple[int, str], float] = {}
        holders: list[Holder] = []
        for *row, transaction in self._connection.execute(_HOLDERS, self._wanted).fetchall():
            seen[row[0], transaction] = since = self._first_seen.get((row[0], transaction), now)
            holder = _holder(row, seconds=max(row[4], now - since))
            holders += [holder] if holder.seconds >= OLD_SECONDS else []
        self._first_seen = seen
        return holders


def blocking(connection: Connection, pid: int) -> list[Holder]:
    """Return for whom a backend waits at this moment, the oldest first; prepared transactions have the pid 0."""
    return [
        _holder(row, seconds=row[4], queued=queued)
        for *row, queued in connection.execute(_BLOCKING, {"pid": pid}).fetchall()
    ]


def stalls_others(locks: Mapping[str, Lock]) -> dict[str, Lock]:
    """Return the locks for which others have to wait that read or write rows: in front of those it is looked."""
    return {name: lock for name, lock in locks.items() if lock is not Lock.SHARE_UPDATE_EXCLUSIVE}


def _holder(row: Sequence[Any], *, seconds: float, queued: int = 0) -> Holder:
    pid, name, client, state, _, user, holds, query = row
    return Holder(pid, name, client, state, seconds, user, holds, shown_query(query), queued)
