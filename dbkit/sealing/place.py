"""Where a sealed value lives, and how it is bound to that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from dbkit.types.errors import SecretUnreadable, ValueInvalid

__all__ = ["KeyValue", "Place", "associated_key", "associated_start", "unreadable"]

KeyValue: TypeAlias = UUID | str | int

_LABEL = b"dbkit envelope 1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives: table, column, and the row's primary key, its columns in the key's order.

    Only values of the key are bound, not the names of its columns. The key of a row under a project begins with the
    project, so the tenant is bound, too.
    """

    table: str
    column: str
    key: Mapping[str, KeyValue]


def associated_start(key_id: UUID, table: str, column: str) -> bytes:
    """Return the part of an envelope's associated data that is the same for all rows; see `dbkit.sealing.envelope`."""
    return b"".join(map(_with_length, (_LABEL, key_id.bytes, table.encode(), column.encode())))


def associated_key(place: Place) -> bytes:
    """Return the rest of it, which binds the row."""
    # UUIDs, which most parts of keys are, written out: this is most of what unsealing takes.
    return b"".join(
        [
            b"\x00\x00\x00\x11u" + value.bytes if isinstance(value, UUID) else _with_length(_bytes_of(value, place))
            for value in place.key.values()
        ]
    )


def unreadable(place: Place, what: str, advice: str) -> SecretUnreadable:
    """Return the error of a value that does not open in its place."""
    return SecretUnreadable(what, entity=place.table, key=place.key, fields=(place.column,), advice=advice)


def _with_length(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def _bytes_of(value: str | int, place: Place) -> bytes:
    if isinstance(value, str):
        return b"t" + value.encode()
    # A bool is an int to Python, and no primary key.
    if isinstance(value, int) and not isinstance(value, bool):
        return b"i" + str(value).encode()
    raise ValueInvalid(
        f"a {type(value).__name__} cannot be part of the key of a sealed value",
        entity=place.table,
        key=place.key,
        fields=(place.column,),
        advice="Give UUIDs, texts and whole numbers.",
    )
