"""Rows to prove a revision with: those that every table may hold, and what may be empty written as well."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, LiteralString

import psycopg

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.line import Line
from dbkit.migrate.proving.rules import Rule, as_before, rules_held
from dbkit.migrate.session import Session, Target
from dbkit.migrate.trace.filling import Filler
from dbkit.migrate.trace.values import Column

__all__ = ["add_rows", "columns_of", "fill_some", "filled", "write_optional"]

_NAME: Final = "dbkit migrate prove"
_COLUMNS: LiteralString = """
SELECT c.relname::text, a.attname::text, c.oid, a.attnum FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped
"""

_KEPT_BY_TRIGGERS: LiteralString = """
SELECT DISTINCT name FROM unnest(%s::text[]) AS name, pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgrelid <> to_regclass(quote_ident(name))
  AND name = ANY (regexp_split_to_array(p.prosrc, '\\W+'))
"""


def filled(target: Target, line: Line, *, everywhere: bool = False, rules: Collection[Rule] = ()) -> dict[str, str]:
    """Fill a database's tables; return why one got no rows, by its name.

    Every other row has NULL where it may, the rest a value, as far as constraints allow; with `everywhere` none has
    NULL. All fit `rules` besides the schema's own. Raises what a connection does.
    """
    with Session(target, _NAME) as session, rules_held(session.connection, rules):
        return fill_some(session.connection, line, everywhere=everywhere)[0]


def fill_some(
    connection: psycopg.Connection[Any], line: Line, only: Collection[str] | None = None, *, everywhere: bool
) -> tuple[dict[str, str], Mapping[str, list[Column]]]:
    """Fill tables, or `only` these; return why one got no rows, and the columns of each, by its name.

    Where none fits a table, rows are tried that are older than its triggers, and than checks that are not validated.
    """
    without = (line.version_table.name, *TABLES)
    filler = Filler(connection, without)
    failed = dict(filler.fill(only))
    tables = dict(filler.tables)
    if failed:
        older = Filler(connection, without)
        got = _filled_as_before(connection, older, failed)
        failed = {table: why for table, why in failed.items() if table not in got}
        tables |= {table: older.tables[table] for table in got}
    for table, columns in tables.items():
        optional = [column for column in columns if not column.written and not column.is_identity]
        if optional and table not in failed and (only is None or table in only):
            write_optional(connection, table, optional, everywhere=everywhere)
    return failed, tables


def _filled_as_before(connection: psycopg.Connection[Any], filler: Filler, tables: Collection[str]) -> set[str]:
    """Fill tables with rows that are older than triggers and checks, as far as they find what they refer to."""
    with as_before(connection):
        refused = filler.fill(tables)
        lost = filler.dependents(refused.keys()) & (set(tables) - refused.keys())
        for table in lost:
            connection.execute(f"DELETE FROM {_quoted(table)}".encode())  # noqa: S608 (quoted)
    return set(tables) - refused.keys() - lost


def add_rows(target: Target, line: Line, is_new: Callable[[str, str], bool]) -> dict[str, str]:
    """Fill the tables that have no rows, and write what is new of the others: columns, by their tables.

    Those that were there get theirs first: a trigger may copy them to a new one, which has no others then, and keeps
    those that the revision has copied before as they are. Returns why a table got no rows, by its name.
    """
    with Session(target, _NAME) as session:
        filler = Filler(session.connection, (line.version_table.name, *TABLES), fires_triggers=True)
        empty = [table for table in filler.tables if _is_empty(session.connection, table)]
        new_tables = {name for name, of in filler.tables.items() if all(is_new(name, column.name) for column in of)}
        dependent = filler.dependents(new_tables)
        filler.fill([table for table in empty if table not in dependent])
        left = [table for table in empty if table in dependent and _is_empty(session.connection, table)]
        failed = filler.fill(left)
        copied = (new_tables & {*empty, *_kept_by_triggers(session.connection, new_tables)}) - set(left)
        for table, columns in filler.tables.items():
            new = [column for column in columns if not column.is_identity and is_new(table, column.name)]
            optional = [column for column in new if table not in empty or not column.written]
            if optional and table not in failed and table not in copied:
                write_optional(session.connection, table, optional, everywhere=False)
        return failed


def columns_of(target: Target) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the columns of a database by their names and their tables', each as what it stays however it is called."""
    with Session(target, _NAME) as session:
        rows = session.connection.execute(_COLUMNS).fetchall()
    return {(table, column): (oid, number) for table, column, oid, number in rows}


def _kept_by_triggers(connection: psycopg.Connection[Any], tables: Collection[str]) -> list[str]:
    """Return the tables that triggers of other ones write to."""
    return [name for (name,) in connection.execute(_KEPT_BY_TRIGGERS, (list(tables),)).fetchall()]


def _is_empty(connection: psycopg.Connection[Any], table: str) -> bool:
    found = connection.execute(f"SELECT FROM {_quoted(table)} LIMIT 1".encode()).fetchone()
    return found is None


def write_optional(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[Column], *, everywhere: bool
) -> None:
    """Write columns that the rows have been inserted without: together if that is allowed, else one by one."""
    if not _is_written(connection, table, columns, everywhere=everywhere):
        for column in columns:
            _is_written(connection, table, [column], everywhere=everywhere)


def _is_written(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[Column], *, everywhere: bool
) -> bool:
    written = ", ".join(f"{_quoted(column.name)} = {column.value}" for column in columns)
    name = _quoted(table)
    some = "" if everywhere else " AND n % 2 = 0"
    # Rows go by where they lie: not every table has a key. Names are quoted, values of this package's making.
    update = (
        f"UPDATE {name} SET {written} FROM (SELECT tableoid AS part, ctid AS place, row_number() OVER () AS n"  # noqa: S608
        f" FROM {name}) AS numbered WHERE {name}.tableoid = part AND {name}.ctid = place{some}"
    )
    try:
        connection.execute(update.encode())
    except psycopg.Error:
        # A constraint is against it: then they stay as they are.
        return False
    return True


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
