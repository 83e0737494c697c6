"""Many rows for some tables: a few that every constraint and trigger has had its say about, and more of their kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.line import Line
from dbkit.migrate.proving.filling import write_optional
from dbkit.migrate.proving.online.touching import Touched
from dbkit.migrate.session import Session, Target
from dbkit.migrate.trace.filling import ROWS, Filler
from dbkit.migrate.trace.values import Column

__all__ = ["fill_many"]


def fill_many(target: Target, line: Line, tables: Touched, rows: int, *, everywhere: bool) -> dict[str, str]:
    """Fill the tables that are touched, and return why one has fewer rows, by its name.

    Every other row has NULL where it may, the rest a value; with `everywhere` none has NULL. What rows refer to in
    tables that are not touched is there for the first of them. Raises what a connection does.
    """
    with Session(target, "dbkit migrate prove") as session:
        filler = Filler(session.connection, (line.version_table.name, *TABLES))
        failed = filler.fill(tables.with_parents)
        for table in tables.with_parents:
            optional = [column for column in filler.tables[table] if not column.written and not column.is_identity]
            if optional and table not in failed:
                write_optional(session.connection, table, optional, everywhere=everywhere)
        # What a row refers to has its number, and nobody has to look for it row by row.
        session.set({"session_replication_role": "replica"})
        for table in tables.with_parents if tables.writes else tables.tables:
            if table not in failed and rows > ROWS:
                refused = _more(session.connection, table, filler.tables[table], rows, everywhere=everywhere)
                failed |= {table: refused} if refused else {}
            session.connection.execute(f"ANALYZE {_quoted(table)}".encode())
        return {table: why for table, why in failed.items() if table in tables.tables}


def _more(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[Column], rows: int, *, everywhere: bool
) -> str:
    """Insert the rest of the rows: with what may be empty, else without; return why neither is possible."""
    refused = ""
    for values in _choices(columns, everywhere=everywhere):
        names, expressions = ", ".join(map(_quoted, values)), ", ".join(values.values())
        # Names are quoted, values of this package's making. Short texts may not be enough for so many rows.
        insert = (
            f"INSERT INTO {_quoted(table)} ({names}) OVERRIDING SYSTEM VALUE"  # noqa: S608
            f" SELECT {expressions} FROM generate_series({ROWS + 1}, {rows}) n ON CONFLICT DO NOTHING"
        )
        try:
            connection.execute(insert.encode())
        except psycopg.Error as error:
            refused = type(error).__name__
        else:
            return ""
    return f"no more than {ROWS} fit: {refused}"


def _choices(columns: Sequence[Column], *, everywhere: bool) -> Iterator[dict[str, str]]:
    written = {column.name: column.value for column in columns if column.written}
    optional = {column.name: column.value for column in columns if not column.written and not column.is_identity}
    if not everywhere:
        optional = {name: f"CASE WHEN n % 2 = 0 THEN {value} END" for name, value in optional.items()}
    yield written | optional
    if written:
        yield written


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
