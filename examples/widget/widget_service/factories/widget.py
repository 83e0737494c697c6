"""Widgets, from their drafts to those that were sold."""

from __future__ import annotations

from decimal import Decimal

from dbkit.mock.factories import PRESENT, EntityFactory, Trait

from widget_service.models.widget import WIDGETS
from widget_service.types.widget import Stage

__all__ = ["WidgetFactory"]


class WidgetFactory(EntityFactory):
    """Widgets."""

    class Meta:
        """The entity."""

        entity = WIDGETS

    class Params:
        """The traits."""

        priced = Trait(stage=Stage.LISTED, price=Decimal("9.90"))
        sold = Trait(stage=Stage.LISTED, price=Decimal("9.90"), made_at=PRESENT, sold_at=PRESENT)
