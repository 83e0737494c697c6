"""Projects beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.operations.names import parsed_identifier
from dbkit.types.errors import NotFound
from dbkit.types.filter import IgnoringCase
from dbkit.types.identifiers import OrganizationId, ProjectId
from dbkit.types.page import Page
from dbkit.types.project import Project, ProjectFilter

__all__ = ["AsyncProjectOperations"]


class AsyncProjectOperations(AsyncOwnOperations):
    """The operations of projects."""

    async def get_by_id_or_name(self, organization_id: OrganizationId, id_or_name: ProjectId | str) -> Project:
        """Return an organization's live project by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        identifier = parsed_identifier(id_or_name)
        if identifier is not None:
            project: Project | None = await self.find(ProjectId(identifier))
            if project is not None and project.organization_id == organization_id:
                return project
        named = ProjectFilter(organization_id=organization_id, name=IgnoringCase(str(id_or_name)))
        found: Page[Project] = await self.page(named, limit=1)
        if not found.items:
            key = {"organization_id": organization_id, "id_or_name": id_or_name}
            raise NotFound(entity=self.entity.name, key=key)
        return found.items[0]
