# Generated from dbkit/operations/_async/project.py by tools/unasync.py; edit that file instead.
"""Projects beyond the verbs."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.identifiers import OrganizationId, ProjectId
from dbkit.types.project import Project

__all__ = ["ProjectOperations"]


class ProjectOperations(OwnOperations):
    """The operations of projects."""

    def get_by_id_or_name(self, organization_id: OrganizationId, id_or_name: ProjectId | str) -> Project:
        """Return an organization's live project by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        found: Project = self._get_by_id_or_name("organization_id", organization_id, id_or_name)
        return found
