"""Teams: groups of builders inside an organization."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import AnyOf, Deleted, EveryTenant, Filter, IgnoringCase, NullTest, Prefix
from dbkit.types.identifiers import OrganizationId, TeamId, identifier
from dbkit.types.value import Instant, Text, Value

__all__ = ["NewTeam", "Team", "TeamFilter"]


class NewTeam(Value):
    """A team to create. Its name is unique among the live teams of the organization, whatever the case."""

    organization_id: OrganizationId
    id: TeamId = Field(default_factory=identifier(TeamId))
    name: Text
    parent_team_id: TeamId | None = None


class Team(NewTeam):
    """A stored team."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None


class TeamFilter(Filter):
    """Which teams to list; `parent_team_id=NullTest.IS_NULL` gives the roots."""

    organization_id: OrganizationId | EveryTenant
    parent_team_id: TeamId | AnyOf[TeamId] | NullTest | None = None
    name: IgnoringCase | Prefix | None = None
    deleted: Deleted = Deleted.LIVE
