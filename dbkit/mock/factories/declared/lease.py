"""Leases."""

from __future__ import annotations

from datetime import UTC, datetime

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.lease import LEASES

__all__ = ["LeaseFactory"]

_FAR_AWAY = datetime(2100, 1, 1, tzinfo=UTC)


class LeaseFactory(EntityFactory):
    """Leases that are held, whenever a test runs."""

    class Meta:
        """The entity."""

        entity = LEASES

    class Params:
        """The traits."""

        expired = Trait(expires_at=PRESENT)

    expires_at = _FAR_AWAY
