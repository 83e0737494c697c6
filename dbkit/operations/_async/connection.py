"""Connections beyond the verbs: by what they connect, and whether their credentials work."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.audit_event import ActorType
from dbkit.types.connection import Connection, ConnectionStatus
from dbkit.types.identifiers import ConnectionId, ConsumerRef, GroupRef, ProjectId, ProviderSlug

__all__ = ["AsyncConnectionOperations"]


class AsyncConnectionOperations(AsyncOwnOperations):
    """The operations of connections."""

    async def find_live(
        self,
        project_id: ProjectId,
        provider: ProviderSlug,
        group_ref: GroupRef,
        consumer_ref: ConsumerRef,
        workspace: str | None = None,
    ) -> Connection | None:
        """Return the live connection of a group and consumer to a provider's workspace, or None."""
        found: Connection | None = await self._find_unique(
            "uq_connections_identity_live",
            project_id=project_id,
            provider=provider,
            group_ref=group_ref,
            consumer_ref=consumer_ref,
            provider_workspace_ref=workspace,
        )
        return found

    async def mark_working(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Note that the credentials of a live connection work, or raise `NotFound`."""
        return await self._mark(project_id, connection_id, ConnectionStatus.WORKING, None)

    async def mark_bad_credentials(self, project_id: ProjectId, connection_id: ConnectionId, reason: str) -> Connection:
        """Note that the credentials of a live connection do not work, and keep the reason in the audit trail.

        Nothing changes where that is known. Raises `NotFound`.
        """
        return await self._mark(project_id, connection_id, ConnectionStatus.BAD_CREDENTIALS, reason)

    async def _mark(
        self, project_id: ProjectId, connection_id: ConnectionId, status: ConnectionStatus, reason: str | None
    ) -> Connection:
        async with self._together() as tx:
            connection = await tx.connections.lock(project_id, connection_id)
            if connection.status is status:
                return connection
            marked = await tx.connections.update(
                project_id, connection_id, expected_version=connection.version, status=status
            )
            if reason is not None:
                project = await tx.projects.get(project_id)
                await tx.audit_events.record(
                    project.organization_id,
                    project_id=project_id,
                    actor_type=ActorType.SERVICE,
                    action=f"connection.{status}",
                    entity=self.entity.name,
                    entity_id=str(connection_id),
                    changes={"status": [connection.status, status], "reason": reason},
                )
            return marked
