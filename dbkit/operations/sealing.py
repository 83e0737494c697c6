"""Sealed columns, sealed anew with another data key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from dbkit.models.entity import Entity
from dbkit.sealing import KeyService, Place, WrappedKey, key_service, seal, unseal
from dbkit.types.encryption_key import EncryptionKey
from dbkit.types.value import Value

__all__ = ["Resealer", "data_key_of", "place_of"]


def place_of(entity: Entity[Any, Any, Any], column: str, value: Value) -> Place:
    """Return where a sealed column of a row lives."""
    key: Mapping[str, Any] = {name: _plain(getattr(value, name)) for name in entity.key}
    return Place(entity.name, column, key)


def data_key_of(key: EncryptionKey, service: KeyService) -> bytes:
    """Return a data key, unwrapped by the key service."""
    return service.unwrap(WrappedKey(key.wrapped_key, key.kms_key, key.kms_key_version), key.id)


@dataclass(frozen=True)
class Resealer:
    """Opens with one data key and seals with another. The key service is called once for each of the two."""

    entity: Entity[Any, Any, Any]
    column: str
    old_id: UUID
    old: bytes
    new_id: UUID
    new: bytes

    @classmethod
    def between(
        cls,
        entity: Entity[Any, Any, Any],
        column: str,
        old: EncryptionKey,
        new: EncryptionKey,
    ) -> Resealer:
        """Return what reseals a column from one data key to another, both unwrapped by the environment's service."""
        service = key_service()
        return cls(entity, column, old.id, data_key_of(old, service), new.id, data_key_of(new, service))

    def __call__(self, value: Value) -> bytes:
        """Return the row's envelope under the new key, or raise `ValueInvalid` where it does not open."""
        place = place_of(self.entity, self.column, value)
        return seal(unseal(getattr(value, self.column), self.old, self.old_id, place), self.new, self.new_id, place)


def _plain(part: Any) -> Any:
    """Return a part of a key as the sealing knows it: an enum is its text."""
    return str(part.value) if isinstance(part, Enum) else part
