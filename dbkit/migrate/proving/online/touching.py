"""Which tables a revision touches, seen on a small copy, and which of them need rows to be measured with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
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
_COLUMNS: LiteralString = """
SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0
  AND NOT a.attisdropped
"""
_PARENTS: LiteralString = """
SELECT t.relname::text, o.relname::text
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
WHERE k.contype = 'f' AND k.conparentid = 0 AND k.connamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """The tables that were there and that a revision locks, reads or writes; then with those that they refer to.

    What it `writes` has to find there what it refers to. `columns` are those of each table behind the revision.
    """

    tables: tuple[str, ...]
    with_parents: tuple[str, ...]
    writes: bool = False
    columns: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])


def touched(subject: Subject) -> Touched:
    """See what a revision touches; raise `CouldNotRun` where it cannot be applied."""
    with subject.copy() as copy:
        with Session(copy, "dbkit migrate prove") as session:
            there = {str(row[0]) for row in session.connection.execute(_TABLES)}
            parents = {(str(table), str(parent)) for table, parent in session.connection.execute(_PARENTS)}
        statements = _measured(subject, copy)
        with Session(copy, "dbkit migrate prove") as session:
            columns: dict[str, set[str]] = {}
            for table, column in session.connection.execute(_COLUMNS):
                columns.setdefault(str(table), set()).add(str(column))
    found = {table_of(name) for each in statements for name in _names(each)}
    tables = tuple(sorted(found & there))
    writes = any(each.writes for each in statements)
    return Touched(tables, tuple(sorted(_with_parents(tables, parents))), writes, columns)


def _measured(subject: Subject, copy: Target) -> Sequence[Statement]:
    revision, without = subject.revision, (subject.line.version_table.name, *TABLES)
    seconds_max = subject.bounds.seconds_max
    try:
        with (
            step_connection(copy, seconds_max, "dbkit migrate prove") as (session, connection),
            begun(connection, revision, session.target),
            Measure(session.connection, without) as measure,
        ):
            step.upgrade(connection, revision)
            return measure.statements
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
