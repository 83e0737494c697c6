"""Columns and checks that many tables share, written once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, DateTime, Integer, LargeBinary, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler

__all__ = [
    "CODE_POINT_TEXT",
    "IMMUTABLE",
    "ArrayLiteral",
    "BinaryData",
    "CreatedAt",
    "DeletedAt",
    "FreeText",
    "Identifier",
    "JsonDocument",
    "OptionalFreeText",
    "OptionalIdentifier",
    "OptionalJsonDocument",
    "OptionalPointInTime",
    "OptionalText",
    "PlainText",
    "PointInTime",
    "UpdatedAt",
    "Version",
    "array_literal",
    "is_envelope",
    "is_json_object",
    "is_one_of",
    "one_of",
    "only_of",
    "sealed_with",
    "text_array",
]

IMMUTABLE: dict[str, Any] = {"immutable": True}
"""`info` of a column that no update changes."""

_ENVELOPE_BYTES_MIN = 17

CODE_POINT_TEXT = Text(collation="C")
"""Text that identifies, sorts or is an enum: ordered by code point, and `lower()` folds ASCII only."""

Identifier = Annotated[UUID, mapped_column(Uuid())]
OptionalIdentifier = Annotated[UUID | None, mapped_column(Uuid())]
PlainText = Annotated[str, mapped_column(CODE_POINT_TEXT)]
OptionalText = Annotated[str | None, mapped_column(CODE_POINT_TEXT)]
FreeText = Annotated[str, mapped_column(Text())]
OptionalFreeText = Annotated[str | None, mapped_column(Text())]
BinaryData = Annotated[bytes, mapped_column(LargeBinary())]
JsonDocument = Annotated[dict[str, Any], mapped_column(JSONB())]
OptionalJsonDocument = Annotated[dict[str, Any] | None, mapped_column(JSONB(none_as_null=True))]
PointInTime = Annotated[datetime, mapped_column(DateTime(timezone=True))]
OptionalPointInTime = Annotated[datetime | None, mapped_column(DateTime(timezone=True))]
CreatedAt = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now(), info=IMMUTABLE)]
UpdatedAt = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
DeletedAt = Annotated[datetime | None, mapped_column(DateTime(timezone=True))]
Version = Annotated[int, mapped_column(Integer(), server_default=text("1"))]


def text_array() -> ARRAY[str]:
    """Return the type `text[]`, each element ordered by code point."""
    return ARRAY(CODE_POINT_TEXT)


class ArrayLiteral(array[str]):
    """A constant `text[]`, which PostgreSQL shows as it is written here: `'{a,b}'::text[]`."""

    inherit_cache = True


@compiles(ArrayLiteral)
def _write_array(element: ArrayLiteral, compiler: SQLCompiler, **_: Any) -> str:
    elements = ",".join(clause.effective_value for clause in element.clauses)
    return f"{compiler.render_literal_value(f'{{{elements}}}', Text())}::text[]"


def array_literal(*elements: str) -> ArrayLiteral:
    """Return a constant `text[]` of elements that need no quotes in it: letters, digits and underscores."""
    assert all(re.fullmatch(r"\w+", element) for element in elements), elements
    return ArrayLiteral(elements, type_=CODE_POINT_TEXT)


def is_one_of(column: Mapped[Any], states: Iterable[StrEnum]) -> ColumnElement[bool]:
    """Return the rule that a text column holds one of these values of an enum."""
    return column.in_([state.value for state in states])


def one_of(column: Mapped[Any], states: type[StrEnum], name: str) -> CheckConstraint:
    """Return the check that a text column holds one of the enum's values."""
    return CheckConstraint(is_one_of(column, states), name=name)


def only_of(column: Mapped[Any], members: type[StrEnum]) -> ColumnElement[bool]:
    """Return the rule that an array of text holds nothing but the enum's values."""
    return column.bool_op("<@")(array_literal(*(member.value for member in members)))


def is_envelope(column: Mapped[bytes], name: str) -> CheckConstraint:
    """Return the check that a column is long enough for a sealed secret: a version byte, 16 bytes, sealed text."""
    return CheckConstraint(func.octet_length(column) >= _ENVELOPE_BYTES_MIN, name=name)


def sealed_with(key_column: str) -> dict[str, Any]:
    """Return the `info` of a column of envelopes: the column beside it that says by which data key each is sealed."""
    return {"sealed_with": key_column}


def is_json_object(column: Mapped[Any], name: str) -> CheckConstraint:
    """Return the check that a jsonb column holds an object."""
    kind: ColumnElement[str] = func.jsonb_typeof(column)
    return CheckConstraint(kind == "object", name=name)
