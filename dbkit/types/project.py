"""Projects: containers of integrations, the tenant of nearly everything below."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import Deleted, EveryTenant, Filter, IgnoringCase, Prefix
from dbkit.types.identifiers import OrganizationId, ProjectId, identifier
from dbkit.types.value import Instant, Integer, Text, Value

__all__ = ["NewProject", "Project", "ProjectFilter"]


class NewProject(Value):
    """A project to create. Its name is unique among the live projects of the organization, whatever the case."""

    id: ProjectId = Field(default_factory=identifier(ProjectId))
    organization_id: OrganizationId
    name: Text
    app_name: Text = ""


class Project(NewProject):
    """A stored project."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class ProjectFilter(Filter):
    """Which projects to list."""

    organization_id: OrganizationId | EveryTenant
    name: IgnoringCase | Prefix | None = None
    deleted: Deleted = Deleted.LIVE
