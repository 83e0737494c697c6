"""Stores."""

from __future__ import annotations

from dbkit.mock.factories import PRESENT, EntityFactory, Trait

from widget_service.models.store import STORES

__all__ = ["StoreFactory"]


class StoreFactory(EntityFactory):
    """Stores."""

    class Meta:
        """The entity."""

        entity = STORES

    class Params:
        """The traits."""

        open = Trait(opened_at=PRESENT, is_online=True)
