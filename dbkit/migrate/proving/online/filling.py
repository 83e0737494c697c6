"""Many rows for some tables: a few that every constraint and trigger has had its say about, and more of their kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from dbkit.migrate.line import Line
from dbkit.migrate.proving.filling import fill_some
from dbkit.migrate.proving.online.touching import Touched
from dbkit.migrate.proving.rules import Rule, as_before, rules_held
from dbkit.migrate.session import Session, Target
from dbkit.migrate.trace.filling import ROWS
from dbkit.migrate.trace.values import Column

__all__ = ["Kind", "fill_many"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of rows are made: `everywhere` without NULL, and such as fit `rules` besides the schema's own.

    They have few parents where they share those of tables that are not touched, which need no more rows then.
    """

    everywhere: bool = False
    rules: Collection[Rule] = ()
    has_few_parents: bool = False


def fill_many(target: Target, line: Line, tables: Touched, rows: int, kind: Kind) -> dict[str, str]:
    """Fill the tables that are touched, and return why one has fewer rows, by its name.

    Every other row has NULL where it may, the rest a value. What rows refer to in tables that are not touched is
    there for the first of them, or shared. Raises what a connection does.
    """
    with Session(target, "dbkit migrate prove") as session, rules_held(session.connection, kind.rules):
        failed, columns = fill_some(session.connection, line, tables.with_parents, everywhere=kind.everywhere)
        has_many_parents = tables.writes and not kind.has_few_parents
        wanted = [each for each in (tables.with_parents if has_many_parents else tables.tables) if each in columns]
        few = set(tables.with_parents) - set(wanted) if kind.has_few_parents else set[str]()
        for table in wanted if rows > ROWS else ():
            if table not in failed:
                choices = _choices(columns[table], few, everywhere=kind.everywhere)
                refused = _more(session.connection, table, list(choices), rows)
                failed |= {table: refused} if refused else {}
        for table in wanted:
            session.connection.execute(f"ANALYZE {_quoted(table)}".encode())
        return {table: why for table, why in failed.items() if table in tables.tables}


def _more(connection: psycopg.Connection[Any], table: str, choices: Sequence[Mapping[str, str]], rows: int) -> str:
    """Insert the rest of the rows with the first of the choices that is possible; return why none is.

    Where checks refuse them that are not validated, they are older than those, as rows are that were there.
    """
    # What a row refers to has its number, and nobody has to look for it row by row.
    connection.execute("SET session_replication_role = replica")
    refused = _inserted(connection, table, choices, rows)
    connection.execute("SET session_replication_role = origin")
    if refused:
        with as_before(connection):
            refused = _inserted(connection, table, choices, rows)
    return f"no more than {ROWS} fit: {refused}" if refused else ""


def _inserted(connection: psycopg.Connection[Any], table: str, choices: Sequence[Mapping[str, str]], rows: int) -> str:
    refused = ""
    for values in choices:
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
    return refused


def _choices(columns: Sequence[Column], few: Collection[str], *, everywhere: bool) -> Iterator[dict[str, str]]:
    """Yield expressions for columns: with what may be empty, and without."""
    written = {column.name: _value(column, few) for column in columns if column.written}
    optional = {column.name: _value(column, few) for column in columns if not column.written and not column.is_identity}
    if not everywhere:
        optional = {name: f"CASE WHEN n % 2 = 0 THEN {value} END" for name, value in optional.items()}
    yield written | optional
    if written:
        yield written


def _value(column: Column, few: Collection[str]) -> str:
    if column.source.partition(".")[0] not in few:
        return column.value
    return f"(SELECT {column.value} FROM (SELECT (n - 1) % {ROWS} + 1 AS n) AS parent)"  # noqa: S608 (of our making)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
