"""Revisions beyond the verbs: numbered without gaps, under the lock of their integration."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import IntegrationId, ProjectId
from dbkit.types.revision import NewRevision, Revision
from dbkit.types.value import JsonObject

__all__ = ["AsyncRevisionOperations"]


class AsyncRevisionOperations(AsyncOwnOperations):
    """The operations of revisions."""

    async def append(
        self, project_id: ProjectId, integration_id: IntegrationId, content: JsonObject, *, spec_version: str = "1.0.0"
    ) -> Revision:
        """Store the next revision of an integration and make it the latest one.

        Holds the integration's row until the end of the transaction, so that numbers have no gaps
        and no two writers give the same one. Raises `NotFound` for an absent integration.
        """
        async with self._together() as tx:
            integration = await tx.integrations.lock(project_id, integration_id)
            newest = await tx.revisions.latest(project_id, integration_id)
            revision = await tx.revisions.create(
                NewRevision(
                    project_id=project_id,
                    integration_id=integration_id,
                    spec_version=spec_version,
                    content=content,
                    number=1 if newest is None else newest.number + 1,
                )
            )
            await tx.integrations.update(
                project_id, integration_id, expected_version=integration.version, latest_revision_id=revision.id
            )
            return revision

    async def latest(self, project_id: ProjectId, integration_id: IntegrationId) -> Revision | None:
        """Return the revision with the highest number of an integration, or None before the first."""
        columns = self._columns
        found: Revision | None = await self._first(
            columns.project_id == project_id, columns.integration_id == integration_id, order_by=("-number",)
        )
        return found
