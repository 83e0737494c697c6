"""Values for statements: a row that a table has, and for each column what else code may put there.

What else comes from the code, where it can be counted. Otherwise it comes from both schemas, the one that a
statement is known to work on and the one that it is tried on: labels of enums, words and numbers in checks and
those next to them, lengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg

from dbkit.migrate.proving.compatible.statements import SentParameter, SentStatement, Written

__all__ = ["ColumnFacts", "Values", "columns_of"]

_COLUMNS: LiteralString = """
SELECT c.relname::text, a.attname::text, b.typcategory::text, format_type(a.atttypid, a.atttypmod),
       NOT (a.attnotnull OR t.typnotnull),
       ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid IN (b.oid, b.typelem) ORDER BY e.enumsortorder),
       ARRAY(SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
             WHERE k.contype = 'c' AND (k.contypid = t.oid OR k.conrelid = c.oid AND a.attnum = ANY (k.conkey)))
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')
"""
_LOOKED_AT = 200
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_NUMBER = re.compile(r"(?<![\w.'])-?\d+(?:\.\d+)?(?![\w.'])")
_SIZE = re.compile(r"\((\d+)(?:,(\d+))?\)")
_LENGTH_MAX = 10_000
_LIMITS: Mapping[str, str] = {
    "smallint": str(2**15 - 1),
    "integer": str(2**31 - 1),
    "bigint": str(2**63 - 1),
    "real": "3e38",
    "double precision": "1e308",
}
_WORDS: Mapping[str, str] = {"limit": "10"}
_CANDIDATES_MAX = 24


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A column, as far as it says what may be put there."""

    category: str = ""
    type: str = ""
    nullable: bool = True
    labels: Sequence[str] = field(default_factory=tuple[str, ...])
    checks: Sequence[str] = field(default_factory=tuple[str, ...])

    def edges(self) -> Iterator[str]:
        """Yield values at which its rules may make a difference."""
        is_array = self.category == "A"
        words = [*self.labels, *(each.replace("''", "'") for check in self.checks for each in _LITERAL.findall(check))]
        yield from (f"{{{word}}}" if is_array and not word.startswith("{") else word for word in words)
        yield from _LIMITS.get(self.type, "").split()
        if self.category == "B":
            yield from ("t", "f")
        if self.category == "N":
            yield from self._numbers()
        if self.category == "S":
            yield from self._lengths()

    def _numbers(self) -> Iterator[str]:
        for number in self._numbers_in_checks():
            yield from (f"{number - 1:g}", f"{number:g}", f"{number + 1:g}")
        for digits, scale in _SIZE.findall(self.type):
            whole = int(digits) - int(scale or 0)
            yield from ("9" * whole, "9" * (whole + 1), f"0.{'1' * int(scale or 0)}1".rstrip("."))

    def _lengths(self) -> Iterator[str]:
        lengths = [int(number) for number in self._numbers_in_checks() if number == int(number)]
        lengths += [int(length) for length, _ in _SIZE.findall(self.type)]
        for length in lengths:
            if 0 <= length <= _LENGTH_MAX:
                yield from ("x" * length, "x" * (length + 1))

    def _numbers_in_checks(self) -> list[float]:
        return [float(each) for check in self.checks for each in _NUMBER.findall(check)]


Columns = Mapping[tuple[str, str], ColumnFacts]


def columns_of(connection: psycopg.Connection[Any]) -> Columns:
    """Read what the columns of a schema take."""
    rows = connection.execute(_COLUMNS).fetchall()
    return {(row[0], row[1]): ColumnFacts(*row[2:]) for row in rows}


class Values:
    """Gives the values of statements, from a database with rows."""

    def __init__(
        self, connection: psycopg.Connection[Any], known: Columns, tried: Columns, written: Mapping[str, Written]
    ) -> None:
        self._connection = connection
        self._known, self._tried = known, tried
        self._written = written
        self._rows: dict[str, Mapping[str, str | None]] = {}

    def of(self, statement: SentStatement) -> list[str | None]:
        """Return a value for each parameter; NULL where there is no row to take it from."""
        row = self._row(statement.table)
        return [self._value(statement.table, parameter, row) for parameter in statement.parameters]

    def others(self, statement: SentStatement) -> Iterator[tuple[SentParameter, str | None, list[str | None]]]:
        """Yield the values with one replaced by another that code may put there: the parameter, the other, and all."""
        given = self.of(statement)
        for place, parameter in enumerate(statement.parameters):
            for other in self._others(statement.table, parameter):
                if other != given[place]:
                    yield parameter, other, [*given[:place], other, *given[place + 1 :]]

    def is_named(self, table: str, parameter: SentParameter, value: str | None) -> bool:
        """Tell whether a value is a word of the code or the schema, and may be shown."""
        facts = self._known.get((table, parameter.field), ColumnFacts())
        written = self._written.get(table, Written())
        return value in facts.labels or value in written.values.get(parameter.field, ())

    def _others(self, table: str, parameter: SentParameter) -> list[str | None]:
        known = self._known.get((table, parameter.field))
        if known is None:
            return []
        written = self._written.get(table, Written())
        found: list[str | None] = [None] if known.nullable and parameter.field not in written.required else []
        if parameter.field in written.values:
            return [*found, *written.values[parameter.field]]
        tried = self._tried.get((table, parameter.field), ColumnFacts())
        # What both say makes no difference.
        edges = dict.fromkeys([*known.edges(), *tried.edges()])
        return [*found, *edges][:_CANDIDATES_MAX]

    def _value(self, table: str, parameter: SentParameter, row: Mapping[str, str | None]) -> str | None:
        name = parameter.field
        value = row.get("version") if name == "expected_version" else row.get(name, _WORDS.get(name))
        known = self._known.get((table, name))
        is_several = parameter.type.endswith("[]") and known is not None and known.category != "A"
        return _array(value) if is_several else value

    def _row(self, table: str) -> Mapping[str, str | None]:
        """Return the fullest of a table's first rows, as text."""
        if table not in self._rows:
            self._rows[table] = self._read(table) if any(each == table for each, _ in self._known) else {}
        return self._rows[table]

    def _read(self, table: str) -> Mapping[str, str | None]:
        name = '"' + table.replace('"', '""') + '"'
        query = f"SELECT * FROM {name} LIMIT {_LOOKED_AT}"  # noqa: S608 (a name from the catalogue, quoted)
        result = self._connection.pgconn.exec_(query.encode())
        names = [(result.fname(place) or b"").decode() for place in range(result.nfields)]
        rows = [
            {name: _text(result.get_value(row, place)) for place, name in enumerate(names)}
            for row in range(result.ntuples)
        ]
        return max(rows, key=lambda row: sum(value is not None for value in row.values()), default={})


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()


def _array(value: str | None) -> str:
    if value is None:
        return "{}"
    return '{"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"}'
