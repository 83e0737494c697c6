"""PostgreSQL as the judge of expressions: the same rows, the same expression, the same answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb, set_json_loads
from pydantic_core import from_json
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
    Uuid,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import CreateTable

from dbkit.memory.datatypes import datatype_of
from dbkit.memory.expressions import Scope, compile_expression
from dbkit.memory.refusal import ValueRefused
from dbkit.mock.rows.plausible import literals_of
from dbkit.models.entity import columns_in
from tests.recorded.answers import Heard

_DIALECT = postgresql.dialect()
_NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
_TEXTS = ("", " ", "a", "A", "ab", "É", "é", " a b ", "a\nb", "a%", "a_b", "a.bc", "a-b", "0", "a\\b")
_NUMBERS = ("0", "0.0", "1", "-1", "0.5", "-0.005", "1.005", "2.675", "3", "7", "99.995", "100", "12345.678900", "1E-9")
_DOCUMENTS = (
    True,
    False,
    0,
    1,
    -1,
    30,
    1.0,
    1.5,
    3650,
    3651,
    1e20,
    "",
    "1",
    "é",
    [],
    ["url"],
    [1, None],
    {},
    {"a": None},
)
_KEYED: tuple[Any, ...] = (1, None, "x", {})


def options_of(column: Column[Any], literals: Sequence[Any]) -> list[Any]:
    """Return values that a column may hold, the edges and what the expression's literals single out; NULL last."""
    type_ = column.type
    texts = [literal for literal in literals if isinstance(literal, str)]
    numbers = [each for each in literals if isinstance(each, int | float | Decimal) and not isinstance(each, bool)]
    near = [Decimal(str(number)) + step for number in numbers for step in (-1, 0, 1)]
    found: list[Any]
    if isinstance(type_, JSONB):
        found = [*_DOCUMENTS, *texts, *({text: value} for text in texts for value in _KEYED), dict.fromkeys(texts, 1)]
        found += [*map(int, near), *(float(number) + 0.5 for number in near)]
    elif isinstance(type_, ARRAY):
        found = [(), *((text,) for text in texts), tuple(texts), ("a", "b"), ("a", None), (None,), (*texts, "a")]
    elif isinstance(type_, Boolean):
        found = [True, False]
    elif isinstance(type_, Numeric):
        found = [*map(Decimal, _NUMBERS), *near, *map(Decimal, ("NaN", "Infinity", "-Infinity"))]
    elif isinstance(type_, Integer):
        bits = {SmallInteger: 15, BigInteger: 63}.get(type(type_), 31)
        found = [0, 1, -1, 2, 3, 7, (1 << bits) - 1, -(1 << bits), *map(int, near)]
    elif isinstance(type_, String):
        found = [*_TEXTS, *texts, *(f"{text}x" for text in texts), *(text.replace("%", "b") for text in texts)]
    elif isinstance(type_, LargeBinary):
        found = [b"", b"\0", *(b"x" * (int(number) + step) for number in numbers for step in (-1, 0, 1))]
    elif isinstance(type_, DateTime):
        found = [_NOON, _NOON + timedelta(microseconds=1), _NOON - timedelta(days=14)]
    else:
        assert isinstance(type_, Uuid), type_
        found = [UUID(int=1), UUID(int=2)]
    return [*(value for value in found if _fits(type_, value)), None]


def _fits(type_: Any, value: Any) -> bool:
    rules = datatype_of(type_)
    assert rules is not None
    try:
        rules.accept(value)
    except ValueRefused:
        return False
    return True


@dataclass(frozen=True)
class Answers:
    """What the twin says, row by row, of a row that is refused its SQLSTATE; and what PostgreSQL says otherwise."""

    of_twin: list[str]
    differing: list[tuple[dict[str, Any], str, str]]


def rows_for(columns: Sequence[Column[Any]], literals: Sequence[Any], most: int = 120) -> list[dict[str, Any]]:
    """Return rows of these columns: all combinations of their options or, where there are more, some at random."""
    options = [options_of(column, literals) for column in columns]
    names = [column.name for column in columns]
    count = 1
    for each in options:
        count *= len(each)
    if count <= most:
        return [dict(zip(names, values, strict=True)) for values in product(*options)]
    chance = random.Random("".join(names))
    return [dict(zip(names, map(chance.choice, options), strict=True)) for _ in range(most)]


def ask(heard: Heard, connected: Callable[[], psycopg.Connection[Any]], table: Table, expression: Any) -> Answers:
    """Let both evaluate an expression over a table's columns."""
    columns = [table.c[name] for name in columns_in(expression)]
    rows = rows_for(columns, literals_of(expression))
    scope = Scope({column.name: datatype_of(column.type) for column in columns}, is_written=True)
    compiled = compile_expression(expression, scope)
    packed = [{name: _packed(scope.columns[name], value) for name, value in row.items()} for row in rows]
    twin = [_shown(_of_twin(compiled.evaluate, row)) for row in packed]
    server = cache(lambda: _of_server(connected(), columns, expression, rows))
    differing = []
    for place, (row, own) in enumerate(zip(rows, twin, strict=True)):
        other = heard.difference((False, own), lambda place=place: (False, _shown(server()[place])))
        if other is not None:
            differing.append((row, own, other))
    return Answers(twin, differing)


def _packed(type_: Any, value: Any) -> Any:
    return None if value is None else type_.packed(type_.accept(value))


def _of_twin(evaluate: Any, row: dict[str, Any]) -> Any:
    try:
        return evaluate(row)
    except ValueRefused as refusal:
        return f"error {refusal.sqlstate}"


def _of_server(
    connection: psycopg.Connection[Any], columns: Iterable[Column[Any]], expression: Any, rows: list[dict[str, Any]]
) -> list[Any]:
    set_json_loads(from_json, connection)
    bare = [Column(column.name, column.type) for column in columns]
    name = next((column.table.name for column in columns), "bare")
    created = str(CreateTable(Table(name, MetaData(), Column("place", Integer), *bare)).compile(dialect=_DIALECT))
    with connection.transaction(force_rollback=True):
        connection.execute(created.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1))
        names = sql.SQL(", ").join([sql.Identifier(each) for each in ("place", *(column.name for column in bare))])
        with (
            connection.cursor() as cursor,
            cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), names)) as copy,
        ):
            for place, row in enumerate(rows):
                copy.write_row((place, *(_sent(column, row[column.name]) for column in bare)))
        text = str(expression.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})).replace("%%", "%")
        query = f'SELECT {text} FROM "{name}" WHERE place = %s'
        return [
            _answer(connection, query.replace("%", "%%").replace("= %%s", "= %s"), place) for place in range(len(rows))
        ]


def _sent(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSONB) and value is not None:
        return Jsonb(value)
    return list(value) if isinstance(value, tuple) else value


def _answer(connection: psycopg.Connection[Any], query: str, place: int) -> Any:
    try:
        with connection.transaction():
            found = connection.execute(query, (place,)).fetchone()
    except psycopg.Error as error:
        return f"error {error.sqlstate}"
    assert found is not None
    return found[0]


def _shown(answer: Any) -> str:
    """Return an answer with its digits, as they are part of it."""
    if isinstance(answer, tuple):
        answer = list(answer)
    return f"{answer:f}" if isinstance(answer, Decimal) else repr(answer)
