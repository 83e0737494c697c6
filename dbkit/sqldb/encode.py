"""Python values to PostgreSQL's binary format, chosen once per column from its SQLAlchemy type.

Every encoder takes the Python type that the column's value class declares. A value of another type
(one that skipped validation) is sent as text instead, so that PostgreSQL judges it. What cannot be
sent at all (NUL or a lone surrogate in text, a naive datetime or one beyond the years 1 to 9999 in UTC)
is refused here, by field; so is anything for an instant, an array or a document that is none: text would be
read by the session's settings, or by a grammar of its own.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any, cast

import psycopg
from psycopg.adapt import Buffer, PyFormat
from psycopg.pq import Format
from pydantic_core import from_json, to_json
from sqlalchemy import ARRAY, BigInteger, Boolean, Integer, LargeBinary, Numeric, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from dbkit.models.carried import is_instant, is_text, is_text_array, is_uuid, is_varchar
from dbkit.types.errors import ConfigurationInvalid, ValueInvalid

__all__ = ["CopyEncoder", "Parameter", "ParameterEncoder", "WireType", "wire_type"]

Encode = Callable[[Any], Buffer]

BOOL, BYTEA, INT8, INT2, INT4, TEXT = 16, 17, 20, 21, 23, 25
VARCHAR, TEXT_ARRAY, VARCHAR_ARRAY, TIMESTAMPTZ = 1043, 1009, 1015, 1184
NUMERIC, UUID, JSONB_OID = 1700, 2950, 3802


@dataclass(frozen=True, slots=True)
class WireType:
    """A PostgreSQL type and how a Python value becomes its binary form.

    `encode` raises any exception for a value that is not of the type's Python type.
    """

    oid: int
    encode: Encode


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a statement: the field whose value it takes, and that value's type.

    Who runs the statement gives no value for one that has `make`, which makes a value for each run.
    """

    field: str
    type: WireType
    make: Callable[[], object] | None = None


class ParameterEncoder:
    """Encodes the parameters of one statement, in their order: those that are given, and behind them those it makes.

    Raises `ValueInvalid` naming the field for a value that cannot be sent at all.
    """

    __slots__ = ("_encoders", "_formats", "_makers", "_parameters", "oids")

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._parameters = tuple(parameters)
        self._encoders = tuple(parameter.type.encode for parameter in parameters)
        self._makers = tuple(parameter.make for parameter in parameters if parameter.make is not None)
        self._formats: list[int] = [Format.BINARY] * len(self._parameters)
        self.oids = tuple(parameter.type.oid for parameter in parameters)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose values the parameters take."""
        return tuple(parameter.field for parameter in self._parameters)

    def encode(self, values: Sequence[object]) -> tuple[Sequence[Buffer | None], Sequence[int]]:
        """Return the encoded values and the format of each. None becomes NULL."""
        if self._makers:
            values = (*values, *[make() for make in self._makers])
        # A value of the wrong type may raise anything. Not suppress(): every statement passes here.
        try:
            pairs = zip(self._encoders, values, strict=True)
            return [None if value is None else encode(value) for encode, value in pairs], self._formats
        except Exception:  # noqa: BLE001, S110 - sent again below, one by one
            pass
        return self._encode_one_by_one(values)

    def _encode_one_by_one(self, values: Sequence[object]) -> tuple[Sequence[Buffer | None], Sequence[int]]:
        if len(values) != len(self._parameters):
            message = f"{len(values)} values for {len(self._parameters)} parameters"
            raise TypeError(message)
        encoded: list[Buffer | None] = []
        formats: list[int] = []
        for parameter, value in zip(self._parameters, values, strict=True):
            data, format_ = _encode_any(parameter, value)
            encoded.append(data)
            formats.append(format_)
        return encoded, formats


class CopyEncoder:
    """Encodes rows for `COPY ... FROM STDIN (FORMAT BINARY)`.

    Binary COPY has no text form to fall back to: a value of the wrong type raises `ValueInvalid`
    with its field and the index of its row.
    """

    __slots__ = ("_encoders", "_field_count", "_parameters")

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._parameters = tuple(parameters)
        self._encoders = tuple(parameter.type.encode for parameter in parameters)
        self._field_count = _pack_int2(len(self._parameters))

    def chunks(self, rows: Iterable[Sequence[object]], *, rows_per_chunk: int = 500) -> Iterator[bytes]:
        """Yield the stream in pieces, header and trailer included."""
        remaining = iter(rows)
        yield _COPY_HEADER
        first = 0
        while chunk := list(islice(remaining, rows_per_chunk)):
            yield self._chunk(first, chunk)
            first += len(chunk)
        yield _COPY_TRAILER

    def _chunk(self, first: int, rows: list[Sequence[object]]) -> bytes:
        # A column at a time is a third faster than a row at a time.
        with suppress(Exception):
            by_column = zip(self._encoders, zip(*rows, strict=True), strict=True)
            columns = [_copy_cells(encode, values) for encode, values in by_column]
            return b"".join(chain.from_iterable(zip(repeat(self._field_count), *columns)))
        raise self._fault(first, rows)

    def _fault(self, first: int, rows: list[Sequence[object]]) -> Exception:
        for index, row in enumerate(rows, first):
            if len(row) != len(self._parameters):
                return TypeError(f"row {index} has {len(row)} values for {len(self._parameters)} columns")
            for parameter, value in zip(self._parameters, row, strict=True):
                if value is not None and not _encodes(parameter.type, value):
                    what = "a value does not fit its column's type"
                    return ValueInvalid(what, fields=(parameter.field,), row=index)
        return AssertionError("every value encodes by itself, but not all together")


def _copy_cells(encode: Encode, values: Iterable[object]) -> list[bytes]:
    return [_NULL if value is None else _pack_int4(len(data := encode(value))) + data for value in values]


def wire_type(type_: TypeEngine[Any], name: str) -> WireType:
    """Return how values of an SQLAlchemy type are sent. `name` is the column's, for the error.

    Raises `ConfigurationInvalid` for a type that dbkit does not carry.
    """
    if isinstance(type_, ARRAY) and is_text_array(type_):
        return _VARCHAR_ARRAY if is_varchar(type_.item_type) else _TEXT_ARRAY
    for is_such, found in _BY_RULE:
        if is_such(type_):
            return found
    for class_, found in _WIRE_TYPES:
        if isinstance(type_, class_):
            return found
    raise ConfigurationInvalid(
        f"column {name} has type {type_!r}, which dbkit does not carry",
        fields=(name,),
        advice="Use String, Text, Uuid, DateTime(timezone=True), Integer, SmallInteger, BigInteger, Boolean, "
        "Numeric, JSONB, LargeBinary or ARRAY(Text).",
    )


def _encode_any(parameter: Parameter, value: object) -> tuple[Buffer | None, Format]:
    if value is None:
        return None, Format.BINARY
    if _encodes(parameter.type, value):
        return parameter.type.encode(value), Format.BINARY
    text = _as_text(parameter.type, value)
    if text is None:
        raise ValueInvalid(fields=(parameter.field,))
    return text, Format.TEXT


def _encodes(type_: WireType, value: object) -> bool:
    try:
        type_.encode(value)
    except Exception:  # noqa: BLE001 - a value of the wrong type may raise anything
        return False
    return True


def _as_text(type_: WireType, value: object) -> bytes | None:
    """Return the value as PostgreSQL's text input, or None where there is no such text."""
    if isinstance(value, Enum):
        value = value.value
    if type_.oid in _NEVER_AS_TEXT or isinstance(value, (dict, list, tuple)):
        return None
    if isinstance(value, datetime) and value.utcoffset() is None:
        return None
    try:
        return _encode_text(str(value))
    except Exception:  # noqa: BLE001 - any object's __str__ may raise anything
        return None


def _encode_text(value: str) -> bytes:
    if "\0" in value:
        message = "PostgreSQL's text has no NUL"
        raise ValueError(message)
    return value.encode()


def _encode_bytea(value: object) -> Buffer:
    # Not bytes(value) at once: of a number it makes that many zeros.
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(type(value))
    return bytes(cast("bytes", value))


def _encode_jsonb(value: object) -> bytes:
    text = to_json(value)
    if len(text) > _PLAIN_BYTES_MAX and (text.count(b"[") + text.count(b"{") > _DEPTH_MAX or _LONG_NUMBER.search(text)):
        # The server would store it, and nobody could read it.
        from_json(text)
    return b"\x01" + text


def _encode_instant(value: datetime) -> Buffer:
    # What PostgreSQL would store in the year 10000, or before the year 1, no Python reads again.
    return _dump_datetime(value if value.tzinfo is UTC or value.utcoffset() is None else value.astimezone(UTC))


def _encode_numeric(value: Decimal | int) -> Buffer:
    if isinstance(value, int):
        value = Decimal(value)
    return _dump_decimal(value)


def dumper(class_: type) -> Encode:
    """Return the driver's own binary encoder of a class: it is compiled, where the driver is.

    The one for datetime refuses a naive value.
    """
    return cast("Encode", psycopg.adapters.get_dumper(class_, PyFormat.BINARY)(class_).dump)


def _array_of_text(element: int) -> Encode:
    empty = struct.pack("!iiI", 0, 0, element)

    def encode(value: Sequence[str | None]) -> bytes:
        if not isinstance(value, (list, tuple)):
            raise TypeError(type(value))
        if not value:
            return empty
        pieces = [_pack_array_header(1, None in value, element, len(value), 1)]
        for item in value:
            if item is None:
                pieces.append(_NULL)
            else:
                data = _encode_text(item)
                pieces += (_pack_int4(len(data)), data)
        return b"".join(pieces)

    return encode


_pack_int2 = struct.Struct("!h").pack
_pack_int4 = struct.Struct("!i").pack
_pack_int8 = struct.Struct("!q").pack
_pack_array_header = struct.Struct("!iiIii").pack
_dump_decimal = dumper(Decimal)
_dump_datetime = dumper(datetime)

_NULL = _pack_int4(-1)
_COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
_COPY_TRAILER = _pack_int2(-1)

# Beyond these, pydantic may refuse to read a document again.
_DEPTH_MAX = 200
_LONG_NUMBER = re.compile(rb"\d{4300}")
_PLAIN_BYTES_MAX = 2 * _DEPTH_MAX

_TEXT_ARRAY = WireType(TEXT_ARRAY, _array_of_text(TEXT))
_VARCHAR_ARRAY = WireType(VARCHAR_ARRAY, _array_of_text(VARCHAR))
_NEVER_AS_TEXT = frozenset({JSONB_OID, TIMESTAMPTZ, TEXT_ARRAY, VARCHAR_ARRAY})

_BY_RULE: tuple[tuple[Callable[[TypeEngine[Any]], bool], WireType], ...] = (
    (is_uuid, WireType(UUID, attrgetter("bytes"))),
    (is_text, WireType(TEXT, _encode_text)),
    (is_instant, WireType(TIMESTAMPTZ, _encode_instant)),
)

# SmallInteger and BigInteger are subclasses of Integer, so they come first.
_WIRE_TYPES: tuple[tuple[type[TypeEngine[Any]], WireType], ...] = (
    (SmallInteger, WireType(INT2, _pack_int2)),
    (BigInteger, WireType(INT8, _pack_int8)),
    (Integer, WireType(INT4, _pack_int4)),
    (Boolean, WireType(BOOL, {False: b"\0", True: b"\1"}.__getitem__)),
    (Numeric, WireType(NUMERIC, _encode_numeric)),
    (JSONB, WireType(JSONB_OID, _encode_jsonb)),
    (LargeBinary, WireType(BYTEA, _encode_bytea)),
)
