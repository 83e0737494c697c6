"""Sealed secrets of connections; `secret=b"..."` says what is sealed."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, LazyAttribute, Trait
from dbkit.mock.factories.secrets import sealed
from dbkit.mock.rows.row import PRESENT
from dbkit.models.connection_secret import CONNECTION_SECRETS

__all__ = ["ConnectionSecretFactory"]


class ConnectionSecretFactory(EntityFactory):
    """Sealed secrets of connections; `secret=b"..."` says what is sealed."""

    class Meta:
        """The entity."""

        entity = CONNECTION_SECRETS

    class Params:
        """The traits, and the secret itself."""

        secret = b"secret of a connection"
        expired = Trait(issued_at=PRESENT, expires_at=PRESENT)

    ciphertext = LazyAttribute(
        lambda row: sealed(CONNECTION_SECRETS, "ciphertext", row, row.encryption_key_id, row.secret)
    )
