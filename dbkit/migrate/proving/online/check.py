"""The check *online*: readers, writers and a long transaction beside the revision, with many rows in the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, Self

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.header import Phase
from dbkit.migrate.proving.model import Finding, Outcome, Verdict
from dbkit.migrate.proving.online.counting import counted
from dbkit.migrate.proving.online.filling import Kind, fill_many
from dbkit.migrate.proving.online.judging import FACTOR, Measured, errors, growth, stalls
from dbkit.migrate.proving.online.loading import loaded
from dbkit.migrate.proving.online.touching import Touched, touched
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.subject import Fill, Subject
from dbkit.migrate.proving.waiving import Waiver
from dbkit.migrate.report import Options
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.scratch_steps import take
from dbkit.migrate.session import Target
from dbkit.migrate.trace.filling import ROWS

__all__ = ["Online"]

_TRIES: Final = 3
_TRIED_ROWS: Final = 2 * ROWS
_TABLES_FULL: Final = 1
_STALL_MILLISECONDS_MAX: Final = Options().stall_milliseconds_max


class Online:
    """No caller gets an error, none waits longer than a runner may keep it waiting, and none the longer for more rows.

    A call that is slow may be so for another reason than the revision: it counts where it comes again. What follows
    from more rows is counted, and does not depend on how fast anything is.
    """

    name = "online"
    asks = "Can others read and write meanwhile?"

    def prove(self, subject: Subject) -> Outcome:
        """Measure a revision with rows and with four times as many, beside callers."""
        tables = touched(subject)
        if not tables.tables:
            return Outcome.of((), notes=("it touches no table that was there",))
        if subject.filled.fill is Fill.NONE:
            return Outcome.could_not_run(f"with rows in the tables, {subject.filled.refused}")
        asked = _Asked.of(subject, tables)
        waiver = subject.waiver_of(self.name)
        if waiver is not None:
            return _waived(asked, waiver)
        rows = _rows(subject, tables)
        few, many = _measured(asked, rows), _measured(asked, rows * FACTOR)
        found = [*growth(few, many, is_one_transaction=subject.revision.header.transactional), *errors(many.load)]
        found += [] if found else _stalls(asked, many)
        return _outcome(found, few, many)


@dataclass(frozen=True)
class _Asked:
    """A revision, the tables that it touches, and how many rows of them are made."""

    subject: Subject
    tables: Touched
    fill: Fill

    @classmethod
    def of(cls, subject: Subject, tables: Touched) -> Self:
        """Find the first way in which many rows can be made that the revision takes; raise `CouldNotRun` without."""
        refused = ""
        for fill in _ways(subject):
            asked = cls(subject, tables, fill)
            try:
                with asked.filled(_TRIED_ROWS) as (target, _):
                    failed = take(target, (subject.revision,), seconds_max=subject.bounds.seconds_max)
            except CouldNotRun as error:
                refused = refused or str(error)
            else:
                if failed is None:
                    return asked
                refused = refused or f"with many rows in the tables, {failed.words}"
        raise CouldNotRun(refused)

    @contextmanager
    def filled(self, rows: int) -> Iterator[tuple[Target, Mapping[str, str]]]:
        """Give a database with so many rows for a block, and why tables have fewer."""
        subject = self.subject
        older = subject.older if self.fill is Fill.AGED else None
        with scratch_database(subject.server, template=older.target if older else subject.before) as target:
            kind = Kind(self.fill.is_full, subject.rules(self.fill), has_few_parents=older is not None)
            empty = fill_many(target, subject.line, self.tables, rows, kind)
            failed = take(target, older.way, seconds_max=subject.bounds.seconds_max) if older else None
            if failed is not None:
                raise CouldNotRun(f"with many rows that come along, {failed.revision}: {failed.words}")
            if empty.keys() >= set(self.tables.tables):
                raise CouldNotRun(f"no table that it touches can be filled: {'; '.join(sorted(set(empty.values())))}")
            yield target, empty


def _ways(subject: Subject) -> Sequence[Fill]:
    """Return how many rows may be made: as is told, else right before the revision, else as a guess."""
    if subject.older is not None and subject.older.is_told:
        return (Fill.AGED,)
    ways = tuple(subject.ways_at_once)
    first = ways.index(subject.filled.fill) if subject.filled.fill in ways else 0
    return (*ways[first:], *(() if subject.older is None else (Fill.AGED,)))


def _measured(asked: _Asked, rows: int) -> Measured:
    """Apply a revision twice to databases with so many rows: alone, counting, and beside callers."""
    subject, tables, seconds_max = asked.subject, asked.tables, asked.subject.bounds.seconds_max
    with asked.filled(rows) as (target, empty):
        with scratch_database(subject.server, template=target) as copy:
            stops = counted(copy, subject.revision, (subject.line.version_table.name, *TABLES), seconds_max)
        called = [table for table in tables.tables if table not in empty]
        # What a contract takes away, no code uses any more.
        only = tables.columns if subject.revision.header.phase is Phase.CONTRACT else None
        return Measured(rows, stops, loaded(target, subject.line, called, seconds_max, only), empty)


def _rows(subject: Subject, tables: Touched) -> int:
    """Return how many rows each table gets at first: where many are touched, fewer, so that it does not take long."""
    return max(subject.bounds.rows * _TABLES_FULL // max(len(tables.tables), _TABLES_FULL), 1)


def _stalls(asked: _Asked, many: Measured) -> list[Finding]:
    """Return whose calls are too slow each time that it is tried."""
    found = list(stalls(many.load, many.rows, _STALL_MILLISECONDS_MAX))
    for _ in range(_TRIES - 1):
        if found:
            again = _measured(asked, many.rows)
            found = list(stalls(again.load, again.rows, _STALL_MILLISECONDS_MAX))
    return found


def _waived(asked: _Asked, waiver: Waiver) -> Outcome:
    """Hold a waiver against what it says: with as many rows as it allows, others wait no longer than they may."""
    most = _measured(asked, waiver.rows_max)
    found = _stalls(asked, most)
    outcome = _outcome(found, most, most)
    if found:
        return replace(outcome, notes=(*outcome.notes, f"waived up to {waiver.rows_max} rows: {waiver.reason}"))
    reason = f"up to {waiver.rows_max} rows: {waiver.reason}"
    return replace(outcome, verdict=Verdict.WAIVED, reason=reason, findings=tuple(errors(most.load)))


def _outcome(found: Sequence[Finding], few: Measured, many: Measured) -> Outcome:
    notes = [f"beside callers of {', '.join(sorted({each.table for each in many.load.callers})) or 'no table'}"]
    if many.load.tables_left_out:
        notes.append(f"without callers of {', '.join(many.load.tables_left_out)}")
    notes += [f"without many rows in {table}: {why}" for table, why in sorted(many.empty.items())]
    return Outcome.of(found, notes=tuple(notes), figures=_figures(few, many), series=many.load.series())


def _figures(few: Measured, many: Measured) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for each in (few, many) if few is not many else (many,):
        for name, writes in (("read", False), ("write", True)):
            found[f"longest_{name}_with_{each.rows}_rows_milliseconds"] = each.load.stall_seconds(writes=writes) * 1000
    return found
