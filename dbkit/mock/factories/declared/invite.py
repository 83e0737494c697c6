"""Invites."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.invite import INVITES
from dbkit.types.invite import InviteStatus

__all__ = ["InviteFactory"]


class InviteFactory(EntityFactory):
    """Invites."""

    class Meta:
        """The entity."""

        entity = INVITES

    class Params:
        """The traits."""

        accepted = Trait(status=InviteStatus.ACCEPTED, accepted_by_builder_id=PRESENT)
