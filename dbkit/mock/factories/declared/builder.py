"""Builders."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.builder import BUILDERS

__all__ = ["BuilderFactory"]


class BuilderFactory(EntityFactory):
    """Builders."""

    class Meta:
        """The entity."""

        entity = BUILDERS

    class Params:
        """The traits."""

        named = Trait(first_name=PRESENT, last_name=PRESENT)
