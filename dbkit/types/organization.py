"""Organizations: the customers of the platform, top of the tenancy tree."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import AnyOf, Deleted, Filter, Prefix, Range
from dbkit.types.identifiers import OrganizationId, TeamId, identifier
from dbkit.types.value import Instant, Integer, Text, Value

__all__ = ["NewOrganization", "Organization", "OrganizationFilter"]


class NewOrganization(Value):
    """An organization to create; its default team is created in the same transaction."""

    id: OrganizationId = Field(default_factory=identifier(OrganizationId))
    label: Text
    default_team_id: TeamId


class Organization(NewOrganization):
    """A stored organization."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class OrganizationFilter(Filter):
    """Which organizations to list."""

    label: Text | AnyOf[Text] | Prefix | None = None
    created_at: Range[Instant] | None = None
    deleted: Deleted = Deleted.LIVE
