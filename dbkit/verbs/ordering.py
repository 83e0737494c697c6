"""The order of values as PostgreSQL has it, where Python has another one, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from pydantic_core import to_jsonable_python
from sqlalchemy import ARRAY, Numeric, Table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

__all__ = ["document_key", "in_order"]

ValueT = TypeVar("ValueT")


def in_order(values: list[ValueT], order_by: Sequence[str], table: Table) -> list[ValueT]:
    """Return the values in the order of these fields, NULL last as PostgreSQL has it (first where descending)."""
    for name in reversed(order_by):
        field = name.removeprefix("-")
        descending = field != name
        values = sorted(values, key=partial(_place, field, _key_of(table.c[field].type)), reverse=descending)
    return values


def _place(field: str, key: Callable[[Any], Any] | None, value: object) -> tuple[bool, Any]:
    part = getattr(value, field)
    return part is None, part if part is None or key is None else key(part)


def _key_of(type_: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """Return what makes of a value what Python compares as PostgreSQL compares the value; None for the value itself."""
    return next((key for class_, key in _KEYS.items() if isinstance(type_, class_)), None)


def _number_key(number: Any) -> tuple[bool, Any]:
    """Put NaN, which equals itself, above all numbers."""
    return (False, number) if number == number else (True, 0)  # noqa: PLR0124 - that is what NaN is


def _array_key(items: Sequence[Any]) -> tuple[tuple[bool, Any], ...]:
    """Put NULL behind all other elements."""
    return tuple((item is None, item or "") for item in items)


def _document_key(value: Any) -> tuple[Any, ...]:
    return document_key(to_jsonable_python(value))


_KEYS: Mapping[type[TypeEngine[Any]], Callable[[Any], Any]] = {
    Numeric: _number_key,
    ARRAY: _array_key,
    JSONB: _document_key,
}


def document_key(document: Any) -> tuple[Any, ...]:
    """Return a key by which documents compare as jsonb does: 1 equals 1.0, true does not equal 1.

    Arrays and objects compare by their size first. An array that is the whole document comes before everything
    where it is empty: the server takes a scalar there for an array of one.
    """
    return _part_key(document) if document != [] else (0,)


def _part_key(document: Any) -> tuple[Any, ...]:
    kind = type(document)
    if kind is dict:
        parts = tuple((key, _part_key(value)) for key, value in document.items())
        return 6, len(parts), parts
    if kind is list:
        return 5, len(document), tuple(map(_part_key, document))
    if kind is str:
        return 2, document
    if kind is bool:
        return 4, document
    if document is None:
        return (1,)
    return 3, Decimal(repr(document))
