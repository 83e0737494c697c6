"""Columns and checks that many tables share, written once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, DateTime, Integer, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

__all__ = [
    "CODE_POINT_TEXT",
    "IMMUTABLE",
    "CreatedAt",
    "DeletedAt",
    "FreeText",
    "Identifier",
    "JsonDocument",
    "OptionalIdentifier",
    "OptionalText",
    "PlainText",
    "UpdatedAt",
    "Version",
    "is_json_object",
    "one_of",
    "text_array",
]

IMMUTABLE: dict[str, Any] = {"immutable": True}
"""`info` of a column that no update changes."""

CODE_POINT_TEXT = Text(collation="C")
"""Text that identifies, sorts or is an enum: ordered by code point, and `lower()` folds ASCII only."""

Identifier = Annotated[UUID, mapped_column(Uuid())]
OptionalIdentifier = Annotated[UUID | None, mapped_column(Uuid())]
PlainText = Annotated[str, mapped_column(CODE_POINT_TEXT)]
OptionalText = Annotated[str | None, mapped_column(CODE_POINT_TEXT)]
FreeText = Annotated[str, mapped_column(Text())]
JsonDocument = Annotated[dict[str, Any], mapped_column(JSONB())]
CreatedAt = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now(), info=IMMUTABLE)]
UpdatedAt = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
DeletedAt = Annotated[datetime | None, mapped_column(DateTime(timezone=True))]
Version = Annotated[int, mapped_column(Integer(), server_default=text("1"))]


def text_array() -> ARRAY[str]:
    """Return the type `text[]`, each element ordered by code point."""
    return ARRAY(CODE_POINT_TEXT)


def one_of(column: Mapped[Any], states: type[StrEnum], name: str) -> CheckConstraint:
    """Return the check that a text column holds one of the enum's values."""
    return CheckConstraint(column.in_([state.value for state in states]), name=name)


def is_json_object(column: Mapped[Any], name: str) -> CheckConstraint:
    """Return the check that a jsonb column holds an object."""
    kind: ColumnElement[str] = func.jsonb_typeof(column)
    return CheckConstraint(kind == "object", name=name)
