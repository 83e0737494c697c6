"""The envelope of a sealed value, version 1. What is sealed today opens with every later release.

    bytes   what
    1       0x01, the version
    16      identifier of the data key (a UUID)
    12      nonce, random
    n + 16  AES-256-GCM: ciphertext of n bytes and its tag

The associated data binds a value to its place. It is the concatenation of these parts, each after
its length in four bytes (big-endian), so that no two places have the same:

    "dbkit envelope 1" · data key id (16 bytes) · table · column · each value of the primary key

A value of the key is one letter for its type and then its bytes: `u` and the 16 bytes of a UUID,
`t` and a text's UTF-8, `i` and a whole number's decimal digits.

Nonces are random: one data key seals up to 2**32 values (NIST SP 800-38D, 8.3).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dbkit.types.errors import ConfigurationInvalid, ValueInvalid

__all__ = ["DATA_KEY_BYTES", "KeyValue", "Place", "key_id_of", "seal", "unseal"]

DATA_KEY_BYTES: Final = 32
"""Length of a data key: AES-256."""

KeyValue: TypeAlias = UUID | str | int

_VERSION = b"\x01"
_LABEL = b"dbkit envelope 1"
_KEY_ID = slice(1, 17)
_NONCE = slice(17, 29)
_SEALED = slice(29, None)
_NONCE_BYTES = 12
_BYTES_MIN = 45


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives: table, column, and the row's primary key, its columns in the key's order.

    Only values of the key are bound, not the names of its columns.
    """

    table: str
    column: str
    key: Mapping[str, KeyValue]


def seal(
    plaintext: bytes, data_key: bytes, key_id: UUID, place: Place, *, random: Callable[[int], bytes] = os.urandom
) -> bytes:
    """Seal a value for one place; the same value gives another envelope each time.

    The envelope is 45 bytes longer than the value. `random` gives the bytes of the nonce, which no two values of a
    data key may share; only test data that has to be the same again takes another source. Raises
    `ConfigurationInvalid` where the data key has not 32 bytes.
    """
    nonce = random(_NONCE_BYTES)
    sealed = _cipher(data_key).encrypt(nonce, plaintext, _associated(key_id, place))
    return _VERSION + key_id.bytes + nonce + sealed


def unseal(envelope: bytes, data_key: bytes, key_id: UUID, place: Place) -> bytes:
    """Open what was sealed with this data key for this place.

    Raises `ValueInvalid` where it does not open: of another place, sealed with another key, changed
    by even a bit, or no envelope at all; and `ConfigurationInvalid` where the data key has not 32 bytes.
    """
    cipher = _cipher(data_key)
    if len(envelope) < _BYTES_MIN or not envelope.startswith(_VERSION):
        raise _invalid(
            place, "the value is no envelope of version 1", "It was written past the sealing, or by a newer dbkit."
        )
    if envelope[_KEY_ID] != key_id.bytes:
        raise _invalid(place, "the value was sealed with another data key", "Open it with the key that its row names.")
    try:
        return cipher.decrypt(envelope[_NONCE], envelope[_SEALED], _associated(key_id, place))
    except InvalidTag:
        raise _invalid(
            place,
            "the sealed value does not open here: it is damaged, was sealed for another place, or the key is wrong",
            "Restore it from where it was written, or ask for the secret again.",
        ) from None


def key_id_of(envelope: bytes) -> UUID:
    """Return which data key an envelope was sealed with, by what it says itself; raise `ValueInvalid` for none."""
    if len(envelope) < _BYTES_MIN or not envelope.startswith(_VERSION):
        raise ValueInvalid("the value is no envelope of version 1")
    return UUID(bytes=envelope[_KEY_ID])


def _cipher(data_key: bytes) -> AESGCM:
    if len(data_key) != DATA_KEY_BYTES:
        raise ConfigurationInvalid(
            f"a data key has {DATA_KEY_BYTES} bytes, not {len(data_key)}",
            advice="Look at what the key service returns.",
        )
    return AESGCM(data_key)


def _associated(key_id: UUID, place: Place) -> bytes:
    parts = [_LABEL, key_id.bytes, place.table.encode(), place.column.encode()]
    parts += [_bytes_of(value, place) for value in place.key.values()]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _bytes_of(value: KeyValue, place: Place) -> bytes:
    if isinstance(value, UUID):
        return b"u" + value.bytes
    if isinstance(value, str):
        return b"t" + value.encode()
    # A bool is an int to Python, and no primary key.
    if isinstance(value, int) and not isinstance(value, bool):
        return b"i" + str(value).encode()
    raise _invalid(
        place,
        f"a {type(value).__name__} cannot be part of the key of a sealed value",
        "Give UUIDs, texts and whole numbers.",
    )


def _invalid(place: Place, what: str, advice: str) -> ValueInvalid:
    return ValueInvalid(what, entity=place.table, key=place.key, fields=(place.column,), advice=advice)
