"""Sealed secrets of destinations; `secret=b"..."` says what is sealed."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, LazyAttribute
from dbkit.mock.factories.secrets import sealed
from dbkit.models.destination_secret import DESTINATION_SECRETS

__all__ = ["DestinationSecretFactory"]


class DestinationSecretFactory(EntityFactory):
    """Sealed secrets of destinations; `secret=b"..."` says what is sealed."""

    class Meta:
        """The entity."""

        entity = DESTINATION_SECRETS

    class Params:
        """The secret itself."""

        secret = b"secret of a destination"

    ciphertext = LazyAttribute(
        lambda row: sealed(DESTINATION_SECRETS, "ciphertext", row, row.encryption_key_id, row.secret)
    )
