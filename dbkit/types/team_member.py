"""Team members: builders in teams, each with a role."""

from __future__ import annotations

from collections.abc import Mapping

from dbkit.types.filter import AnyOf, EveryTenant, Filter
from dbkit.types.identifiers import BuilderId, OrganizationId, TeamId
from dbkit.types.value import Instant, StateEnum, Value

__all__ = ["NewTeamMember", "TeamMember", "TeamMemberFilter", "TeamRole"]


class TeamRole(StateEnum):
    """What a builder may do in a team."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps: from each role to any other."""
        return {role: frozenset(cls) - {role} for role in cls}


class NewTeamMember(Value):
    """A member to add. Who is in the default team of an organization is in the organization."""

    organization_id: OrganizationId
    team_id: TeamId
    builder_id: BuilderId
    role: TeamRole = TeamRole.MEMBER


class TeamMember(NewTeamMember):
    """A stored member."""

    created_at: Instant


class TeamMemberFilter(Filter):
    """Which members to list."""

    organization_id: OrganizationId | EveryTenant
    team_id: TeamId | AnyOf[TeamId] | None = None
    builder_id: BuilderId | AnyOf[BuilderId] | None = None
    role: TeamRole | AnyOf[TeamRole] | None = None
