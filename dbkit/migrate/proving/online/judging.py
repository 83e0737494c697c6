"""Judge what was measured with some rows and with four times as many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dbkit.migrate.bookkeeping import PROGRESS
from dbkit.migrate.header import Lock
from dbkit.migrate.proving.model import Finding
from dbkit.migrate.proving.online.counting import Stop
from dbkit.migrate.proving.online.loading import Load

__all__ = ["FACTOR", "Measured", "errors", "growth", "stalls"]

FACTOR = 4
"""How many times the rows the second measurement has."""

# Batches may be of more rows where there are more, up to their size: they do not keep up with the table.
_HELD_FACTOR_MIN = 3.5


@dataclass(frozen=True)
class Measured:
    """What was seen of a revision with so many rows in each table that it touches; why some are `empty`, by name."""

    rows: int
    stops: Sequence[Stop]
    load: Load
    empty: Mapping[str, str] = field(default_factory=dict[str, str])


def errors(load: Load) -> Iterator[Finding]:
    """Yield what callers got that they did not get before: any error is one too many."""
    found: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for caller in load.callers:
        for (sqlstate, name, statement), count in caller.failures.items():
            found[caller.who, sqlstate, name, statement] += count
    for (who, sqlstate, name, statement), count in sorted(found.items()):
        times = "once" if count == 1 else f"{count} times"
        yield Finding(f"{who} fail {times}: {sqlstate} {name}", statement)


def stalls(load: Load, rows: int, milliseconds_max: float) -> Iterator[Finding]:
    """Yield whose calls took longer than they may."""
    for writes in (False, True):
        milliseconds = load.stall_seconds(writes=writes) * 1000
        if milliseconds > milliseconds_max:
            yield Finding(
                f"{load.stalled(writes=writes)} stand still for {milliseconds:.0f} ms with {rows} rows in each table,"
                f" and {milliseconds_max:.0f} ms are allowed"
            )


def growth(few: Measured, many: Measured, *, is_one_transaction: bool) -> Iterator[Finding]:
    """Yield the statements that work through more rows of a larger table while they stop others."""
    before = _worked(few.stops, is_one_transaction=is_one_transaction)
    after = _worked(many.stops, is_one_transaction=is_one_transaction)
    by_statement: dict[str, list[tuple[Stop, int]]] = defaultdict(list)
    for (statement, table, lock), rows in after.items():
        fewer = before.get((statement, table, lock), 0)
        if lock is None and _is_batch(statement):
            continue
        if _grows(fewer, rows, few.rows) and (lock is not None or rows >= fewer * _HELD_FACTOR_MIN):
            by_statement[statement].append((Stop(statement, table, lock, rows), fewer))
    for statement, found in by_statement.items():
        yield Finding(_words(found), statement)


def _worked(stops: Iterable[Stop], *, is_one_transaction: bool) -> Mapping[tuple[str, str, Lock | None], int]:
    """Return how many rows each statement works through under each lock: of one that is repeated, at once."""
    found: dict[tuple[str, str, Lock | None], int] = {}
    for stop in stops:
        key, rows = (stop.statement, stop.table, stop.lock), stop.rows
        so_far = found.get(key, 0)
        found[key] = so_far + rows if is_one_transaction else max(so_far, rows)
    return found


def _is_batch(statement: str) -> bool:
    # One may be all of a small table; it is as many rows as take a moment, whatever the table has.
    return PROGRESS in statement


def _grows(few: int, many: int, rows: int) -> bool:
    # Of three times as many rows more, a third at least: what finds its rows by an index does not grow.
    return many - few >= rows


def _words(found: Sequence[tuple[Stop, int]]) -> str:
    stop, fewer = max(found, key=lambda each: (each[0].stops_readers, each[0].lock is not None))
    tables = ", ".join(sorted({each.table for each, _ in found}))
    grown = f"{fewer} rows, and {stop.rows} where there are {FACTOR} times as many"
    if stop.lock is None:
        return f"it changes {grown}, in one transaction: who writes those of {tables} waits for its end"
    who = "readers and writers wait" if stop.stops_readers else "writers wait"
    return f"it works through {grown}, while it holds {stop.lock.value} on {tables}: {who} as long as that takes"
