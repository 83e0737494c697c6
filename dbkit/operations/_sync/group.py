# Generated from dbkit/operations/_async/group.py by tools/unasync.py; edit that file instead.
"""Groups beyond the verbs."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.identifiers import GroupRef, ProjectId
from dbkit.types.installation import Installation, InstallationFilter

__all__ = ["GroupOperations"]


class GroupOperations(OwnOperations):
    """The operations of groups."""

    def installations(self, project_id: ProjectId, group_ref: GroupRef) -> Iterator[Installation]:
        """Yield the live installations of a group, in the order of ids."""
        wanted = InstallationFilter(project_id=project_id, group_ref=group_ref)
        for installation in self._unit.installations.iterate(wanted):
            yield installation
