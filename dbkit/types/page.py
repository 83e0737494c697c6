"""Pages, and the cursor that leads from one to the next."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NewType, TypeVar

from pydantic_core import from_json, to_json

from dbkit.types.errors import CursorInvalid

__all__ = ["Cursor", "Page", "Upserted", "decode_cursor", "encode_cursor"]

Cursor = NewType("Cursor", str)
"""Opaque: where the next page starts. Bound to the entity, the filter and the order it came from."""

ValueT_co = TypeVar("ValueT_co", covariant=True)

_DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Page(Generic[ValueT_co]):
    """Some values in order, and the cursor to the rest; `next` is None on the last page."""

    items: tuple[ValueT_co, ...]
    next: Cursor | None

    def __iter__(self) -> Iterator[ValueT_co]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Upserted(Generic[ValueT_co]):
    """What an upsert stored, and whether it inserted the row (else it updated one)."""

    value: ValueT_co
    inserted: bool


def encode_cursor(binding: bytes, position: Sequence[Any]) -> Cursor:
    """Return a cursor for a position (the last row's order columns), bound to a query.

    It is opaque but not secret: it holds the position in clear, and a short digest that tells
    another query's cursor, and a damaged one, from a good one.
    """
    payload = to_json(list(position), bytes_mode="base64")
    return Cursor(base64.urlsafe_b64encode(_digest(binding, payload) + payload).rstrip(b"=").decode())


def decode_cursor(binding: bytes, cursor: str, entity: str) -> list[Any]:
    """Return the position as JSON values, or raise `CursorInvalid`."""
    try:
        raw = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeError, AttributeError):
        raw = b""
    digest, payload = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    if not payload or digest != _digest(binding, payload):
        raise CursorInvalid(entity=entity)
    position: list[Any] = from_json(payload)
    return position


def _digest(binding: bytes, payload: bytes) -> bytes:
    return hashlib.blake2b(binding + b"\x00" + payload, digest_size=_DIGEST_BYTES).digest()
