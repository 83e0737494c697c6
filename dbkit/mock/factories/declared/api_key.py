"""Keys to a project."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.models.api_key import API_KEYS

__all__ = ["ApiKeyFactory"]


class ApiKeyFactory(EntityFactory):
    """Keys to a project."""

    class Meta:
        """The entity."""

        entity = API_KEYS

    class Params:
        """The traits."""

        revoked = Trait(active=False)
