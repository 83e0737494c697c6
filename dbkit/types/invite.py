"""Invites: mail addresses that are asked into an organization."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, IgnoringCase, Range
from dbkit.types.identifiers import BuilderId, InviteId, OrganizationId, identifier
from dbkit.types.value import Instant, StateEnum, Text, Value

__all__ = ["Invite", "InviteFilter", "InviteStatus", "NewInvite"]


class InviteStatus(StateEnum):
    """What came of an invite."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps: out of pending, once."""
        return {cls.PENDING: frozenset({cls.ACCEPTED, cls.REVOKED, cls.EXPIRED})}


class NewInvite(Value):
    """An invite to create. An address has one pending invite in an organization, whatever the case."""

    organization_id: OrganizationId
    id: InviteId = Field(default_factory=identifier(InviteId))
    invited_email: Text
    status: InviteStatus = InviteStatus.PENDING
    accepted_by_builder_id: BuilderId | None = None


class Invite(NewInvite):
    """A stored invite; the database says until when it can be accepted."""

    created_at: Instant
    updated_at: Instant
    expires_at: Instant


class InviteFilter(Filter):
    """Which invites to list."""

    organization_id: OrganizationId | EveryTenant
    status: InviteStatus | AnyOf[InviteStatus] | None = None
    invited_email: IgnoringCase | None = None
    expires_at: Range[Instant] | None = None
