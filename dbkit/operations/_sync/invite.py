# Generated from dbkit/operations/_async/invite.py by tools/unasync.py; edit that file instead.
"""Invites beyond the verbs: accepted by a builder, or expired by a worker."""

from __future__ import annotations

from datetime import datetime

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.identifiers import BuilderId, InviteId, OrganizationId
from dbkit.types.invite import Invite, InviteStatus

__all__ = ["InviteOperations"]


class InviteOperations(OwnOperations):
    """The operations of invites."""

    def accept(self, organization_id: OrganizationId, invite_id: InviteId, builder_id: BuilderId) -> Invite:
        """Mark a pending invite accepted by a builder.

        Raises `NotFound`, `IllegalTransition` where it is no longer pending, and `ReferenceMissing`
        for an absent builder. That it is not past its end is for the caller, who has the clock.
        """
        accepted: Invite = self.update(
            organization_id, invite_id, status=InviteStatus.ACCEPTED, accepted_by_builder_id=builder_id
        )
        return accepted

    def expire_due(self, now: datetime, limit: int) -> list[Invite]:
        """Mark up to `limit` pending invites of all tenants expired that have ended by now, and return them.

        Invites that somebody else is about to change are left out.
        """
        columns = self._columns
        expired: list[Invite] = self._change(
            {"status": InviteStatus.EXPIRED},
            columns.status == InviteStatus.PENDING,
            columns.expires_at <= now,
            order_by=("expires_at",),
            limit=limit,
            lock="skip locked",
        )
        return expired
