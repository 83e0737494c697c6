"""Put a forecast together: the revisions, their traces, the tables' sizes, and who is in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dbkit.migrate.forecast.costs import Server
from dbkit.migrate.forecast.definitions import made_tables
from dbkit.migrate.forecast.estimating import disk_at_once, disk_kept, estimated, transactions, waits, who_waits
from dbkit.migrate.forecast.model import RevisionForecast, Wait
from dbkit.migrate.forecast.sizes import TableSize
from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.trace.file import Trace
from dbkit.migrate.trace.model import RevisionTrace, Statement, table_of

__all__ = ["Blockers", "Known", "predicted"]

Blockers = Callable[[Sequence[str]], list[Holder]]
"""Who uses any of these relations right now."""

_EMPTY = TableSize(0, 0, 0)


@dataclass(slots=True)
class Known:
    """What is known of tables: those that were looked at, and those that revisions behind that look have made."""

    statistics: Statistics | None
    made: set[str] = field(default_factory=set[str])

    def learn(self, trace: RevisionTrace | None) -> None:
        """Take in what a revision makes, where it was traced."""
        for each in trace.statements if trace is not None else ():
            self.made |= made_tables(each.sql)

    @property
    def server(self) -> Server:
        """The server that the sizes are of."""
        return Server() if self.statistics is None else self.statistics.server

    def sizes(self, tables: Iterable[str]) -> dict[str, TableSize | None]:
        """Return the sizes of tables, None for those that were not there."""
        if self.statistics is None:
            return {}
        return {name: self.statistics.tables.get(name) for name in sorted(set(tables))}

    def is_new(self, table: str) -> bool:
        """Tell whether a table that was not there is known to come, and so to be empty."""
        return table in self.made


def predicted(
    revisions: Iterable[Revision], trace: Trace, known: Known, blockers: Blockers
) -> tuple[RevisionForecast, ...]:
    """Return what is told of each revision; one that was not traced is told as its header claims."""
    found: list[RevisionForecast] = []
    for each in revisions:
        seen = trace.of(each)
        found.append(_predicted(each, seen, known, blockers))
        known.learn(seen)
    return tuple(found)


def _predicted(revision: Revision, trace: RevisionTrace | None, known: Known, blockers: Blockers) -> RevisionForecast:
    if trace is None:
        return _as_claimed(revision, known, blockers)
    sizes = known.sizes(name for each in trace.statements for name in _tables(each))
    unseen = tuple(name for name, size in sizes.items() if size is None and not known.is_new(name))
    # What comes by a revision before this one has few rows; of what nobody has seen nothing is known.
    counted = {name: None if name in unseen else size or _EMPTY for name, size in sizes.items()}
    statements = tuple(estimated(each, counted, known.server) for each in trace.statements)
    is_transactional = revision.header.transactional
    found = RevisionForecast(
        revision,
        is_traced=True,
        locks=trace.locks,
        statements=statements,
        waits=waits(statements, transactional=is_transactional),
        sizes=sizes,
        blockers=tuple(blockers(list(trace.locks))),
        retypes=trace.retypes,
        unseen=unseen,
    )
    groups = list(transactions(statements, transactional=is_transactional))
    return replace(found, disk_bytes=disk_at_once(groups), kept_bytes=disk_kept(statements))


def _as_claimed(revision: Revision, known: Known, blockers: Blockers) -> RevisionForecast:
    locks = revision.header.locks
    sizes = known.sizes(locks)
    return RevisionForecast(
        revision,
        is_traced=False,
        locks=locks,
        waits=tuple(Wait(name, lock, who, None) for name, lock in locks.items() if (who := who_waits(lock))),
        sizes=sizes,
        blockers=tuple(blockers(list(locks))),
        unseen=tuple(name for name, size in sizes.items() if size is None and not known.is_new(name)),
    )


def _tables(each: Statement) -> Iterator[str]:
    names = (*each.locks, *each.rewrites, *each.scans, *each.builds, *each.writes)
    return (table for name in names if " " not in (table := table_of(name)))
