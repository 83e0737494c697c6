"""Claimed domains: mail domains whose people join an organization by themselves."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, NullTest
from dbkit.types.identifiers import BuilderId, ClaimedDomainId, OrganizationId, identifier
from dbkit.types.value import Instant, Text, Value

__all__ = ["ClaimedDomain", "ClaimedDomainFilter", "NewClaimedDomain"]


class NewClaimedDomain(Value):
    """A domain to claim: in lower case, and no other organization has it."""

    organization_id: OrganizationId
    id: ClaimedDomainId = Field(default_factory=identifier(ClaimedDomainId))
    domain: Text
    claimed_by_builder_id: BuilderId | None = None
    verified_at: Instant | None = None


class ClaimedDomain(NewClaimedDomain):
    """A stored claim."""

    created_at: Instant


class ClaimedDomainFilter(Filter):
    """Which domains to list; `verified_at=NullTest.IS_NULL` gives those not verified yet."""

    organization_id: OrganizationId | EveryTenant
    domain: Text | AnyOf[Text] | None = None
    verified_at: NullTest | None = None
