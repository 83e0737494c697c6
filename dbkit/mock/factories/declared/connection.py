"""Connections."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.models.connection import CONNECTIONS
from dbkit.types.connection import ConnectionStatus

__all__ = ["ConnectionFactory"]


class ConnectionFactory(EntityFactory):
    """Connections."""

    class Meta:
        """The entity."""

        entity = CONNECTIONS

    class Params:
        """The traits."""

        broken = Trait(status=ConnectionStatus.BAD_CREDENTIALS)
