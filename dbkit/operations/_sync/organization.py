# Generated from dbkit/operations/_async/organization.py by tools/unasync.py; edit that file instead.
"""Organizations beyond the verbs: made together with their default team, which points back."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.organization import NewOrganization, Organization
from dbkit.types.team import NewTeam

__all__ = ["OrganizationOperations"]


class OrganizationOperations(OwnOperations):
    """The operations of organizations."""

    def create_with_default_team(self, organization: NewOrganization, team: NewTeam) -> Organization:
        """Store an organization and the team that it points to, both or none.

        Raises `ReferenceMissing` at the commit where the two do not name each other.
        """
        with self._together() as tx:
            created = tx.organizations.create(organization)
            tx.teams.create(team)
            return created

    def move_default_team(self, organization_id: OrganizationId, team_id: TeamId) -> Organization:
        """Make another live team the default one.

        Raises `NotFound` for an absent organization or team.
        """
        with self._together() as tx:
            organization = tx.organizations.lock(organization_id)
            # Else a deleted team would do: foreign keys see it.
            tx.teams.get(organization_id, team_id)
            return tx.organizations.update(
                organization_id, expected_version=organization.version, default_team_id=team_id
            )
