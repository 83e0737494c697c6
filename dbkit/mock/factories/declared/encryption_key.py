"""Data keys, wrapped by the key of local and test environments."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, LazyAttribute
from dbkit.mock.factories.secrets import KEY_SERVICE, wrapped
from dbkit.models.encryption_key import ENCRYPTION_KEYS

__all__ = ["EncryptionKeyFactory"]


class EncryptionKeyFactory(EntityFactory):
    """Data keys, wrapped by the key of local and test environments."""

    class Meta:
        """The entity."""

        entity = ENCRYPTION_KEYS

    kms_key = KEY_SERVICE.kms_key
    kms_key_version = KEY_SERVICE.kms_key_version
    wrapped_key = LazyAttribute(lambda key: wrapped(key.id).wrapped_key)
