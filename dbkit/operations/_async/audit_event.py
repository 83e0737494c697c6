"""Audit events beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.audit_event import ActorType, AuditEvent, AuditEventFilter, NewAuditEvent
from dbkit.types.identifiers import OrganizationId, ProjectId
from dbkit.types.page import Page
from dbkit.types.value import JsonObject

__all__ = ["AsyncAuditEventOperations", "AsyncAuditEventTransactionOperations"]


class AsyncAuditEventOperations(AsyncOwnOperations):
    """The operations of audit events."""

    async def trail(
        self,
        organization_id: OrganizationId,
        entity: str,
        entity_id: str,
        *,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[AuditEvent]:
        """Return what was done to one row, newest first, up to `limit` events from the cursor on."""
        wanted = AuditEventFilter(organization_id=organization_id, entity=entity, entity_id=entity_id)
        page: Page[AuditEvent] = await self.page(wanted, order="-occurred_at", limit=limit, after=after)
        return page


class AsyncAuditEventTransactionOperations(AsyncAuditEventOperations):
    """The operations of audit events inside a transaction."""

    async def record(
        self,
        organization_id: OrganizationId,
        *,
        actor_type: ActorType,
        action: str,
        entity: str,
        entity_id: str,
        actor_id: str | None = None,
        project_id: ProjectId | None = None,
        changes: JsonObject | None = None,
    ) -> AuditEvent:
        """Store who did what to which row, in the transaction of the change that it tells of."""
        event: AuditEvent = await self.create(
            NewAuditEvent(
                organization_id=organization_id,
                project_id=project_id,
                actor_type=actor_type,
                actor_id=actor_id,
                action=action,
                entity=entity,
                entity_id=entity_id,
                changes=changes or {},
            )
        )
        return event
