"""Configurations of installations beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.document import DocumentDifference, differences
from dbkit.types.identifiers import InstallationConfigId, InstallationId, ProjectId
from dbkit.types.installation_config import InstallationConfig

__all__ = ["AsyncInstallationConfigOperations"]


class AsyncInstallationConfigOperations(AsyncOwnOperations):
    """The operations of configurations."""

    async def latest(self, project_id: ProjectId, installation_id: InstallationId) -> InstallationConfig | None:
        """Return the configuration with the highest number of an installation, or None."""
        columns = self._columns
        found: InstallationConfig | None = await self._first(
            columns.project_id == project_id, columns.installation_id == installation_id, order_by=("-number",)
        )
        return found

    async def diff(
        self, project_id: ProjectId, from_id: InstallationConfigId, to_id: InstallationConfigId
    ) -> tuple[DocumentDifference, ...]:
        """Return where the contents of two configurations differ, by path; or raise `NotFound`."""
        before: InstallationConfig
        after: InstallationConfig
        before, after = await self.get_many(project_id, [from_id, to_id])
        return tuple(differences(before.content, after.content))
