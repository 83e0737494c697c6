"""Deliveries."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.delivery import DELIVERIES
from dbkit.types.delivery import DeliveryStatus

__all__ = ["DeliveryFactory"]


class DeliveryFactory(EntityFactory):
    """Deliveries."""

    class Meta:
        """The entity."""

        entity = DELIVERIES

    class Params:
        """The traits."""

        delivered = Trait(status=DeliveryStatus.DELIVERED, attempts=1, delivered_at=PRESENT)
        failed = Trait(status=DeliveryStatus.FAILED, attempts=5)
        retried = Trait(status=DeliveryStatus.DELIVERING, attempts=2, next_attempt_at=PRESENT)
