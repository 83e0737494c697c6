# Generated from dbkit/operations/_async/project_role_grant.py by tools/unasync.py; edit that file instead.
"""Role grants beyond the verbs: what a builder may do in a project, all told."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.filter import AnyOf
from dbkit.types.identifiers import BuilderId, ProjectId, TeamId
from dbkit.types.project_role_grant import ProjectRole, ProjectRoleGrantFilter
from dbkit.types.team_member import TeamMemberFilter

__all__ = ["ProjectRoleGrantOperations"]


class ProjectRoleGrantOperations(OwnOperations):
    """The operations of role grants."""

    def effective_roles(self, project_id: ProjectId, builder_id: BuilderId) -> frozenset[ProjectRole]:
        """Return the roles that a builder has on a project: his own, those of his live teams and of the teams above.

        Raises `NotFound` for an absent project.
        """
        with self._together() as tx:
            project = tx.projects.get(project_id)
            wanted = TeamMemberFilter(organization_id=project.organization_id, builder_id=builder_id)
            teams: set[TeamId] = set()
            for membership in tx.team_members.iterate(wanted):
                if tx.teams.exists(project.organization_id, membership.team_id):
                    above = tx.teams.ancestors(project.organization_id, membership.team_id)
                    teams |= {membership.team_id, *(team.id for team in above)}
            own = ProjectRoleGrantFilter(project_id=project_id, builder_id=builder_id)
            roles = {grant.role for grant in tx.project_role_grants.iterate(own)}
            if teams:
                shared = ProjectRoleGrantFilter(project_id=project_id, team_id=AnyOf(*sorted(teams)))
                roles |= {grant.role for grant in tx.project_role_grants.iterate(shared)}
            return frozenset(roles)
