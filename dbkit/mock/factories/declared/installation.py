"""Installations."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.installation import INSTALLATIONS

__all__ = ["InstallationFactory"]


class InstallationFactory(EntityFactory):
    """Installations."""

    class Meta:
        """The entity."""

        entity = INSTALLATIONS

    class Params:
        """The traits."""

        paused = Trait(read_paused_at=PRESENT)
