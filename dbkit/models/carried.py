"""Types of columns that every backend carries, where SQLAlchemy's classes alone do not tell."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, DateTime, String, Text, Uuid
from sqlalchemy.types import TypeEngine

__all__ = ["is_instant", "is_text", "is_text_array", "is_uuid", "is_varchar"]

_TEXTS = frozenset({"string", "text", "unicode", "unicode_text", "VARCHAR", "TEXT"})


def is_text(type_: TypeEngine[Any]) -> bool:
    """Tell whether a type is `text` or `varchar`.

    SQLAlchemy's strings are also enums, text that is padded with blanks, and text with an equality of its own.
    """
    return isinstance(type_, String) and type_.__visit_name__ in _TEXTS


def is_varchar(type_: TypeEngine[Any]) -> bool:
    """Tell whether a text's type is `varchar`, with a length or without."""
    return is_text(type_) and not isinstance(type_, Text)


def is_text_array(type_: TypeEngine[Any]) -> bool:
    """Tell whether a type is an array of text with one dimension."""
    return isinstance(type_, ARRAY) and type_.dimensions in (None, 1) and is_text(type_.item_type)


def is_instant(type_: TypeEngine[Any]) -> bool:
    """Tell whether a type is `timestamptz`, to the microsecond."""
    return isinstance(type_, DateTime) and bool(type_.timezone) and getattr(type_, "precision", None) is None


def is_uuid(type_: TypeEngine[Any]) -> bool:
    """Tell whether a type is `uuid`, and no text that stands for one."""
    return isinstance(type_, Uuid) and bool(type_.native_uuid)
