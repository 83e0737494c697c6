"""Organizations beyond the verbs: made together with their default team, which points back."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.organization import NewOrganization, Organization
from dbkit.types.team import NewTeam

__all__ = ["AsyncOrganizationOperations"]


class AsyncOrganizationOperations(AsyncOwnOperations):
    """The operations of organizations."""

    async def create_with_default_team(self, organization: NewOrganization, team: NewTeam) -> Organization:
        """Store an organization and the team that it points to, both or none.

        Raises `ReferenceMissing` at the commit where the two do not name each other.
        """
        async with self._together() as tx:
            created = await tx.organizations.create(organization)
            await tx.teams.create(team)
            return created

    async def move_default_team(self, organization_id: OrganizationId, team_id: TeamId) -> Organization:
        """Make another live team the default one.

        Raises `NotFound` for an absent organization or team.
        """
        async with self._together() as tx:
            organization = await tx.organizations.lock(organization_id)
            # Else a deleted team would do: foreign keys see it.
            await tx.teams.get(organization_id, team_id)
            return await tx.organizations.update(
                organization_id, expected_version=organization.version, default_team_id=team_id
            )
