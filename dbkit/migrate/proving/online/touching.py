"""Which tables a revision touches, seen on a small copy, and which of them need rows to be measured with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import LiteralString

from dbkit.migrate import step
from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.subject import Subject
from dbkit.migrate.scratch_steps import begun, step_connection, told
from dbkit.migrate.session import Session, Target
from dbkit.migrate.trace.measuring import Measure
from dbkit.migrate.trace.model import Statement, table_of

__all__ = ["Touched", "touched"]

_TABLES: LiteralString = """
SELECT relname::text FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
"""
_PARENTS: LiteralString = """
SELECT t.relname::text, o.relname::text
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
WHERE k.contype = 'f' AND k.conparentid = 0 AND k.connamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """The tables that were there and that a revision locks, reads or writes; then with those that they refer to."""

    tables: tuple[str, ...]
    with_parents: tuple[str, ...]


def touched(subject: Subject) -> Touched:
    """See what a revision touches; raise `CouldNotRun` where it cannot be applied."""
    with subject.copy() as copy:
        with Session(copy, "dbkit migrate prove") as session:
            there = {str(row[0]) for row in session.connection.execute(_TABLES)}
            parents = {(str(table), str(parent)) for table, parent in session.connection.execute(_PARENTS)}
        found = _measured(subject, copy)
    tables = tuple(sorted(found & there))
    return Touched(tables, tuple(sorted(_with_parents(tables, parents))))


def _measured(subject: Subject, copy: Target) -> set[str]:
    revision, without = subject.revision, (subject.line.version_table.name, *TABLES)
    seconds_max = subject.bounds.seconds_max
    try:
        with (
            step_connection(copy, seconds_max, "dbkit migrate prove") as (session, connection),
            begun(connection, revision, session.target),
            Measure(session.connection, without) as measure,
        ):
            step.upgrade(connection, revision)
            return {table_of(name) for each in measure.statements for name in _names(each)}
    except Exception as error:  # noqa: BLE001 (whatever a revision raises)
        failed = error
    raise CouldNotRun(told(failed, revision, seconds_max))


def _names(statement: Statement) -> Collection[str]:
    return {*statement.locks, *statement.scans, *statement.writes, *statement.rewrites}


def _with_parents(tables: Collection[str], parents: Collection[tuple[str, str]]) -> set[str]:
    found = set(tables)
    while new := {parent for table, parent in parents if table in found} - found:
        found |= new
    return found
