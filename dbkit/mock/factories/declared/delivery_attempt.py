"""Attempts to deliver."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.models.delivery_attempt import DELIVERY_ATTEMPTS

__all__ = ["DeliveryAttemptFactory"]


class DeliveryAttemptFactory(EntityFactory):
    """Attempts to deliver."""

    class Meta:
        """The entity."""

        entity = DELIVERY_ATTEMPTS

    class Params:
        """The traits."""

        failed = Trait(http_status=503, error="503 Service Unavailable")
        succeeded = Trait(http_status=200)
        unanswered = Trait(http_status=None, error="no answer in time")
