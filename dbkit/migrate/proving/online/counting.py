"""Count what a revision does while it holds locks that stop others: rows, which are the same on any machine.

How long others wait depends on the machine, and on what else it does. How many rows a statement works through under
a lock does not; and where those are more in a larger table, so is the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString, Self

import psycopg
from psycopg.pq import TransactionStatus

from dbkit.migrate import step
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Revision
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.scratch_steps import begun, step_connection, told
from dbkit.migrate.session import Target
from dbkit.migrate.table_locks import OWN_LOCKS, STRONG, locks_of
from dbkit.migrate.trace.measuring import query_text
from dbkit.migrate.trace.shapes import needs_autocommit, shape

__all__ = ["Stop", "counted"]

_ORDER: Sequence[Lock] = tuple(Lock)
_LOOK: LiteralString = f"""
SELECT coalesce(pg_partition_root(t.oid), t.oid)::regclass::text, c.relkind IN ('i', 'I'), l.modes,
       pg_stat_get_xact_tuples_returned(c.oid),
       pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid)
FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_class t ON t.oid = coalesce(i.indrelid, c.oid)
LEFT JOIN ({OWN_LOCKS}) l ON l.relation = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
  AND c.oid = ANY (%(known)s::oid[])
"""  # noqa: S608 (put together from a constant)
_KNOWN: LiteralString = """
SELECT coalesce(array_agg(oid), '{}') FROM pg_class WHERE relnamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """A statement, the lock it runs under, on which table, and how many rows it works through meanwhile.

    Without a lock they are rows of the table that it changes itself, and holds to the end of its transaction.
    """

    statement: str
    table: str
    lock: Lock | None
    rows: int

    @property
    def stops_readers(self) -> bool:
        """Whether those who only read wait too."""
        return self.lock is Lock.ACCESS_EXCLUSIVE


def counted(target: Target, revision: Revision, without: Sequence[str], seconds_max: float) -> list[Stop]:
    """Apply a revision to a database that nobody else uses, and return what each statement does under which locks.

    Tables of `without` do not count. Raises `CouldNotRun` where the revision cannot be applied.
    """
    try:
        with (
            step_connection(target, seconds_max, "dbkit migrate prove") as (session, connection),
            begun(connection, revision, session.target),
            _Count(session.connection, without) as count,
        ):
            step.upgrade(connection, revision)
            return count.stops
    except Exception as error:  # noqa: BLE001 (whatever a revision raises)
        failed = error
    raise CouldNotRun(told(failed, revision, seconds_max))


@dataclass
class _Seen:
    """What a session holds and has done: the strongest lock by table, rows read in all, rows changed by table."""

    locks: dict[str, Lock] = field(default_factory=dict[str, Lock])
    read: int = 0
    changed: dict[str, int] = field(default_factory=dict[str, int])


class _Count:
    """Looks behind each statement of a connection, as long as the block lasts."""

    def __init__(self, connection: psycopg.Connection[Any], without: Sequence[str]) -> None:
        self._connection = connection
        self._without = frozenset(without)
        row = psycopg.Cursor(connection).execute(_KNOWN).fetchone()
        self._known = row[0] if row else []
        self.stops: list[Stop] = []

    def __enter__(self) -> Self:
        count, self._factory = self, self._connection.cursor_factory

        class Watched(psycopg.Cursor[Any]):
            def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
                with count.watching(query_text(query, self.connection, literally=params is None)):
                    return super().execute(query, params, **options)

            def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
                with count.watching(query_text(query, self.connection, literally=False)):
                    super().executemany(query, params_seq, **options)

        self._connection.cursor_factory = Watched
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.cursor_factory = self._factory

    @contextmanager
    def watching(self, text: str) -> Iterator[None]:
        """Look before and behind what the block runs; a statement for itself gets a transaction to be seen in."""
        if needs_autocommit(text):
            # It cannot have one: what it does to others is seen by them.
            yield
        elif self._connection.autocommit and self._status is TransactionStatus.IDLE:
            with self._connection.transaction():
                yield from self._inside(text)
        else:
            yield from self._inside(text)

    @property
    def _status(self) -> TransactionStatus:
        return self._connection.info.transaction_status

    def _inside(self, text: str) -> Iterator[None]:
        before = self._look()
        yield
        if self._status is TransactionStatus.INTRANS:
            self.stops += _stops(shape(text), before, self._look())

    def _look(self) -> _Seen:
        seen = _Seen()
        # Of a transaction's first statement nothing is to be seen before.
        for table, is_index, modes, read, changed in psycopg.Cursor(self._connection).execute(
            _LOOK, {"known": self._known}
        ):
            name = table.strip('"')
            if name in self._without:
                continue
            seen.read += read or 0
            if changed:
                seen.changed[name] = seen.changed.get(name, 0) + changed
            for lock in sorted(locks_of(modes), key=_ORDER.index):
                if lock in STRONG and (not is_index or lock is Lock.ACCESS_EXCLUSIVE):
                    seen.locks[name] = max(lock, seen.locks.get(name, lock), key=_ORDER.index)
        return seen


def _stops(statement: str, before: _Seen, after: _Seen) -> Iterator[Stop]:
    changed = {table: rows - before.changed.get(table, 0) for table, rows in after.changed.items()}
    worked = after.read - before.read + sum(changed.values())
    for table, lock in after.locks.items():
        yield Stop(statement, table, lock, worked)
    for table, rows in changed.items():
        if rows > 0 and table not in after.locks:
            yield Stop(statement, table, None, rows)
