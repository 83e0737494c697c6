"""Destinations."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.destination import DESTINATIONS

__all__ = ["DestinationFactory"]


class DestinationFactory(EntityFactory):
    """Destinations: webhooks, unless another type is asked for."""

    class Meta:
        """The entity."""

        entity = DESTINATIONS

    class Params:
        """The traits."""

        disabled = Trait(disabled_at=PRESENT, disabled_reason="too many failures")

    metadata = {"url": "https://hooks.example/"}  # noqa: RUF012 (values copy what they are given)
