"""Types of columns: what each takes in, and how its values compare.

A value of the type's own Python class is taken as it is. Any other is read from its text, as the
server reads a parameter of unknown type: the text "7" is an integer, the text "x" is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cached_property
from marshal import dumps, loads
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Boolean, Integer, LargeBinary, Numeric, SmallInteger, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from dbkit.memory.datatype import SPACES, DataType, sendable
from dbkit.memory.documents import document_kind, document_of, document_of_text
from dbkit.memory.number_types import IntegerType, NumericType
from dbkit.memory.ordered import LAST
from dbkit.memory.refusal import ValueRefused
from dbkit.models.carried import is_instant, is_text, is_text_array, is_uuid
from dbkit.verbs.ordering import document_key

__all__ = [
    "ArrayType",
    "BooleanType",
    "ByteaType",
    "JsonbType",
    "TextType",
    "TimestampType",
    "UuidType",
    "datatype_of",
    "read_array",
]

# `marshal` adds the high bit where it notes an object to refer to it later.
_MARKS_OF_OBJECTS = frozenset({dumps({})[0] & 0x7F, dumps({})[0] | 0x80})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class TextType(DataType):
    """text, or varchar with a length in code points. Ordered by code point where the collation is "C"."""

    collation: str | None = None
    length: int | None = None
    own = (str,)

    @cached_property
    def unlimited(self) -> DataType:
        """Text as long as it may be."""
        return TextType(self.collation)

    @property
    def is_plain(self) -> str:  # type: ignore[override]
        """ASCII without a NUL, and not too long."""
        test = r"type(value) is str and value.isascii() and '\0' not in value"
        return test if self.length is None else f"{test} and len(value) <= {self.length}"

    def accept(self, value: Any) -> str:
        """Take a str, an enum's value, or any other object's text."""
        if isinstance(value, str):
            # An enum's value is one object for all rows; `str` would make another one for each.
            if type(value) is not str:
                value = value._value_ if isinstance(value, Enum) else str.__str__(value)
            text = value if value.isascii() and "\0" not in value else sendable(value)
            return text if self.length is None else self.read(text)
        stored: str = self.read_other(value)
        return stored

    def has_binary(self, value: Any) -> bool:
        """Tell whether it is a text that can be sent."""
        if not isinstance(value, str):
            return False
        try:
            sendable(value)
        except ValueRefused:
            return False
        return True

    def read(self, text: str) -> str:
        """Cut spaces beyond the length; refuse anything else beyond it."""
        if self.length is None or len(text) <= self.length:
            return text
        if text[self.length :].strip(" "):
            raise ValueRefused("22001")
        return text[: self.length]


class BooleanType(DataType):
    """boolean; false comes before true."""

    is_plain = "value is True or value is False"
    own = (int, float, Decimal)

    def accept(self, value: Any) -> bool:
        """Take a bool, or the numbers 0 and 1."""
        if value is True or value is False:
            return value
        # Of decimal numbers only finite ones can be compared: a signaling NaN raises an error.
        is_number = value.is_finite() if isinstance(value, Decimal) else isinstance(value, int | float)
        if is_number and value in (0, 1):
            return bool(value)
        stored: bool = self.read_other(value)
        return stored

    def read(self, text: str) -> bool:
        """Read true, yes, on, 1 and their beginnings, or the opposite."""
        word = text.strip(SPACES).lower()
        if word and word != "o":
            for full, meaning in _TRUTHS.items():
                if full.startswith(word):
                    return meaning
        raise ValueRefused("22P02")


class UuidType(DataType):
    """uuid, ordered by its bytes."""

    key_attribute = "int"
    key = staticmethod(attrgetter(key_attribute))
    takes = UUID
    is_plain = "type(value) is UUID"
    own = (UUID,)

    @staticmethod
    def reverse_key(value: UUID) -> int:
        """Order the other way round."""
        return -value.int

    def accept(self, value: Any) -> UUID:
        """Take a UUID."""
        if type(value) is UUID:
            return value
        if isinstance(value, UUID):
            return UUID(int=value.int)
        stored: UUID = self.read_other(value)
        return stored

    def read(self, text: str) -> UUID:
        """Read 32 hexadecimal digits, in braces or not, with or without dashes between fours."""
        if not _UUID.fullmatch(text):
            raise ValueRefused("22P02")
        return UUID(text)


class TimestampType(DataType):
    """timestamptz: an instant, kept in UTC, to the microsecond."""

    is_plain = "type(value) is datetime and value.tzinfo is UTC and not value.fold"
    own = (datetime,)

    @staticmethod
    def reverse_key(value: datetime) -> int:
        """Order the other way round."""
        return -((value - _EPOCH) // _MICROSECOND)

    def accept(self, value: Any) -> datetime:
        """Take an aware datetime whose time in UTC is one too. The zone of a naive one, or of a text, is a guess."""
        if not isinstance(value, datetime):
            raise ValueRefused(None)
        if value.tzinfo is UTC and not value.fold and type(value) is datetime:
            return value
        if value.utcoffset() is None:
            raise ValueRefused(None)
        return _in_utc(value, None)

    def read(self, text: str) -> datetime:
        """Read a calendar's date and a time of ISO 8601, without a zone in UTC."""
        stripped = text.strip(SPACES)
        if not _INSTANT.fullmatch(stripped):
            raise ValueRefused("22007")
        try:
            value = datetime.fromisoformat(stripped)
        except ValueError:
            value = None
        if value is None:
            raise ValueRefused("22008")
        return _in_utc(value if value.tzinfo else value.replace(tzinfo=UTC), "22008")


def _in_utc(value: datetime, beyond: str | None) -> datetime:
    """Return the same instant in UTC, or refuse one beyond the years 1 to 9999 with this SQLSTATE."""
    try:
        return _EPOCH + (value - _EPOCH)
    except OverflowError:
        pass
    raise ValueRefused(beyond)


class ByteaType(DataType):
    """bytea."""

    own = (bytes, bytearray, memoryview)

    def accept(self, value: Any) -> bytes:
        """Take bytes."""
        if isinstance(value, self.own):
            return bytes(value)
        stored: bytes = self.read_other(value)
        return stored

    def read(self, text: str) -> bytes:
        r"""Read `\x` and hexadecimal digits, or text in which a backslash escapes."""
        if not text.startswith("\\x"):
            return self._unescaped(text)
        try:
            return bytes.fromhex(text[2:])
        except ValueError:
            pass
        raise ValueRefused("22023")

    @staticmethod
    def _unescaped(text: str) -> bytes:
        if not _ESCAPED_BYTES.fullmatch(text.encode()):
            raise ValueRefused("22P02")
        return _ESCAPE.sub(lambda match: b"\\" if match[1] == b"\\" else bytes([int(match[1], 8)]), text.encode())


class JsonbType(DataType):
    """jsonb; see `documents`.

    A row holds a document as `marshal` writes it. Reading that makes a caller's copy faster than a walk through the
    document, whose every step is to a cold place of the machine's memory.
    """

    key = staticmethod(document_key)
    pack = staticmethod(dumps)
    unpack = staticmethod(loads)

    def accept(self, value: Any) -> Any:
        """Take what pydantic writes as JSON."""
        return document_of(value)

    def accept_element(self, value: Any) -> Any:
        """Take it as it is: what JSON can write can be sent, whatever the server says of it."""
        return self.accept(value)

    def read(self, text: str) -> Any:
        """Read JSON."""
        return document_of_text(text)

    @staticmethod
    def kind_of_packed(packed: bytes) -> str:
        """Return what `jsonb_typeof` says of a packed document. An object, the commonest, shows in the first byte."""
        return "object" if packed[0] in _MARKS_OF_OBJECTS else document_kind(loads(packed))  # noqa: S302 - packed here


class ArrayType(DataType):
    """An array of one dimension, stored as a tuple. Ordered by element; a NULL element comes last."""

    def __init__(self, item: DataType) -> None:
        self.item = item

    @cached_property
    def unlimited(self) -> DataType:
        """An array of elements as long as they may be."""
        return ArrayType(self.item.unlimited)

    @staticmethod
    def key(value: tuple[Any, ...]) -> tuple[Any, ...]:
        """Put NULL, which equals itself, after all elements, which are text."""
        return tuple(LAST if item is None else item for item in value)

    def accept(self, value: Any) -> tuple[Any, ...]:
        """Take a list or tuple of text."""
        if isinstance(value, list | tuple) and all(item is None or isinstance(item, str) for item in value):
            return tuple(None if item is None else self.item.accept(item) for item in value)
        raise ValueRefused(None)

    def read(self, text: str) -> tuple[Any, ...]:
        """Read an array literal."""
        return tuple(None if item is None else self.item.read(item) for item in read_array(text))


def read_array(text: str) -> list[str | None]:
    """Return the elements of a literal such as `{a,"b c",NULL}`, or raise `ValueRefused`."""
    body = text.strip(SPACES)
    if not _ARRAY.fullmatch(body):
        raise ValueRefused("22P02")
    return [_element(quoted, plain) for quoted, plain in _ELEMENT.findall(body[1:-1])]


def _element(quoted: str, plain: str) -> str | None:
    if plain.upper() == "NULL":
        return None
    return _ESCAPED.sub(r"\1", quoted or plain)


def datatype_of(type_: TypeEngine[Any]) -> DataType | None:
    """Return the rules of an SQLAlchemy type; None, if the twin has none for it."""
    if isinstance(type_, String):
        return TextType(type_.collation, type_.length) if is_text(type_) else None
    if isinstance(type_, Numeric):
        return NumericType(type_.precision, type_.scale or 0)
    if isinstance(type_, ARRAY):
        item = datatype_of(type_.item_type) if is_text_array(type_) else None
        return None if item is None else ArrayType(item)
    if is_instant(type_):
        return TimestampType()
    if is_uuid(type_):
        return UuidType()
    return next((found for class_, found in _TYPES.items() if isinstance(type_, class_)), None)


# SmallInteger and BigInteger are subclasses of Integer, so they come first.
_TYPES: Mapping[type[TypeEngine[Any]], DataType] = {
    SmallInteger: IntegerType(16),
    BigInteger: IntegerType(64),
    Integer: IntegerType(32),
    Boolean: BooleanType(),
    LargeBinary: ByteaType(),
    JSONB: JsonbType(),
}

# More digits than a microsecond has would have to be rounded.
_INSTANT = re.compile(r"(\d{8}|\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:\d\d)?)?)?")
_UUID = re.compile(r"(\{)?([0-9a-f]{4}-?){7}[0-9a-f]{4}(?(1)\})", re.IGNORECASE)
_ESCAPE = re.compile(rb"\\(\\|[0-3][0-7]{2})")
_ESCAPED_BYTES = re.compile(rb"(?:[^\\]|\\\\|\\[0-3][0-7]{2})*", re.DOTALL)
# An element of an array in quotes, or one without, which has no spaces at its ends but escaped ones.
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SKIPPED = f"[{SPACES}]*"
_LETTERS = rf'(?:[^{{}}",\\{SPACES}]|\\.)+'
_ITEM = rf'{_SKIPPED}(?:"((?:[^"\\]|\\.)*)"|({_LETTERS}(?:[{SPACES}]+{_LETTERS})*)){_SKIPPED}'
_ARRAY = re.compile(rf"\{{(?:{_SKIPPED}|{_ITEM}(?:,{_ITEM})*)\}}", re.DOTALL)
_ELEMENT = re.compile(rf"{_ITEM}(?:,|$)", re.DOTALL)
_TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
