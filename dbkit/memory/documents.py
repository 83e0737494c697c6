"""jsonb: what PostgreSQL makes of a document, and how it compares and searches documents.

A document is plain Python: dict, list, str, int, float, bool and None, its keys in jsonb's own order. A row holds it
packed (`JsonbType`), so nobody outside gets hold of a stored one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic_core import from_json, to_json

from dbkit.memory.datatype import SPACES
from dbkit.memory.refusal import ValueRefused
from dbkit.verbs.ordering import document_key

__all__ = [
    "contains",
    "document_kind",
    "document_of",
    "document_of_text",
    "document_text",
    "has_key",
    "text_at",
    "without_keys",
]


def document_of(value: object) -> Any:
    """Return a Python value as jsonb stores it. Raises `ValueRefused` for what JSON or jsonb cannot hold."""
    if type(value) is dict and (copied := _copied_object(value, _DEEPEST_COPIED)) is not _UNREAD:
        return copied
    try:
        text = to_json(value)
    except Exception:  # noqa: BLE001 - any object may be in there, and raise anything
        # Which is no JSON, and refused as such.
        text = b""
    return document_of_text(text, unread=None)


def document_of_text(text: bytes | str, unread: str | None = "22P02") -> Any:
    """Return the document of a JSON text. Raises `ValueRefused`, with the SQLSTATE `unread` for one that is no JSON."""
    try:
        document = from_json(text)
    except ValueError:
        document = _UNREAD
    if document is _UNREAD:
        raise ValueRefused(unread)
    # JSON writes NUL as an escape, so most texts need no look at each string.
    has_nul = ("\\u0000" if isinstance(text, str) else b"\\u0000") in text  # type: ignore[operator]
    normal = document if type(document) in _PLAIN else _normal(document)
    return _refuse_nul(normal) if has_nul else normal


_UNREAD = object()

_DEEPEST_COPIED = 50


def _copied_object(value: dict[Any, Any], depth_left: int) -> Any:
    """Return the document of an object whose parts JSON leaves as they are, as most do; `_UNREAD` for any other.

    That takes a third of the time of writing it as JSON and reading that again.
    """
    keys = _simple_keys(tuple(value))
    if keys is None or not depth_left:
        return _UNREAD
    copied: dict[str, Any] = {}
    for key in keys:
        item = value[key]
        kind = type(item)
        # As `_is_simple` has it, whose call would take as long again.
        if kind is str:
            if not item.isascii() or "\0" in item:
                return _UNREAD
        elif kind is int:
            if not -(2**63) <= item < 2**63:
                return _UNREAD
        elif kind is not bool and item is not None:
            item = _copied_part(item, depth_left - 1)
            if item is _UNREAD:
                return _UNREAD
        copied[key] = item
    return copied


def _copied_part(part: Any, depth_left: int) -> Any:
    """Return the copy of an object, or of an array of what is simple."""
    if type(part) is dict:
        return _copied_object(part, depth_left)
    if type(part) is not list:
        return _UNREAD
    for item in part:
        if not _is_simple(item):
            return _UNREAD
    return part.copy()


def _is_simple(item: object) -> bool:
    """Tell whether JSON and jsonb hold a value that is no object or array just as Python does."""
    kind = type(item)
    if kind is str:
        return item.isascii() and "\0" not in item  # type: ignore[attr-defined, operator]
    return (kind is int and -(2**63) <= item < 2**63) or kind is bool or item is None  # type: ignore[operator]


@lru_cache(maxsize=1_000)
def _simple_keys(keys: tuple[Any, ...]) -> tuple[str, ...] | None:
    """Return the keys of an object in jsonb's order; None, if one is anything but plain text."""
    if not all(type(key) is str and _is_simple(key) for key in keys):
        return None
    return _in_storage_order(keys) or keys


_PLAIN = frozenset({str, int, bool, type(None)})
"""What is stored as it is."""


def _normal(document: Any) -> Any:
    kind = type(document)
    if kind is dict:
        ordered = _in_storage_order(tuple(document))
        if ordered is None and _PLAIN.issuperset(map(type, document.values())):
            return document
        return {key: value if type(value := document[key]) in _PLAIN else _normal(value) for key in ordered or document}
    if kind is list:
        if _PLAIN.issuperset(map(type, document)):
            return document
        return [item if type(item) in _PLAIN else _normal(item) for item in document]
    return _number(document)


@lru_cache(maxsize=1_000)
def _in_storage_order(keys: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return keys by their length in bytes, then by code point; None where they are in this order already.

    The documents of a column have the same few sets of keys.
    """
    ordered = tuple(sorted(sorted(keys), key=len if "".join(keys).isascii() else _length_in_bytes))
    return None if ordered == keys else ordered


def _length_in_bytes(text: str) -> int:
    return len(text.encode())


def _refuse_nul(document: Any) -> Any:
    """Return a document, or raise `ValueRefused` for one with a NUL in a key or a string."""
    if isinstance(document, str) and "\0" in document:
        raise ValueRefused("22P05")
    if isinstance(document, dict):
        for key, value in document.items():
            _refuse_nul(key)
            _refuse_nul(value)
    elif isinstance(document, list):
        for item in document:
            _refuse_nul(item)
    return document


def _number(number: float) -> int | float:
    """Return a number as it comes back: jsonb holds a numeric, so 1e2 is 100, while 1.0 stays 1.0."""
    if not math.isfinite(number):
        raise ValueRefused("22P02")
    exact = Decimal(repr(number))
    if int(exact.as_tuple().exponent) >= 0:
        return int(exact)
    # There is no negative zero.
    return number or 0.0


def document_kind(document: Any) -> str:
    """Return what `jsonb_typeof` says."""
    return _KINDS[type(document)]


_KINDS = {
    dict: "object",
    list: "array",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def document_text(document: Any) -> str:
    """Return the text that PostgreSQL prints for a document."""
    kind = type(document)
    if kind is dict:
        return "{" + ", ".join(f"{document_text(key)}: {document_text(item)}" for key, item in document.items()) + "}"
    if kind is list:
        return "[" + ", ".join(map(document_text, document)) + "]"
    if kind is float:
        return f"{Decimal(repr(document)):f}"
    return to_json(document).decode()


def has_key(document: Any, key: str) -> bool:
    """Answer `document ? key`: a key of an object, a string in an array, or that string itself."""
    return key in document if isinstance(document, dict | list) else bool(document == key)


def without_keys(document: Any, keys: Sequence[str | None]) -> Any:
    """Answer `document - keys`. Raises `ValueRefused` for a scalar."""
    if isinstance(document, dict):
        return {key: value for key, value in document.items() if key not in keys}
    if isinstance(document, list):
        return [item for item in document if not (isinstance(item, str) and item in keys)]
    raise ValueRefused("22023")


def text_at(document: Any, path: Sequence[str | None]) -> str | None:
    """Answer `document #>> path`: a string as it is, anything else as its text; NULL for null or for nothing."""
    found = document
    for step in path:
        found = _at(found, step)
    return found if found is None or isinstance(found, str) else document_text(found)


def _at(document: Any, step: str | None) -> Any:
    """Return what one step of a path leads to; None where that is nowhere, which `#>>` does not tell from null."""
    if isinstance(document, dict):
        return document.get(step)
    found = _PLACE.fullmatch(step) if isinstance(document, list) and step is not None else None
    if found is None:
        return None
    place = int(found[1] + found[2])
    return document[place] if -len(document) <= place < len(document) else None


# As C reads a whole number. One with more digits leads nowhere.
_PLACE = re.compile(rf"[{SPACES}]*([+-]?)0*([0-9]{{1,10}})")


def contains(whole: Any, part: Any) -> bool:
    """Answer `whole @> part`: the order and number of an array's items do not count."""
    if isinstance(whole, list) and not isinstance(part, dict | list):
        return any(document_key(item) == document_key(part) for item in whole)
    return _contains(whole, part)


def _contains(whole: Any, part: Any) -> bool:
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(key in whole and _contains(whole[key], value) for key, value in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return all(any(_contains(item, wanted) for item in whole) for wanted in part)
    return document_key(whole) == document_key(part)
