"""Sealed secrets of connections."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.connection_secret import CONNECTION_SECRETS

__all__ = ["ConnectionSecretFactory"]


class ConnectionSecretFactory(EntityFactory):
    """Sealed secrets of connections."""

    class Meta:
        """The entity."""

        entity = CONNECTION_SECRETS

    class Params:
        """The traits."""

        expired = Trait(issued_at=PRESENT, expires_at=PRESENT)
