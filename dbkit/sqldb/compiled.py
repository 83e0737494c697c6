"""SQLAlchemy expressions to statements of the wire: compiled once, with typed `$n` parameters."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg.adapt import Buffer
from sqlalchemy import ARRAY, BindParameter, Column, Select, bindparam, literal_column
from sqlalchemy.dialects.postgresql.base import PGCompiler, PGDialect
from sqlalchemy.engine.interfaces import BindTyping
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

from dbkit.sqldb.encode import Parameter, ParameterEncoder, WireType, wire_type
from dbkit.sqldb.wire import Statement

__all__ = ["TELLS", "Parameters", "array_of", "noting", "statement_of"]

TELLS = "dbkit_tells"
"""The execution option of a query that changes rows and tells of it: the change is in a WITH of it."""


class _Compiler(PGCompiler):
    """Writes what has a value as a literal, so that only named parameters are parameters.

    ON CONFLICT infers a partial index by proving its predicate, which takes constants.
    """

    def visit_bindparam(self, bindparam: BindParameter[Any], *arguments: Any, **options: Any) -> str:
        if not bindparam.required:
            options["literal_binds"] = True
        written: str = super().visit_bindparam(bindparam, *arguments, **options)  # type: ignore[no-untyped-call]
        return written


class _Dialect(PGDialect):
    statement_compiler = _Compiler
    # The wire declares each parameter's type when it prepares, so the text needs no casts.
    bind_typing = BindTyping.NONE


_DIALECT = _Dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


class Parameters:
    """The parameters of one statement, in the order in which its values will be given."""

    def __init__(self) -> None:
        self._by_name: dict[str, Parameter] = {}

    def one(self, column: Column[Any]) -> BindParameter[Any]:
        """Add a parameter that takes a column's value."""
        return self.typed(column.name, column.type)

    def several(self, column: Column[Any]) -> BindParameter[Any]:
        """Add a parameter that takes an array of a column's values."""
        return self._add(column.name, ARRAY(column.type), array_of(wire_type(column.type, column.name)))

    def typed(self, field: str, type_: TypeEngine[Any]) -> BindParameter[Any]:
        """Add a parameter of a type; `field` is what an error about its value names."""
        return self._add(field, type_, wire_type(type_, field))

    def made(self, field: str, type_: TypeEngine[Any], make: Callable[[], object]) -> BindParameter[Any]:
        """Add a parameter whose value is made for each run of the statement; only such may follow it."""
        return self._add(field, type_, wire_type(type_, field), make)

    def statement(self, expression: Executable) -> Statement:
        """Compile an expression that uses each parameter, first in the order in which they were added."""
        compiled = expression.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        names = list(compiled.positiontup or ())
        if names != list(self._by_name):
            message = f"the statement takes {names} where {list(self._by_name)} are given: {compiled}"
            raise AssertionError(message)
        return statement_of(expression, str(compiled), tuple(self._by_name.values()))

    def telling_statement(self, change: Executable) -> Statement:
        """Compile what changes rows and tells of it, and uses each parameter, whichever comes first."""
        noted = noting(change)
        text = None if noted is None else self._numbered(noted)
        return statement_of(change, self._numbered(change), tuple(self._by_name.values()), text)

    def _numbered(self, expression: Executable) -> str:
        """Return the text of an expression whose parameters have the numbers in which they were added.

        In what order SQLAlchemy comes to those in a WITH goes by how the parts of it refer to each other.
        """
        compiled = expression.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        places = {name: number for number, name in enumerate(self._by_name, start=1)}
        numbers = [places[name] for name in compiled.positiontup or ()]
        assert sorted(numbers) == sorted(places.values()), compiled

        def renumbered(found: re.Match[str]) -> str:
            return found[0] if found[1] is None else f"${numbers[int(found[1]) - 1]}"

        return _QUOTED_OR_NUMBER.sub(renumbered, str(compiled))

    def _add(
        self, field: str, type_: TypeEngine[Any], sent_as: WireType, make: Callable[[], object] | None = None
    ) -> BindParameter[Any]:
        name = f"dbkit_{len(self._by_name)}"
        self._by_name[name] = Parameter(field, sent_as, make)
        return bindparam(name, type_=type_)


_QUOTED_OR_NUMBER = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)""")


def noting(expression: Executable) -> Select[Any] | None:
    """Return a query that changes rows with its transaction's id behind its other columns; None for any other."""
    if not (isinstance(expression, Select) and expression.get_execution_options().get(TELLS)):
        return None
    return expression.add_columns(literal_column("pg_current_xact_id()"))


def statement_of(
    expression: Executable, sql: str, parameters: Sequence[Parameter], noting_sql: str | None = None
) -> Statement:
    """Return the statement of a compiled expression, with the one that tells its transaction's id where it writes.

    `noting_sql` is the text of that one, where it is not the same with a column more.
    """
    encoder = ParameterEncoder(parameters)
    if noting_sql is not None:
        noting_id = Statement(noting_sql.encode(), encoder, writes=True)
        return Statement(sql.encode(), encoder, writes=True, noting=noting_id)
    if not isinstance(expression, UpdateBase):
        return Statement(sql.encode(), encoder)
    separator = ", " if len(expression.exported_columns) else " RETURNING "
    noting = Statement(f"{sql}{separator}pg_current_xact_id()".encode(), encoder, writes=True)
    return Statement(sql.encode(), encoder, writes=True, noting=noting)


def array_of(element: WireType) -> WireType:
    """Return how a sequence is sent as an array of one dimension."""
    info = psycopg.adapters.types[element.oid]
    encode = element.encode

    def encode_array(values: Sequence[object]) -> Buffer:
        if not isinstance(values, (list, tuple)):
            raise TypeError(type(values))
        if not values:
            return _pack_empty(0, 0, element.oid)
        pieces: list[Buffer] = [_pack_header(1, None in values, element.oid, len(values), 1)]
        for value in values:
            data = None if value is None else encode(value)
            pieces += (_NULL,) if data is None else (_pack_length(len(data)), data)
        return b"".join(pieces)

    return WireType(info.array_oid, encode_array)


_pack_header = struct.Struct("!iiIii").pack
_pack_empty = struct.Struct("!iiI").pack
_pack_length = struct.Struct("!i").pack
_NULL = _pack_length(-1)
