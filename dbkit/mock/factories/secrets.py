"""Secrets that open: sealed by data keys that the development key has wrapped, and the same again from the same seed.

The data key follows from its identifier, so that who seals by it needs no more. It protects nothing: it is for rows
of tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from dbkit.mock.rows.references import AnyEntity
from dbkit.operations.sealing import place_of
from dbkit.sealing import LocalKeyService, WrappedKey, key_service, seal

__all__ = ["KEY_SERVICE", "sealed", "wrapped"]

_SERVICE = key_service({"DBKIT_ENV": "test"})
assert isinstance(_SERVICE, LocalKeyService)

KEY_SERVICE: Final = _SERVICE
"""The service that opens the data keys: that of local and test environments."""


def wrapped(key_id: UUID) -> WrappedKey:
    """Return the wrapped data key of an identifier."""
    service = replace(KEY_SERVICE, random=_following(b"nonce of key", key_id))
    return service.wrap(_data_key(key_id), key_id)


def sealed(entity: AnyEntity, column: str, row: Any, key_id: UUID, plaintext: bytes) -> bytes:
    """Return a plaintext sealed for its column of a row by the data key of an identifier."""
    place = place_of(entity, column, row)
    random = _following(b"nonce of secret", key_id, *map(str.encode, map(str, place.key.values())), plaintext)
    return seal(plaintext, _data_key(key_id), key_id, place, random=random)


def _data_key(key_id: UUID) -> bytes:
    return _following(b"data key", key_id)(32)


def _following(*parts: bytes | UUID) -> Callable[[int], bytes]:
    """Return a source of bytes that follow from some others."""
    text = b"/".join(part.bytes if isinstance(part, UUID) else part for part in parts)
    return lambda size: blake2b(text, digest_size=size).digest()
