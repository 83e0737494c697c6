"""Watch the statements of a revision on its connection, whoever sends them: SQLAlchemy, or the driver's own calls."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, LiteralString, Self

import psycopg
from psycopg.pq import TransactionStatus

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.header import Lock
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.trace.filling import ROWS
from dbkit.migrate.trace.looking import Before, Look
from dbkit.migrate.trace.model import Statement, strongest, table_of
from dbkit.migrate.trace.shapes import concurrent_target, is_look, needs_autocommit, reads_or_writes_rows, shape

__all__ = ["NOT_OF_THE_LINE", "Measure", "query_text"]

NOT_OF_THE_LINE: Final = (VERSION_TABLE, *TABLES)
"""The runner's tables: what it does to them is no part of a revision."""

_ROWS_OF_A_LOOKUP_MAX = 10
_DROPPED_ALONE = "rpmfv"
_TABLE_OF: LiteralString = "SELECT coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = r.oid), r.oid)"
_BY_NAME: LiteralString = f"{_TABLE_OF} FROM (SELECT to_regclass(%(name)s)::oid AS oid) r"
# A statement about rows takes an index where it can: so it reads all of a table only where it has to. One about
# the schema that looks at rows looks at all of them. The tables are too small for the planner to tell.
_PLANS: LiteralString = """
SELECT set_config('enable_seqscan', %(rows)s, false), set_config('enable_indexscan', %(schema)s, false),
       set_config('enable_indexonlyscan', %(schema)s, false), set_config('enable_bitmapscan', %(schema)s, false),
       set_config('jit', 'off', false)
"""


class Measure:
    """Measures each statement that a connection runs, as long as the block lasts.

    A statement outside of transactions gets one around it, so that its locks can be seen before they
    are gone; what cannot have one is known by its words to take SHARE UPDATE EXCLUSIVE.
    """

    def __init__(self, connection: psycopg.Connection[Any], without: Sequence[str] = NOT_OF_THE_LINE) -> None:
        """Begin; what is done to a table of `without` is not told."""
        self._connection = connection
        self._without = without
        self._found: list[Statement] = []
        self.ended_midway = False
        """Whether a statement ended the transaction of a connection that is not in autocommit."""
        self._transactions: list[str] = []
        self._before = Before(self._look())

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What was found, in order; a statement that only looked is left out, a repeated one told once."""
        return tuple(self._found)

    @property
    def before(self) -> Before:
        """The relations that were there when the measuring began."""
        return self._before

    def __enter__(self) -> Self:
        measure, self._factory = self, self._connection.cursor_factory

        class Watched(psycopg.Cursor[Any]):
            def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
                with measure.watching(query_text(query, self.connection, literally=params is None)):
                    return super().execute(query, params, **options)

            def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
                with measure.watching(query_text(query, self.connection, literally=False)):
                    super().executemany(query, params_seq, **options)

        self._connection.cursor_factory = Watched
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.cursor_factory = self._factory

    @contextmanager
    def watching(self, text: str) -> Iterator[None]:
        """Measure what the block runs."""
        is_idle, autocommit = (
            self._connection.info.transaction_status == TransactionStatus.IDLE,
            self._connection.autocommit,
        )
        target = concurrent_target(text)
        if target is not None or needs_autocommit(text):
            yield from self._beside_others(text, target)
        elif is_idle and autocommit:
            with self._connection.transaction():
                yield from self._inside(text, numbered=False)
        else:
            yield from self._inside(text, numbered=autocommit)

    def _inside(self, text: str, *, numbered: bool) -> Iterator[None]:
        """Measure a statement of a transaction."""
        of_rows, of_schema = ("off", "on") if reads_or_writes_rows(text) else ("on", "off")
        psycopg.Cursor(self._connection).execute(_PLANS, {"rows": of_rows, "schema": of_schema})
        before, started = self._look(), time.perf_counter()
        yield
        seconds = time.perf_counter() - started
        self._see_whether_it_ended()
        if self._connection.info.transaction_status == TransactionStatus.INTRANS:
            after = self._look()
            number = self._number(after.transaction) if numbered else None
            self._note(self._compared(text, before, after), seconds, number)

    def _beside_others(self, text: str, target: str | None) -> Iterator[None]:
        """Measure a statement that runs outside of transactions: what it locks follows from its words."""
        locks: dict[str, Lock] = {}
        if target is not None:
            oid = self._by_name(target)
            locks = {self._before.name(oid): Lock.SHARE_UPDATE_EXCLUSIVE} if oid in self._before else {}
        before, started = self._look(), time.perf_counter()
        yield
        seconds = time.perf_counter() - started
        self._see_whether_it_ended()
        found = self._compared(text, before, self._look())
        scanned = sorted({table_of(each) for each in found.builds})
        self._note(replace(found, locks=locks, scans=tuple(scanned), writes=()), seconds, None)

    def _see_whether_it_ended(self) -> None:
        is_idle = self._connection.info.transaction_status == TransactionStatus.IDLE
        self.ended_midway |= is_idle and not self._connection.autocommit

    def _compared(self, text: str, before: Look, after: Look) -> Statement:
        """Return what a statement did, from what was to be seen before and after it."""
        rewritten = {
            oid for oid in self._both(before, after) if before.relations[oid].file != after.relations[oid].file
        }
        tables = {oid for oid in rewritten if after.relations[oid].kind in "rpm"}
        return Statement(
            sql=shape(text),
            locks=self._locks(before, after),
            rewrites=self._names(tables),
            scans=self._names(self._scanned(before, after)),
            builds=self._builds(before, after, rewritten, tables),
            writes=self._names(self._written(before, after)),
            wal_bytes=after.wal_bytes - before.wal_bytes,
        )

    def _locks(self, before: Look, after: Look) -> dict[str, Lock]:
        held = [(oid, lock) for oid in self._both(before, after) for lock in after.relations[oid].locks]
        new = [(oid, lock) for oid, lock in held if lock not in before.relations[oid].locks]
        closed = {oid for oid, lock in held if lock is Lock.ACCESS_EXCLUSIVE}
        # What is dropped is not to be seen any more, and was locked as strongly as can be.
        dropped = (oid for oid in before.relations if oid in self._before and oid not in after.relations)
        new += [(oid, Lock.ACCESS_EXCLUSIVE) for oid in dropped if self._before.relations[oid].kind in _DROPPED_ALONE]
        return strongest(
            (self._before.name(oid), lock)
            for oid, lock in new
            if not self._before.relations[oid].is_index
            or (lock is Lock.ACCESS_EXCLUSIVE and self._before.relations[oid].table not in closed)
        )

    def _builds(self, before: Look, after: Look, rewritten: set[int], tables: set[int]) -> tuple[str, ...]:
        """Return the indexes that are built on tables of before: new ones, and those built again for their own sake."""
        found: set[str] = set()
        for oid, relation in after.relations.items():
            of = relation.table
            if of is None or of not in self._before or of in tables:
                continue
            if oid not in before.relations or oid in rewritten:
                found.add(f"{relation.name} of {self._before.name(of)}")
        return tuple(sorted(found))

    def _both(self, before: Look, after: Look) -> list[int]:
        return [oid for oid in before.relations if oid in after.relations and oid in self._before]

    def _scanned(self, before: Look, after: Look) -> Iterator[int]:
        """Return the tables whose rows were read, all of them: by themselves, or along an index."""
        for oid in self._both(before, after):
            then, now = before.relations[oid], after.relations[oid]
            scans, returned = now.scans - then.scans, now.returned - then.returned
            if not now.is_index and scans:
                yield oid
            elif now.table is not None and returned >= max(ROWS // 2, _ROWS_OF_A_LOOKUP_MAX * scans):
                yield now.table

    def _written(self, before: Look, after: Look) -> Iterator[int]:
        """Return the tables that were opened to write rows, or in which rows were written after that."""
        for oid in self._both(before, after):
            then, now = before.relations[oid], after.relations[oid]
            if now.kind in "rp" and (now.writes > then.writes or (now.is_open and not then.is_open)):
                yield oid

    def _names(self, oids: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted({self._before.name(oid) for oid in oids}))

    def _note(self, found: Statement, seconds: float, number: int | None) -> None:
        is_of_runner = any(table in found.sql for table in self._without)
        if (is_of_runner or is_look(found.sql)) and not found.does_something:
            return
        found = replace(found, milliseconds=seconds * 1000, transaction=number)
        for place, each in enumerate(self._found):
            if each.sql == found.sql:
                self._found[place] = _together(each, found)
                return
        self._found.append(found)

    def _number(self, transaction: str) -> int:
        """Return the number of a transaction, from 1."""
        if transaction not in self._transactions:
            self._transactions.append(transaction)
        return self._transactions.index(transaction) + 1

    def _by_name(self, name: str) -> int:
        row = psycopg.Cursor(self._connection).execute(_BY_NAME, {"name": name}).fetchone()
        return int(row[0]) if row and row[0] is not None else 0

    def _look(self) -> Look:
        return Look.at(self._connection, self._without)


def _together(first: Statement, again: Statement) -> Statement:
    """Return two runs of one statement as one."""
    return replace(
        first,
        locks=strongest(iter([*first.locks.items(), *again.locks.items()])),
        rewrites=tuple(sorted({*first.rewrites, *again.rewrites})),
        scans=tuple(sorted({*first.scans, *again.scans})),
        builds=tuple(sorted({*first.builds, *again.builds})),
        writes=tuple(sorted({*first.writes, *again.writes})),
        repeated=True,
        milliseconds=first.milliseconds + again.milliseconds,
        wal_bytes=first.wal_bytes + again.wal_bytes,
    )


def query_text(query: Any, connection: psycopg.Connection[Any], *, literally: bool) -> str:
    """Return what the driver is asked to run as text; `literally` where it has no parameters."""
    if isinstance(query, bytes):
        text = query.decode()
    else:
        text = query if isinstance(query, str) else query.as_string(connection)
    # Where there are parameters, a percent sign is written twice.
    return text if literally else text.replace("%%", "%")
