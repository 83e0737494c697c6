"""Project role grants: the role of a builder, or of a team, on a project."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, NullTest
from dbkit.types.identifiers import BuilderId, OrganizationId, ProjectId, ProjectRoleGrantId, TeamId, identifier
from dbkit.types.value import Instant, StateEnum, Value

__all__ = ["NewProjectRoleGrant", "ProjectRole", "ProjectRoleGrant", "ProjectRoleGrantFilter"]


class ProjectRole(StateEnum):
    """What a builder or a team may do with a project."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps: from each role to any other."""
        return {role: frozenset(cls) - {role} for role in cls}


class NewProjectRoleGrant(Value):
    """A grant to create: to a builder or to a team of the project's organization, exactly one of them."""

    project_id: ProjectId
    id: ProjectRoleGrantId = Field(default_factory=identifier(ProjectRoleGrantId))
    organization_id: OrganizationId
    builder_id: BuilderId | None = None
    team_id: TeamId | None = None
    role: ProjectRole


class ProjectRoleGrant(NewProjectRoleGrant):
    """A stored grant."""

    created_at: Instant


class ProjectRoleGrantFilter(Filter):
    """Which grants to list."""

    project_id: ProjectId | EveryTenant
    builder_id: BuilderId | AnyOf[BuilderId] | NullTest | None = None
    team_id: TeamId | AnyOf[TeamId] | NullTest | None = None
    role: ProjectRole | AnyOf[ProjectRole] | None = None
