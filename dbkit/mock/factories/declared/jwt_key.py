"""Public keys of a project."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.models.jwt_key import JWT_KEYS

__all__ = ["JwtKeyFactory"]


class JwtKeyFactory(EntityFactory):
    """Public keys of a project."""

    class Meta:
        """The entity."""

        entity = JWT_KEYS

    class Params:
        """The traits."""

        revoked = Trait(active=False)
