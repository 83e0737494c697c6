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
from collections.abc import Callable
from uuid import UUID

from dbkit.sealing.data_key import DATA_KEY_BYTES, DataKey, key_id_of
from dbkit.sealing.place import KeyValue, Place

__all__ = ["DATA_KEY_BYTES", "KeyValue", "Place", "key_id_of", "seal", "unseal"]


def seal(
    plaintext: bytes, data_key: bytes, key_id: UUID, place: Place, *, random: Callable[[int], bytes] = os.urandom
) -> bytes:
    """Seal a value for one place; the same value gives another envelope each time.

    The envelope is 45 bytes longer than the value. `random` gives the bytes of the nonce, which no two values of a
    data key may share; only test data that has to be the same again takes another source. Raises
    `ConfigurationInvalid` where the data key has not 32 bytes.
    """
    return DataKey(key_id, data_key).seal(plaintext, place, random=random)


def unseal(envelope: bytes, data_key: bytes, key_id: UUID, place: Place) -> bytes:
    """Open what was sealed with this data key for this place.

    Raises `SecretUnreadable` where it does not open: of another place, sealed with another key, changed
    by even a bit, or no envelope at all; and `ConfigurationInvalid` where the data key has not 32 bytes.
    """
    return DataKey(key_id, data_key).unseal(envelope, place)
