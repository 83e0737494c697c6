"""How long statements take, and who waits meanwhile: from what a walk has seen of them, and the sizes of tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from dbkit.migrate.forecast import costs
from dbkit.migrate.forecast.costs import Cost, Disk, Key, Server
from dbkit.migrate.forecast.definitions import (
    altered_table,
    conversions,
    draws_values,
    index_of,
    looks_up_others,
    only_looks_for_nulls,
    part_of,
)
from dbkit.migrate.forecast.kinds import conversion_weight
from dbkit.migrate.forecast.model import StatementForecast, Wait, Who, Work, WorkKind, total
from dbkit.migrate.forecast.ranges import NOTHING, Range
from dbkit.migrate.forecast.rates import OVERHEAD_SECONDS, Rates
from dbkit.migrate.forecast.sizes import TableSize
from dbkit.migrate.header import Lock
from dbkit.migrate.trace.model import Statement, relation_of, strongest, table_of
from dbkit.migrate.trace.shapes import inserts_values, needs_autocommit

__all__ = ["disk_at_once", "disk_kept", "estimated", "transactions", "waits", "who_waits"]

_DRAWN_WEIGHT: Final = 25.0
"""What drawing a value for a row costs, as a multiple of looking at one."""

_ROWS_NEAR: Final = 10_000
"""So many rows that are looked up are in the processor's nearest caches, and ten times as many in the last of them."""

_FARTHER, _FAR_AWAY = 0.5, 2.0
"""What ten times as many rows add to a look, as a multiple of one: within the caches, and in memory behind them."""

Sizes = Mapping[str, TableSize | None]


def estimated(statement: Statement, sizes: Sizes, server: Server) -> StatementForecast:
    """Return what a statement takes; a table of which nothing is known leaves it open."""
    works = tuple(_works(statement, sizes, server))
    seconds, wal = total([work.seconds for work in works]), total([work.wal_bytes for work in works])
    if not works:
        # It changes the catalogue, as much of it here as there.
        wal = Range(statement.wal_bytes, statement.wal_bytes)
    return StatementForecast(statement, works, None if seconds is None else seconds + OVERHEAD_SECONDS, wal)


def disk_at_once(groups: Sequence[Sequence[StatementForecast]]) -> Range | None:
    """Return how much disk transactions need beyond what was in use before, at the moment when it is most."""
    kept, most = NOTHING, NOTHING
    for group in groups:
        disks = _disks(group)
        if disks is None:
            return None
        held, temporary = kept, NOTHING
        for each in disks:
            held += each.kept + each.until_commit
            temporary = max(temporary, each.temporary, key=lambda span: span.high)
        most = max(most, held + temporary, key=lambda span: span.high)
        kept = total([kept, *(each.kept for each in disks)]) or NOTHING
    return most


def disk_kept(statements: Sequence[StatementForecast]) -> Range | None:
    """Return how much more disk is in use when all is done."""
    disks = _disks(statements)
    return None if disks is None else total([each.kept for each in disks])


def _disks(statements: Sequence[StatementForecast]) -> list[Disk] | None:
    found: list[Disk] = []
    for each in statements:
        for work in each.works:
            if work.disk is None:
                return None
            found.append(work.disk)
    return found


def waits(statements: tuple[StatementForecast, ...], *, transactional: bool) -> tuple[Wait, ...]:
    """Return who waits for which relation, and how long: from a lock to the end of the transaction that takes it."""
    found: dict[tuple[str, Who], Wait] = {}
    for group in transactions(statements, transactional=transactional):
        for place, each in enumerate(group):
            held = total([other.seconds for other in group[place:]])
            for relation, lock in each.statement.locks.items():
                who = who_waits(lock)
                if who is not None:
                    _keep_the_longer(found, Wait(relation, lock, who, held))
    told = [wait for wait in found.values() if not _is_within(wait, found.get((wait.relation, Who.ALL)))]
    return tuple(sorted(told, key=lambda wait: (wait.relation, wait.who)))


def _works(statement: Statement, sizes: Sizes, server: Server) -> Iterator[Work]:
    for name in statement.rewrites:
        rewrite = partial(costs.rewrite, server, weight=_weight(statement.sql))
        yield _work(WorkKind.REWRITE, name, sizes, rewrite)
    for name in statement.builds:
        yield _work(WorkKind.BUILD, name, sizes, partial(_build, server, statement, name))
    built = {table_of(name) for name in statement.builds}
    for name in statement.scans:
        # Building and writing anew are scans themselves.
        if name not in built and name not in statement.rewrites:
            yield _work(WorkKind.SCAN, name, sizes, partial(costs.scan, server, extra=_looked(statement, name, sizes)))
    if not inserts_values(statement.sql):
        for name in statement.writes:
            yield _work(WorkKind.WRITE, name, sizes, partial(costs.update, server))


def _build(server: Server, statement: Statement, name: str, size: TableSize) -> Cost:
    return costs.build(server, size, _key(statement, name, size))


def _work(kind: WorkKind, what: str, sizes: Sizes, cost: Callable[[TableSize], Cost]) -> Work:
    table = table_of(what)
    size = sizes.get(table)
    if size is None:
        return Work(kind, what, table, None, None, None)
    found = cost(size)
    return Work(kind, what, table, found.seconds, found.wal_bytes, found.disk)


def _key(statement: Statement, name: str, size: TableSize) -> Key:
    """Return what is known of an index that a statement builds: by its words, else as it was before."""
    index = relation_of(name)
    old, words = size.indexes.get(index), index_of(statement.sql, index)
    is_concurrent = needs_autocommit(statement.sql)
    if words is not None:
        nulls = {column: each.nulls for column, each in size.columns.items()}
        part = Range(*part_of(words.predicate, nulls))
        return Key(words.columns, part, words.unique, words.method, old, is_concurrent)
    if old is not None:
        return Key(old.columns, unique=old.unique, method=old.method, old=old, is_concurrent=is_concurrent)
    return Key((), is_concurrent=is_concurrent)


def _weight(sql: str) -> float:
    """Return what new values of a row cost."""
    drawn = _DRAWN_WEIGHT if draws_values(sql) else 0.0
    return drawn + sum(conversion_weight(each) for each in conversions(sql).values())


def _looked(statement: Statement, table: str, sizes: Sizes) -> Callable[[Rates], float]:
    """Return what a row of a table costs that is looked at, beside being read."""
    if looks_up_others(statement.sql, len(statement.scans)):
        if altered_table(statement.sql) not in (table, None):
            return lambda rates: rates.hash_row
        others = [size.rows or 0 for name in statement.scans if name != table and (size := sizes.get(name)) is not None]
        far = _far(max(others, default=0))
        return lambda rates: rates.join_row * far
    if only_looks_for_nulls(statement.sql):
        return lambda _: 0.0
    return lambda rates: rates.check_row


def _far(rows: int) -> float:
    """Return what a look into a hash of so many rows costs, as a multiple of one into a small one."""
    decades = math.log10(max(1.0, rows / _ROWS_NEAR))
    return 1 + min(decades, 1.0) * _FARTHER + max(0.0, decades - 1) * _FAR_AWAY


def transactions(
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
