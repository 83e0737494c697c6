"""A data key that was opened: seals and unseals, and shows nothing of itself."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from typing import Any, Final, NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dbkit.sealing.place import Place, associated_key, associated_start, unreadable
from dbkit.types.errors import ConfigurationInvalid, SecretUnreadable

__all__ = ["DATA_KEY_BYTES", "DataKey", "key_id_of"]

DATA_KEY_BYTES: Final = 32
"""Length of a data key: AES-256."""

_LOOKUPS = b"dbkit blind index 1"
_VERSION = b"\x01"
_KEY_ID = slice(1, 17)
_NONCE = slice(17, 29)
_SEALED = slice(29, None)
_NONCE_BYTES = 12
_BYTES_MIN = 45


class DataKey:
    """A plain data key and its identifier. Raises `ConfigurationInvalid` for a key that has not 32 bytes.

    It is neither shown nor pickled.
    """

    __slots__ = ("_cipher", "_head", "_lookup_key", "_starts", "id")

    def __init__(self, key_id: UUID, plain: bytes) -> None:
        if len(plain) != DATA_KEY_BYTES:
            raise ConfigurationInvalid(
                f"a data key has {DATA_KEY_BYTES} bytes, not {len(plain)}",
                advice="Look at what the key service returns.",
            )
        self.id = key_id
        self._cipher = AESGCM(plain)
        self._head = _VERSION + key_id.bytes
        self._lookup_key = hmac.digest(plain, _LOOKUPS, "sha256")
        self._starts: dict[tuple[str, str], bytes] = {}

    def __repr__(self) -> str:
        return f"DataKey({self.id})"

    def __reduce_ex__(self, _: Any) -> NoReturn:
        raise TypeError("a data key is not pickled")

    def seal(self, plaintext: bytes, place: Place, *, random: Callable[[int], bytes] = os.urandom) -> bytes:
        """Seal a value for one place; see `dbkit.sealing.seal`."""
        nonce = random(_NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, plaintext, self._associated(place))

    def unseal(self, envelope: bytes, place: Place) -> bytes:
        """Open what was sealed with this key for this place, or raise `SecretUnreadable`."""
        if not envelope.startswith(self._head) or len(envelope) < _BYTES_MIN:
            raise _foreign(envelope, place)
        try:
            return self._cipher.decrypt(envelope[_NONCE], envelope[_SEALED], self._associated(place))
        except InvalidTag:
            raise unreadable(
                place,
                "the sealed value does not open here: it is damaged, was sealed for another place, or the key is wrong",
                "Restore it from where it was written, or ask for the secret again.",
            ) from None

    def index(self, value: bytes, table: str, column: str) -> bytes:
        """Return 32 bytes by which a value of a column is found without being known.

        They are HMAC-SHA-256, with a key that follows from the data key, another one for each column. The same value
        gives the same bytes in one column of one key's rows, and others everywhere else.
        """
        place = b"".join(len(part).to_bytes(4, "big") + part for part in (table.encode(), column.encode()))
        return hmac.digest(hmac.digest(self._lookup_key, place, "sha256"), value, "sha256")

    def _associated(self, place: Place) -> bytes:
        table_column = place.table, place.column
        start = self._starts.get(table_column)
        if start is None:
            start = self._starts[table_column] = associated_start(self.id, *table_column)
        return start + associated_key(place)


def key_id_of(envelope: bytes) -> UUID:
    """Return which data key an envelope was sealed with, by what it says itself; raise `SecretUnreadable` for none."""
    if not _is_envelope(envelope):
        raise SecretUnreadable("the value is no envelope of version 1")
    return UUID(bytes=envelope[_KEY_ID])


def _is_envelope(value: bytes) -> bool:
    return len(value) >= _BYTES_MIN and value.startswith(_VERSION)


def _foreign(envelope: bytes, place: Place) -> SecretUnreadable:
    if not _is_envelope(envelope):
        what, advice = "the value is no envelope of version 1", "It was written past the sealing, or by a newer dbkit."
    else:
        what, advice = "the value was sealed with another data key", "Open it with the key that its row names."
    return unreadable(place, what, advice)
