"""How long statements take, and who waits meanwhile: from what a walk has seen of them, and the sizes of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from dbkit.migrate.forecast.model import StatementForecast, Wait, Who, Work, WorkKind, total
from dbkit.migrate.forecast.ranges import Range
from dbkit.migrate.forecast.rates import BUILD, OVERHEAD_SECONDS, REWRITE, ROWS_OF_A_PAGE, SCAN, WRITE, Rate
from dbkit.migrate.forecast.statistics import TableSize
from dbkit.migrate.header import Lock
from dbkit.migrate.trace.model import Statement, strongest, table_of
from dbkit.migrate.trace.shapes import inserts_values, needs_autocommit

__all__ = ["estimated", "waits", "who_waits"]

_PAGE_BYTES = 8192
_RATES: Final = {
    WorkKind.REWRITE: REWRITE,
    WorkKind.SCAN: SCAN,
    WorkKind.BUILD: BUILD,
    WorkKind.WRITE: WRITE,
}

Sizes = Mapping[str, TableSize | None]


def estimated(statement: Statement, sizes: Sizes) -> StatementForecast:
    """Return what a statement takes; a table of which nothing is known leaves it open."""
    works = tuple(_works(statement, sizes))
    seconds, wal = total([work.seconds for work in works]), total([work.wal_bytes for work in works])
    if not works:
        # It changes the catalogue, as much of it here as there.
        wal = Range(statement.wal_bytes, statement.wal_bytes)
    return StatementForecast(statement, works, None if seconds is None else seconds + OVERHEAD_SECONDS, wal)


def waits(statements: tuple[StatementForecast, ...], *, transactional: bool) -> tuple[Wait, ...]:
    """Return who waits for which relation, and how long: from a lock to the end of the transaction that takes it."""
    found: dict[tuple[str, Who], Wait] = {}
    for group in _transactions(statements, transactional=transactional):
        for place, each in enumerate(group):
            held = total([other.seconds for other in group[place:]])
            for relation, lock in each.statement.locks.items():
                who = who_waits(lock)
                if who is not None:
                    _keep_the_longer(found, Wait(relation, lock, who, held))
    told = [wait for wait in found.values() if not _is_within(wait, found.get((wait.relation, Who.ALL)))]
    return tuple(sorted(told, key=lambda wait: (wait.relation, wait.who)))


def _works(statement: Statement, sizes: Sizes) -> Iterator[Work]:
    for name in statement.rewrites:
        yield _work(WorkKind.REWRITE, name, sizes)
    for name in statement.builds:
        yield _work(WorkKind.BUILD, name, sizes, passes=2 if needs_autocommit(statement.sql) else 1)
    built = {table_of(name) for name in statement.builds}
    for name in statement.scans:
        # Building and writing anew are scans themselves.
        if name not in built and name not in statement.rewrites:
            yield _work(WorkKind.SCAN, name, sizes)
    if not inserts_values(statement.sql):
        for name in statement.writes:
            yield _work(WorkKind.WRITE, name, sizes)


def _work(kind: WorkKind, what: str, sizes: Sizes, passes: int = 1) -> Work:
    table = table_of(what)
    size = sizes.get(table)
    if size is None:
        return Work(kind, what, table, None, None)
    rate: Rate = _RATES[kind]
    rows = _rows(size)
    seconds = rate.seconds(rows, size.bytes)
    for _ in range(passes - 1):
        seconds += SCAN.seconds(rows, size.bytes)
    wal = rate.wal_bytes(rows, size.bytes + size.index_bytes)
    if kind is WorkKind.WRITE:
        # Nobody knows how many rows it is about: none, or all.
        seconds, wal = Range(0.0, seconds.high), Range(0.0, wal.high)
    return Work(kind, what, table, seconds, wal)


def _rows(size: TableSize) -> float:
    return size.bytes / _PAGE_BYTES * ROWS_OF_A_PAGE if size.rows is None else size.rows


def _transactions(
    statements: tuple[StatementForecast, ...], *, transactional: bool
) -> Iterator[tuple[StatementForecast, ...]]:
    """Return the statements in the groups that commit together."""
    if transactional:
        yield statements
        return
    numbered: dict[int, list[StatementForecast]] = {}
    for each in statements:
        if each.statement.transaction is None:
            yield (each,)
        else:
            numbered.setdefault(each.statement.transaction, []).append(each)
    yield from map(tuple, numbered.values())


def who_waits(lock: Lock) -> Who | None:
    """Return whom a lock keeps waiting; None for one that only keeps out other changes of the schema."""
    if lock is Lock.ACCESS_EXCLUSIVE:
        return Who.ALL
    return None if lock is Lock.SHARE_UPDATE_EXCLUSIVE else Who.WRITERS


def _is_within(wait: Wait, of_all: Wait | None) -> bool:
    """Tell whether writers wait no longer than readers do as well: then it need not be told of them."""
    if wait.who is Who.ALL or of_all is None or of_all.seconds is None or wait.seconds is None:
        return wait.who is not Who.ALL and of_all is not None
    return wait.seconds.high <= of_all.seconds.high


def _keep_the_longer(found: dict[tuple[str, Who], Wait], wait: Wait) -> None:
    before = found.get((wait.relation, wait.who))
    if before is None:
        found[wait.relation, wait.who] = wait
        return
    lock = strongest(iter([("", before.lock), ("", wait.lock)]))[""]
    longer = None
    if before.seconds is not None and wait.seconds is not None:
        longer = before.seconds if before.seconds.high >= wait.seconds.high else wait.seconds
    found[wait.relation, wait.who] = Wait(wait.relation, lock, wait.who, longer)
