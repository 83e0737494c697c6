"""Claimed mail domains."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.claimed_domain import CLAIMED_DOMAINS

__all__ = ["ClaimedDomainFactory"]


class ClaimedDomainFactory(EntityFactory):
    """Claimed mail domains."""

    class Meta:
        """The entity."""

        entity = CLAIMED_DOMAINS

    class Params:
        """The traits."""

        verified = Trait(verified_at=PRESENT)
