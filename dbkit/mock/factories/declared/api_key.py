"""Keys to a project; `key="..."` says which one."""

from __future__ import annotations

from hashlib import sha256

from dbkit.mock.factories.base import EntityFactory, LazyAttribute, Trait
from dbkit.models.api_key import API_KEYS

__all__ = ["ApiKeyFactory"]


class ApiKeyFactory(EntityFactory):
    """Keys to a project; `key="..."` says which one."""

    class Meta:
        """The entity."""

        entity = API_KEYS

    class Params:
        """The traits, and the key that a caller has."""

        key = LazyAttribute(lambda row: f"key_{row.id.hex}")
        revoked = Trait(active=False)

    key_prefix = LazyAttribute(lambda row: row.key[:8])
    key_hash = LazyAttribute(lambda row: sha256(row.key.encode()).digest())
