"""Whether an index has room for a row: a B-tree takes no entry above a third of a page.

PostgreSQL compresses a long value first, so that it depends on the value, and not on its length alone, whether it fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table
from sqlalchemy.sql.visitors import iterate

from dbkit.memory.compression import compressed_bytes
from dbkit.memory.datatype import DataType
from dbkit.memory.datatypes import (
    ArrayType,
    BooleanType,
    ByteaType,
    JsonbType,
    TextType,
    TimestampType,
    UuidType,
)
from dbkit.memory.expressions import Scope, compile_expression
from dbkit.memory.literals import RuleUnknown
from dbkit.memory.logic import Evaluate, Row, always
from dbkit.memory.number_types import IntegerType, NumericType
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.stored_bytes import array_bytes, document_bytes, numeric_bytes
from dbkit.models.unique import unique_keys_of

__all__ = ["LENGTH_WITH_ROOM_MAX", "IndexRoom", "rooms_of"]

_ENTRY_BYTES_MAX = 2_704
_ENTRY_BYTES_END = 8_192
"""From here on an entry cannot even be made, and the error names no index."""

_COMPRESSED_FROM_BYTES = 507
_SHORT_TEXT_BYTES_MAX = 126
_CHARACTER_BYTES_MAX = 4
_OTHER_BYTES_MAX = 200
_SHORT_PRECISION_MAX = 38

LENGTH_WITH_ROOM_MAX = (_ENTRY_BYTES_MAX - _OTHER_BYTES_MAX) // _CHARACTER_BYTES_MAX
"""As long as all long texts of a row together may be, in characters, and there is room for them whatever they are."""


@dataclass(frozen=True, slots=True)
class IndexRoom:
    """The entries of one index; `name` is the index's, `texts` the columns that their length tells to be short.

    `is_told_by_length` says that no other column of it may be long.
    """

    name: str
    texts: tuple[str, ...]
    is_told_by_length: bool
    parts: tuple[tuple[Evaluate, DataType], ...]
    predicate: Evaluate

    def missing_for(self, row: Row) -> str | None:
        """Return the name of the index that lacks room for a row, empty where the error has none; None for enough."""
        if not self.predicate(row):
            return None
        bytes_ = _entry_bytes([(evaluate(row), type_) for evaluate, type_ in self.parts])
        if bytes_ >= _ENTRY_BYTES_END:
            return ""
        return self.name if bytes_ > _ENTRY_BYTES_MAX else None


def rooms_of(table: Table, types: Mapping[str, DataType]) -> tuple[IndexRoom, ...]:
    """Return the indexes with something in them that may be long, in the order in which a row is entered."""
    scope = Scope(types, is_written=True)
    found: list[IndexRoom] = []
    for name, elements, predicate in _indexes(table):
        try:
            parts = tuple(_part(element, scope) for element in elements)
            holds = always(value=True) if predicate is None else compile_expression(predicate, scope).evaluate
        except (RuleUnknown, ValueRefused):
            # Its entries cannot be told; what an index orders and what is unique has been refused before.
            continue
        columns = [part.name for element in elements for part in iterate(element) if isinstance(part, Column)]
        texts = tuple(column for column in columns if isinstance(types[column], TextType | ByteaType))
        is_told_by_length = not any(_is_long(types[column]) for column in columns)
        if texts or not is_told_by_length:
            found.append(IndexRoom(name, texts, is_told_by_length, parts, holds))
    return tuple(found)


def _indexes(table: Table) -> Iterator[tuple[str, list[Any], ColumnElement[bool] | None]]:
    for key in unique_keys_of(table).values():
        if not key.is_index:
            yield key.name, [*key.elements], None
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        options = index.dialect_options["postgresql"]
        if not options["using"] or options["using"] == "btree":
            included = [table.c[name] for name in options["include"] or ()]
            yield str(index.name), [*index.expressions, *included], options["where"]


def _part(element: Any, scope: Scope) -> tuple[Evaluate, DataType]:
    compiled = compile_expression(element, scope)
    if compiled.type is None:
        raise RuleUnknown(f"the size of {element}")
    return compiled.evaluate, compiled.type


def _is_long(type_: DataType) -> bool:
    """Tell whether values of a type may be long, whatever `len` says of what a row holds."""
    if isinstance(type_, NumericType):
        return type_.precision is None or type_.precision > _SHORT_PRECISION_MAX
    return isinstance(type_, ArrayType | JsonbType)


def _entry_bytes(values: list[tuple[Any, DataType]]) -> int:
    size = 0
    has_null = False
    for value, type_ in values:
        if value is None:
            has_null = True
            continue
        bytes_, alignment = _size_of(value, type_)
        size = _aligned(size, alignment) + bytes_
    # A header, with room for 32 marks of NULL where there is one.
    return _aligned((16 if has_null else 8) + size, 8)


def _size_of(value: Any, type_: DataType) -> tuple[int, int]:
    """Return how many bytes a value takes, and on a multiple of how many it starts."""
    if isinstance(type_, IntegerType):
        return type_.bits // 8, type_.bits // 8
    return _FIXED.get(type(type_)) or _variable(_stored_bytes(value, type_))


def _stored_bytes(value: Any, type_: DataType) -> bytes:
    if isinstance(type_, NumericType):
        return numeric_bytes(value)
    if isinstance(type_, JsonbType):
        return document_bytes(value)
    if isinstance(type_, ArrayType):
        # Arrays of text and of varchar differ by a number in their headers.
        return array_bytes(value, is_varchar=getattr(type_.item, "length", None) is not None)
    return value.encode() if isinstance(value, str) else bytes(value)


def _variable(data: bytes) -> tuple[int, int]:
    length = len(data)
    if length <= _SHORT_TEXT_BYTES_MAX:
        return length + 1, 1
    compressed = compressed_bytes(data) if length >= _COMPRESSED_FROM_BYTES else None
    # What it is compressed to has a longer header.
    return (length + 4 if compressed is None else compressed + 8), 4


def _aligned(offset: int, alignment: int) -> int:
    return -(-offset // alignment) * alignment


_FIXED: Mapping[type[Any], tuple[int, int]] = {BooleanType: (1, 1), TimestampType: (8, 8), UuidType: (16, 1)}
