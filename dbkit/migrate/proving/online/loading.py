"""Apply a revision as a job does, beside callers, and keep how long each of their calls took."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from dbkit.migrate.line import Line
from dbkit.migrate.proving.model import Series
from dbkit.migrate.proving.online.callers import Caller, callers_of, calling
from dbkit.migrate.report import Options
from dbkit.migrate.runner import apply_to
from dbkit.migrate.session import Session, Target

__all__ = ["LONG_SECONDS", "Load", "loaded"]

LONG_SECONDS = 0.5
"""How long the long transaction is open: it has read each of the tables when the revision begins."""

_AFTER_SECONDS = 0.1
_TABLES_MAX = 6
_BUCKET_SECONDS = 0.01
_NAME = "dbkit migrate prove"


@dataclass(frozen=True)
class Load:
    """What callers saw of a revision that ran from `began` to `ended`, by the steady clock."""

    callers: tuple[Caller, ...]
    began: float
    ended: float
    tables_left_out: tuple[str, ...] = ()

    def stall_seconds(self, *, writes: bool) -> float:
        """Return the longest call of a reader, or of a writer, while the revision ran."""
        return max((each.seconds for _, each in self._during(writes=writes)), default=0.0)

    def stalled(self, *, writes: bool) -> str:
        """Return whose call was the longest."""
        found = max(self._during(writes=writes), key=lambda each: each[1].seconds, default=None)
        return found[0].who if found else ""

    def series(self) -> tuple[Series, ...]:
        """Return the longest call in each moment, of readers and of writers, in milliseconds."""
        start = min((call.at_seconds for caller in self.callers for call in caller.calls), default=self.began)
        return tuple(self._series(name, start, writes=writes) for name, writes in (("reads", False), ("writes", True)))

    def _series(self, name: str, start: float, *, writes: bool) -> Series:
        buckets: dict[int, tuple[float, float]] = {}
        for caller in self.callers:
            for call in caller.calls if caller.writes is writes else ():
                at, milliseconds = call.at_seconds - start, call.seconds * 1000
                bucket = round(at / _BUCKET_SECONDS)
                if bucket not in buckets or buckets[bucket][1] < milliseconds:
                    buckets[bucket] = at, milliseconds
        points = tuple(buckets[bucket] for bucket in sorted(buckets))
        return Series(name, "milliseconds", points, self.began - start, self.ended - start)

    def _during(self, *, writes: bool) -> Iterator[tuple[Caller, Any]]:
        for caller in self.callers:
            for call in caller.calls if caller.writes is writes else ():
                if call.at_seconds <= self.ended and call.at_seconds + call.seconds >= self.began:
                    yield caller, call


def loaded(
    target: Target,
    line: Line,
    tables: Sequence[str],
    seconds_max: float,
    only: Mapping[str, Collection[str]] | None = None,
) -> Load:
    """Apply the next revision of a line to a database with rows, beside callers of these tables.

    They use all columns, or `only` those of each table. It is applied as `dbkit migrate apply` does it. Raises what
    that raises.
    """
    called = tables[:_TABLES_MAX]
    with Session(target, _NAME) as session:
        callers = [
            caller
            for table in called
            for caller in callers_of(session.connection, table, None if only is None else only.get(table, ()))
            if caller.statements
        ]
    options = Options(patience_seconds=seconds_max, look_seconds=seconds_max / 4)
    with calling(callers, target.conninfo), _long_transaction(target, called):
        began = time.monotonic()
        apply_to(target, line=line, count=1, options=options)
        ended = time.monotonic()
        threading.Event().wait(_AFTER_SECONDS)
    return Load(tuple(callers), began, ended, tuple(tables[_TABLES_MAX:]))


@contextmanager
def _long_transaction(target: Target, tables: Sequence[str]) -> Iterator[None]:
    """Have a transaction that has read the tables open for a while from the beginning of a block on."""
    with psycopg.connect(target.conninfo, application_name=f"{_NAME}: a long transaction") as connection:
        for table in tables:
            connection.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(table)))
        ending = threading.Timer(LONG_SECONDS, connection.rollback)
        ending.start()
        try:
            yield
        finally:
            ending.join()
