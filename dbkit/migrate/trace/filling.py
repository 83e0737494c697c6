"""Rows for any table, from the catalogue alone: few, plain, and fit for its constraints.

A walk needs them so that statements that look at rows or write them do so. The values of row n
follow from n: columns that foreign keys tie together hold the same in row n of every table, so
that references find what they refer to. What may be empty stays empty, what has a default takes it.
Where a check refuses the rows, other values are tried for its columns, the literals of the check among them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice, product
from typing import Any, LiteralString, TypeAlias

import psycopg
from psycopg import sql

from dbkit.migrate.trace.values import Choice, Column

__all__ = ["ROWS", "Filler", "fill"]

ROWS = 100
"""How many rows each table gets, unless more are asked for."""

_TRIES_MAX = 200
_COLUMNS: LiteralString = """
SELECT c.relname::text, a.attname::text, b.typcategory::text, b.typname::text, format_type(a.atttypid, a.atttypmod),
       information_schema._pg_char_max_length(b.oid, CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END),
       a.attnotnull OR t.typnotnull, a.atthasdef OR t.typdefault IS NOT NULL, a.attidentity <> '',
       ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = b.oid ORDER BY e.enumsortorder),
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey))
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.relname, a.attnum
"""
_REFERENCES: LiteralString = """
SELECT t.relname::text, a.attname::text, o.relname::text, r.attname::text
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair (ours, theirs)
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.ours
JOIN pg_attribute r ON r.attrelid = k.confrelid AND r.attnum = pair.theirs
WHERE k.contype = 'f' AND k.conparentid = 0 AND k.connamespace = current_schema()::regnamespace
ORDER BY k.conname, a.attnum
"""
_CHECKS: LiteralString = """
SELECT t.relname::text, k.conname::text, pg_get_constraintdef(k.oid),
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) ORDER BY a.attnum)
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
WHERE k.contype = 'c' AND k.connamespace = current_schema()::regnamespace
"""
_LITERAL = re.compile(r"'((?:[^']|'')*)'::")

_Checks: TypeAlias = Mapping[str, tuple[str, list[str]]]
_References: TypeAlias = list[tuple[str, str, str, str]]


def fill(connection: psycopg.Connection[Any], without: Iterable[str], rows: int = ROWS) -> dict[str, str]:
    """Add rows to the tables of the schema, but for those of `without`; return why one got none, by its name.

    The connection is in autocommit; what the tables' triggers do happens too.
    """
    return Filler(connection, without, rows).fill()


class Filler:
    """Fills the tables of a schema, and knows afterwards which columns it has written.

    Tables that refer to one another, and all that need rows of theirs, are filled without triggers; with
    `fires_triggers` only the former are.
    """

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        without: Iterable[str],
        rows: int = ROWS,
        *,
        fires_triggers: bool = False,
    ) -> None:
        self._connection = connection
        self._rows = rows
        self._fires_triggers = fires_triggers
        self._references: _References = connection.execute(_REFERENCES).fetchall()
        self.tables = _tables(connection, self._references, set(without))
        self._checks = _checks(connection)
        self._failed: dict[str, str] = {}

    def fill(self, only: Collection[str] | None = None) -> dict[str, str]:
        """Fill them, or `only` these; return why one got no rows, by its name."""
        for table in _parents_first(self.tables, self._references):
            if only is not None and table not in only:
                continue
            if refused := self._insert_into(table):
                self._failed[table] = refused
        missing = psycopg.errors.ForeignKeyViolation.__name__
        waiting = [table for table, why in self._failed.items() if why.startswith(missing)]
        circles = [table for table in waiting if not self._fires_triggers or self._refers_to_itself(table)]
        with suppress(psycopg.errors.InsufficientPrivilege):
            self._fill_circles(circles)
        # What they refer to is there by now.
        self._try_again([table for table in waiting if table not in circles])
        return self._failed

    def _refers_to_itself(self, table: str) -> bool:
        """Tell whether the rows of a table need rows that need rows of it, others' among them."""
        return table in self.dependents(
            {each for each, _, other, _ in self._references if other == table and each != table}
        )

    def _try_again(self, tables: list[str]) -> None:
        for table in tables:
            if refused := self._insert_into(table):
                self._failed[table] = refused
            else:
                del self._failed[table]

    def dependents(self, tables: Collection[str]) -> set[str]:
        """Return these tables, and all whose rows need rows of theirs."""
        found, more = set[str](), set(tables)
        while more:
            found |= more
            more = {table for table, _, other, _ in self._references if other in more} - found
        return found

    def _fill_circles(self, circles: list[str]) -> None:
        """Fill tables that refer to one another, without the triggers that look for what they refer to.

        It is there in the end: where one of them stays empty, all of them do.
        """
        if not circles:
            return
        self._connection.execute("SET session_replication_role = replica")
        refused = {table: why for table in circles if (why := self._insert_into(table))}
        if refused:
            names = sql.SQL(", ").join(map(sql.Identifier, circles))
            self._connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        self._connection.execute("SET session_replication_role = origin")
        for table in circles:
            if not refused:
                del self._failed[table]
            elif table in refused:
                self._failed[table] = refused[table]

    def _insert_into(self, table: str) -> str:
        """Insert the rows of a table; return why not."""
        columns, checks = self.tables[table], self._checks[table]
        others: Iterator[None] = iter(())
        about = ""
        for _ in range(_TRIES_MAX):
            try:
                self._connection.execute(_insert(table, columns, self._rows))
            except psycopg.errors.CheckViolation as error:
                if about != (error.diag.constraint_name or ""):
                    about = error.diag.constraint_name or ""
                    others = _others(columns, *checks.get(about, ("", [])))
            except psycopg.errors.DataError as error:
                # A candidate that is no value of the type: on to the next one.
                about = about or _reason(error)
            except psycopg.Error as error:
                return _reason(error)
            else:
                for column in columns:
                    column.choice.kept |= column.written
                return ""
            if next(others, "none left") == "none left":
                break
        return f"no rows fit {about}"


def _others(columns: list[Column], check: str, names: list[str]) -> Iterator[None]:
    """Give the columns of a check one set of values after the other."""
    concerned = [column for column in columns if column.name in names]
    for column in concerned:
        column.choice.literals += [each for each in _LITERAL.findall(check) if each not in column.choice.literals]
    for options in islice(product(*(column.options for column in concerned)), _TRIES_MAX):
        for column, option in zip(concerned, options, strict=True):
            column.take(option)
        yield


def _insert(table: str, columns: list[Column], rows: int) -> bytes:
    written = [column for column in columns if column.written]
    into = f"INSERT INTO {_quoted(table)}"
    if not written:
        return f"{into} DEFAULT VALUES".encode()
    names = ", ".join(_quoted(column.name) for column in written)
    values = ", ".join(column.value for column in written)
    # Values are of this package's making, names and literals quoted.
    insert = f"{into} ({names}) OVERRIDING SYSTEM VALUE SELECT {values} FROM generate_series(1, {rows}) n"  # noqa: S608
    return insert.encode()


def _tables(connection: psycopg.Connection[Any], references: _References, without: set[str]) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    source_of, choices = _sources(references), defaultdict[str, Choice](Choice)
    for row in connection.execute(_COLUMNS).fetchall():
        column = Column(*row)
        if column.table not in without:
            column.source = source_of(column.source)
            column.choice = choices[column.source]
            column.written = not column.may_be_left_out
            found.setdefault(column.table, []).append(column)
    return found


def _checks(connection: psycopg.Connection[Any]) -> Mapping[str, _Checks]:
    found: dict[str, dict[str, tuple[str, list[str]]]] = defaultdict(dict)
    for table, name, text, columns in connection.execute(_CHECKS).fetchall():
        found[table][name] = text, columns
    return found


def _sources(references: _References) -> Callable[[str], str]:
    """Return what tells a column's source: the column at the end of its references, from which its values follow."""
    parents: dict[str, str] = {}

    def source(name: str) -> str:
        while name in parents:
            name = parents[name]
        return name

    for table, column, other_table, other_column in references:
        ours, theirs = source(f"{table}.{column}"), source(f"{other_table}.{other_column}")
        if ours != theirs:
            parents[ours] = theirs
    return source


def _parents_first(tables: Iterable[str], references: _References) -> list[str]:
    """Return the tables, each behind those that it refers to, as far as they refer in no circle."""
    refers: dict[str, set[str]] = {name: set() for name in tables}
    for table, _, other, _ in references:
        if table in refers and other in refers and other != table:
            refers[table].add(other)
    ordered: list[str] = []
    while refers:
        ready = sorted(name for name, others in refers.items() if not others & refers.keys()) or [min(refers)]
        ordered += ready
        for name in ready:
            del refers[name]
    return ordered


def _reason(error: psycopg.Error) -> str:
    """Return why the server refused rows, without their values."""
    name = error.diag.constraint_name or error.diag.column_name
    return f"{type(error).__name__}{f' ({name})' if name else ''}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
