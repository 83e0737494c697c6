"""Members of teams beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import BuilderId, OrganizationId, TeamId
from dbkit.types.team_member import TeamMemberFilter, TeamRole

__all__ = ["AsyncTeamMemberOperations"]


class AsyncTeamMemberOperations(AsyncOwnOperations):
    """The operations of members of teams."""

    async def roles_of(self, organization_id: OrganizationId, builder_id: BuilderId) -> dict[TeamId, TeamRole]:
        """Return the builder's role in each team of an organization that he is in."""
        wanted = TeamMemberFilter(organization_id=organization_id, builder_id=builder_id)
        return {membership.team_id: membership.role async for membership in self.iterate(wanted)}
