# Generated from values and models by `dbkit generate`; edit those instead.
"""The factories of the entities, with their traits, as type checkers and editors know them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from dbkit.mock.factories.base import EntityFactory
from dbkit.mock.factories.base_factories import BaseFactories
from dbkit.mock.factories.factory import Factory
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.sources import BEGAN

from widget_service.factories.store import StoreFactory
from widget_service.factories.widget import WidgetFactory
from widget_service.models import ENTITIES
from widget_service.types.movement import Movement, NewMovement
from widget_service.types.part import NewPart, Part
from widget_service.types.reading import NewReading, Reading
from widget_service.types.store import NewStore, Store
from widget_service.types.widget import NewWidget, Widget

__all__ = ["Factories", "MovementMaker", "PartMaker", "ReadingMaker", "StoreMaker", "WidgetMaker"]


class Factories(BaseFactories):
    """The factories of the entities, each an attribute, by what is declared of them beside their models.

    Their rows share a tenant, and the first row of a kind is what later ones refer to. The same seed and the same
    calls give the same rows, identifiers and times included; rows of two seeds never clash. `began` is the point in
    time that all times follow from; `factories` are classes that take the place of those made from the models.
    """

    def __init__(
        self,
        seed: int | str = 0,
        entities: Sequence[AnyEntity] = ENTITIES,
        *,
        factories: Sequence[type[EntityFactory]] = (
            StoreFactory,
            WidgetFactory,
        ),
        began: datetime = BEGAN,
    ) -> None:
        super().__init__(seed, entities, factories=factories, began=began)

    @property
    def store(self) -> StoreMaker:
        """Makes stores."""
        return self._get("store", StoreMaker)

    @property
    def widget(self) -> WidgetMaker:
        """Makes widgets."""
        return self._get("widget", WidgetMaker)

    @property
    def part(self) -> PartMaker:
        """Makes parts."""
        return self._get("part", PartMaker)

    @property
    def movement(self) -> MovementMaker:
        """Makes movements."""
        return self._get("movement", MovementMaker)

    @property
    def reading(self) -> ReadingMaker:
        """Makes readings."""
        return self._get("reading", ReadingMaker)


class StoreMaker(Factory[NewStore, Store]):
    """Makes stores."""

    @property
    def open(self) -> Self:
        """Those that are open."""
        return self.trait("open")

    def with_widgets(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many widgets refer to."""
        return self.children("widgets", count, **overrides)

    def with_parts(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many parts refer to."""
        return self.children("parts", count, **overrides)


class WidgetMaker(Factory[NewWidget, Widget]):
    """Makes widgets."""

    @property
    def deleted(self) -> Self:
        """Those that are deleted."""
        return self.trait("deleted")

    @property
    def draft(self) -> Self:
        """Those that are draft."""
        return self.trait("draft")

    @property
    def listed(self) -> Self:
        """Those that are listed."""
        return self.trait("listed")

    @property
    def priced(self) -> Self:
        """Those that are priced."""
        return self.trait("priced")

    @property
    def retired(self) -> Self:
        """Those that are retired."""
        return self.trait("retired")

    @property
    def sold(self) -> Self:
        """Those that are sold."""
        return self.trait("sold")

    def with_parts(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many parts refer to."""
        return self.children("parts", count, **overrides)

    def with_movements(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many movements refer to."""
        return self.children("movements", count, **overrides)

    def with_readings(self, count: int, /, **overrides: Any) -> Self:
        """Those that so many readings refer to."""
        return self.children("readings", count, **overrides)


class PartMaker(Factory[NewPart, Part]):
    """Makes parts."""


class MovementMaker(Factory[NewMovement, Movement]):
    """Makes movements."""


class ReadingMaker(Factory[NewReading, Reading]):
    """Makes readings."""
