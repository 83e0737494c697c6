"""Put a forecast together: the revisions, their traces, the tables' sizes, and who is in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dbkit.migrate.forecast.estimating import estimated, waits, who_waits
from dbkit.migrate.forecast.model import RevisionForecast, Wait
from dbkit.migrate.forecast.statistics import Statistics, TableSize
from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.trace.file import Trace
from dbkit.migrate.trace.model import RevisionTrace, Statement, table_of

__all__ = ["Blockers", "predicted"]

Blockers = Callable[[Sequence[str]], list[Holder]]
"""Who uses any of these relations right now."""

_EMPTY = TableSize(0, 0, 0)


def predicted(
    revisions: Iterable[Revision], trace: Trace, statistics: Statistics | None, blockers: Blockers
) -> tuple[RevisionForecast, ...]:
    """Return what is told of each revision; one that was not traced is told as its header claims."""
    return tuple(_predicted(each, trace.of(each), statistics, blockers) for each in revisions)


def _predicted(
    revision: Revision, trace: RevisionTrace | None, statistics: Statistics | None, blockers: Blockers
) -> RevisionForecast:
    if trace is None:
        return _as_claimed(revision, statistics, blockers)
    sizes = _sizes((name for each in trace.statements for name in _tables(each)), statistics)
    # What is not there yet is made by a revision before this one, and has few rows.
    counted = {} if statistics is None else {name: size or _EMPTY for name, size in sizes.items()}
    statements = tuple(estimated(each, counted) for each in trace.statements)
    return RevisionForecast(
        revision,
        is_traced=True,
        locks=trace.locks,
        statements=statements,
        waits=waits(statements, transactional=revision.header.transactional),
        sizes=sizes,
        blockers=tuple(blockers(list(trace.locks))),
        retypes=trace.retypes,
    )


def _as_claimed(revision: Revision, statistics: Statistics | None, blockers: Blockers) -> RevisionForecast:
    locks = revision.header.locks
    return RevisionForecast(
        revision,
        is_traced=False,
        locks=locks,
        waits=tuple(Wait(name, lock, who, None) for name, lock in locks.items() if (who := who_waits(lock))),
        sizes=_sizes(locks, statistics),
        blockers=tuple(blockers(list(locks))),
    )


def _tables(each: Statement) -> Iterator[str]:
    names = (*each.locks, *each.rewrites, *each.scans, *each.builds, *each.writes)
    return (table for name in names if " " not in (table := table_of(name)))


def _sizes(tables: Iterable[str], statistics: Statistics | None) -> Mapping[str, TableSize | None]:
    if statistics is None:
        return {}
    return {name: statistics.tables.get(name) for name in sorted(set(tables))}
