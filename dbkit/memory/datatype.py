"""What a type of columns is: what it takes in, and how its values compare."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeAlias

from dbkit.memory.logic import Evaluate, Row
from dbkit.memory.refusal import ValueRefused

__all__ = ["SPACES", "DataType", "KeyOf", "column_of", "sendable"]

SPACES = " \t\n\r\v\f"
"""What PostgreSQL skips around the text of most types."""

KeyOf: TypeAlias = Callable[[Any], Any]


class DataType(ABC):
    """One PostgreSQL type. NULL is None and never gets here."""

    key: KeyOf | None = None
    """Makes of a stored value what Python compares as PostgreSQL compares the value; None: the value itself."""

    key_attribute: str | None = None
    """The attribute of a stored value that is its key, where `key` looks no further."""

    reverse_key: KeyOf | None = None
    """Like `key`, but in the opposite order; None: there is no such cheap key."""

    takes: type | None = None
    """A Python class whose values are stored as they are, without a look at them; None: there is none."""

    is_plain: str | None = None
    """Python text that tells whether `value` is stored as it is, at a glance; None: `accept` looks at each."""

    own: tuple[type, ...] = (object,)
    """The Python classes of the type's values: no other can be an element of an array that is sent."""

    pack: Callable[[Any], Any] | None = None
    """Makes of what `accept` returns what a row holds; None: the row holds just that. What is packed has a `key`."""

    unpack: Callable[[Any], Any] | None = None
    """The opposite of `pack`. What it returns is the caller's own."""

    @abstractmethod
    def accept(self, value: Any) -> Any:
        """Return the stored form of a value, or raise `ValueRefused`."""

    @abstractmethod
    def read(self, text: str) -> Any:
        """Return the stored form of the type's text, or raise `ValueRefused`."""

    def has_binary(self, value: Any) -> bool:
        """Tell whether a value is sent in the type's binary form, which COPY takes alone, whether it fits or not."""
        return isinstance(value, self.own)

    def accept_element(self, value: Any) -> Any:
        """Return the stored form of an array's element. One that the type refuses could not even be sent."""
        if isinstance(value, self.own):
            try:
                return self.accept(value)
            except ValueRefused:
                pass
        raise ValueRefused(None)

    @cached_property
    def unlimited(self) -> DataType:
        """The type that a filter's value has: without the length or the digits that only storing asks for."""
        return self

    def packed(self, value: Any) -> Any:
        """Return what a row holds of an accepted value."""
        return value if self.pack is None else self.pack(value)

    def read_other(self, value: object) -> Any:
        """Read a value of a foreign Python class from its text; refuse one that has none that a server reads."""
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, dict | list | tuple) or (isinstance(value, datetime) and value.utcoffset() is None):
            raise ValueRefused(None)
        try:
            text = str(value)
        except Exception:  # noqa: BLE001 - any object's __str__ may raise anything
            text = "\0"
        return self.read(sendable(text))


def column_of(name: str, type_: DataType) -> Evaluate:
    """Return the function from a row to a column's value, as expressions and keys take it."""
    unpack = type_.unpack
    if unpack is None:
        return itemgetter(name)

    def unpacked(row: Row) -> Any:
        held = row[name]
        return None if held is None else unpack(held)

    return unpacked


def sendable(text: str) -> str:
    """Return the text, or refuse it: no text of PostgreSQL has a NUL or half a surrogate pair."""
    if "\0" in text or not (text.isascii() or _is_unicode(text)):
        raise ValueRefused(None)
    return text


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
