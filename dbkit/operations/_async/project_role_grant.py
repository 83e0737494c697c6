"""Role grants beyond the verbs: what a builder may do in a project, all told."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.filter import AnyOf
from dbkit.types.identifiers import BuilderId, ProjectId, TeamId
from dbkit.types.project_role_grant import ProjectRole, ProjectRoleGrantFilter
from dbkit.types.team_member import TeamMemberFilter

__all__ = ["AsyncProjectRoleGrantOperations"]


class AsyncProjectRoleGrantOperations(AsyncOwnOperations):
    """The operations of role grants."""

    async def effective_roles(self, project_id: ProjectId, builder_id: BuilderId) -> frozenset[ProjectRole]:
        """Return the roles that a builder has on a project: his own, those of his live teams and of the teams above.

        Raises `NotFound` for an absent project.
        """
        async with self._together() as tx:
            project = await tx.projects.get(project_id)
            wanted = TeamMemberFilter(organization_id=project.organization_id, builder_id=builder_id)
            teams: set[TeamId] = set()
            async for membership in tx.team_members.iterate(wanted):
                if await tx.teams.exists(project.organization_id, membership.team_id):
                    above = await tx.teams.ancestors(project.organization_id, membership.team_id)
                    teams |= {membership.team_id, *(team.id for team in above)}
            own = ProjectRoleGrantFilter(project_id=project_id, builder_id=builder_id)
            roles = {grant.role async for grant in tx.project_role_grants.iterate(own)}
            if teams:
                shared = ProjectRoleGrantFilter(project_id=project_id, team_id=AnyOf(*sorted(teams)))
                roles |= {grant.role async for grant in tx.project_role_grants.iterate(shared)}
            return frozenset(roles)
