"""Groups beyond the verbs."""

from __future__ import annotations

from collections.abc import AsyncIterator

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import GroupRef, ProjectId
from dbkit.types.installation import Installation, InstallationFilter

__all__ = ["AsyncGroupOperations"]


class AsyncGroupOperations(AsyncOwnOperations):
    """The operations of groups."""

    async def installations(self, project_id: ProjectId, group_ref: GroupRef) -> AsyncIterator[Installation]:
        """Yield the live installations of a group, in the order of ids."""
        wanted = InstallationFilter(project_id=project_id, group_ref=group_ref)
        async for installation in self._unit.installations.iterate(wanted):
            yield installation
